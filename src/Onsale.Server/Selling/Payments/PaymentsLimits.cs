namespace Onsale.Server.Selling.Payments;

/// <summary>Bounds of payments.</summary>
internal static class PaymentsLimits
{
    /// <summary>Longest wait for the provider's answer; then it is asked what became of the charge.</summary>
    public const int ChargeTimeoutSeconds = 8;

    /// <summary>Longest wait of a second confirm for the first one's payment.</summary>
    public const int MaxWaitForOtherSeconds = 15;

    /// <summary>First pause between looks at a booking that is paid at another node; each is twice as long.</summary>
    public const int FirstWatchMilliseconds = 100;

    /// <summary>Longest pause between such looks.</summary>
    public const int MaxWatchMilliseconds = 1_000;

    /// <summary>Length of a payment token, characters.</summary>
    public const int MaxTokenChars = 200;

    /// <summary>How often ended leases and open payments are looked for.</summary>
    public const int RecoverySeconds = 1;

    /// <summary>How often payments whose request has ended are looked for.</summary>
    public const int ReconcileSeconds = 15;

    /// <summary>How often kept payments of cancelled bookings are looked for.</summary>
    public const int FindKeptSeconds = 60;

    /// <summary>Kept payments are looked for in events that changed in so many hours.</summary>
    public const int FindKeptHours = 1;

    /// <summary>The same after a start, when the program may have been away for long.</summary>
    public const int FirstFindKeptHours = 7 * 24;

    /// <summary>
    /// Age from which an open payment's request has certainly ended: beyond the lease and the charge's timeout.
    /// </summary>
    public const int AbandonedSeconds = 180;

    /// <summary>Longest wait for the provider to take a refund; then it is left to recovery.</summary>
    public const int RefundTimeoutSeconds = 20;

    /// <summary>
    /// Age from which the request of a refund has certainly ended: beyond <see cref="RefundTimeoutSeconds"/>.
    /// </summary>
    public const int RefundAbandonedSeconds = 30;

    /// <summary>A pending charge keeps the places so long after its start, then they are given up.</summary>
    public const int MaxPendingMinutes = 15;

    /// <summary>
    /// A charge that waits for its buyer keeps the places so long after its start; then it is ended, and nothing taken.
    /// </summary>
    public const int MaxActionMinutes = 10;

    /// <summary>Largest amount that the checkout may ask about, minor units.</summary>
    public const long MaxAmount = 1_000_000_000_000;

    /// <summary>Payments and refunds that recovery asks the provider about at once.</summary>
    public const int MaxConcurrentRecoveries = 8;

    /// <summary>Open payments taken up at a time.</summary>
    public const int MaxReconciledPayments = 100;
}
