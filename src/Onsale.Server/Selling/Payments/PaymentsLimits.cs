namespace Onsale.Server.Selling.Payments;

/// <summary>Bounds of payments.</summary>
internal static class PaymentsLimits
{
    /// <summary>Longest wait for the provider's answer; then it is asked what became of the charge.</summary>
    public const int ChargeTimeoutSeconds = 8;

    /// <summary>Longest wait of a second confirm for the first one's payment.</summary>
    public const int MaxWaitForOtherSeconds = 15;

    /// <summary>How often a waiting confirm looks.</summary>
    public const int WaitPollMilliseconds = 100;

    /// <summary>Length of a payment token, characters.</summary>
    public const int MaxTokenChars = 200;

    /// <summary>How often ended leases and open payments are looked for.</summary>
    public const int RecoverySeconds = 1;

    /// <summary>How often payments that nobody waits for are looked for.</summary>
    public const int ReconcileSeconds = 15;

    /// <summary>
    /// Age from which an open payment is nobody's any more: beyond the lease and the charge's timeout.
    /// </summary>
    public const int AbandonedSeconds = 180;

    /// <summary>Age from which an intended refund is nobody's any more.</summary>
    public const int RefundAbandonedSeconds = 30;

    /// <summary>A pending charge keeps the places so long after its start, then they are given up.</summary>
    public const int MaxPendingMinutes = 15;

    /// <summary>Open payments taken up at a time.</summary>
    public const int MaxReconciledPayments = 100;
}
