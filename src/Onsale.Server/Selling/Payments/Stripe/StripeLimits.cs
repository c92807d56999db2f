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
}
