namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>Bounds of what is asked of Stripe, and of what it may send.</summary>
internal static class StripeLimits
{
    /// <summary>Longest wait for an answer; a payment gives up before by its own limit.</summary>
    public const int RequestSeconds = 20;

    public const int ConnectSeconds = 5;

    /// <summary>Age at which a connection is made anew, so that a change of addresses is noticed.</summary>
    public const int ConnectionMinutes = 5;

    /// <summary>How often the client library repeats a request that was not answered, with the same key.</summary>
    public const int MaxNetworkRetries = 1;

    /// <summary>Items of one page of a list: the most that the API gives.</summary>
    public const int MaxPageItems = 100;

    /// <summary>Length of an id that Stripe makes, characters.</summary>
    public const int MaxIdChars = 255;

    /// <summary>Bytes of an event; Stripe's have some tens of thousands at most.</summary>
    public const int MaxEventBytes = 256 * 1024;

    /// <summary>Length of <c>Stripe-Signature</c>, which has a signature for each secret.</summary>
    public const int MaxSignatureChars = 1_000;

    /// <summary>Age of a signature, either way: clocks differ, and what is older was recorded and sent again.</summary>
    public const int SignatureSeconds = 300;

    /// <summary>How often stored events are looked for.</summary>
    public const int HandleSeconds = 1;

    /// <summary>
    /// Events taken at a time, and all handled at once: none waits for another while its claim runs out.
    /// </summary>
    public const int MaxClaimedEvents = 8;

    /// <summary>
    /// Longest time for what is asked of Stripe about an event, besides what its payment takes to be settled.
    /// </summary>
    public const int EventTimeoutSeconds = 40;

    /// <summary>
    /// For so long nobody else takes an event that a node has taken: longer than it can be handled for.
    /// </summary>
    public const int ClaimSeconds = 120;

    /// <summary>
    /// Attempts at an event: with these pauses they take about a day. Then one that tells of no money is given up, and
    /// one that does is an alarm, again after each so many attempts.
    /// </summary>
    public const int MaxEventAttempts = 30;

    /// <summary>Pause after the first attempt that failed; each is three times as long.</summary>
    public const int FirstRetrySeconds = 5;

    public const int MaxRetrySeconds = 3_600;

    /// <summary>How often Stripe's list of events is read for what was not delivered.</summary>
    public const int ReadMissedSeconds = 300;

    /// <summary>The list is read from so long before the last time: events appear there a little late.</summary>
    public const int ReadOverlapMinutes = 30;

    /// <summary>How far back the first reading goes; Stripe tries a delivery for three days.</summary>
    public const int FirstReadDays = 4;

    /// <summary>How long events are kept: longer than Stripe lists them, which is 30 days.</summary>
    public const int KeptEventDays = 40;

    /// <summary>Events deleted by one statement.</summary>
    public const int MaxForgottenEvents = 1_000;

    /// <summary>How often old events are deleted.</summary>
    public const int ForgetSeconds = 3_600;
}
