namespace Onsale.Server.Selling.Payments;

/// <summary>What a provider says of a charge. Stored as a number: append only.</summary>
internal enum ChargeState
{
    /// <summary>Not known: it is under way, or the provider cannot say.</summary>
    Unknown = 0,

    /// <summary>The money is taken.</summary>
    Succeeded = 1,

    /// <summary>The buyer's bank refused: no money is taken, and none will be.</summary>
    Declined = 2,

    /// <summary>The money was given back.</summary>
    Refunded = 3,

    /// <summary>
    /// It never came to an answer and never will: no money is taken, and nobody has refused it. So is a charge that
    /// the provider has never seen.
    /// </summary>
    Voided = 4,
}

/// <summary>A charge to make.</summary>
/// <param name="Reference">
/// The idempotency key, made by us, one an attempt: the same reference is never charged twice.
/// </param>
/// <param name="Token">What the buyer's browser got from the provider.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217; it says how many digits the minor unit stands for.</param>
internal sealed record Charge(Guid Reference, string Token, long Amount, string Currency);

/// <summary>
/// Who takes the money. Implementations may be slow, fail or time out at any call; every call can be repeated.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>A stable name, stored with each payment.</summary>
    string Name { get; }

    /// <summary>Whether a token has the provider's form; a token that has not is the caller's mistake.</summary>
    bool IsToken(string token);

    /// <summary>Takes the money.</summary>
    /// <exception cref="PaymentProviderException">No answer: ask <see cref="FindAsync"/>.</exception>
    Task<ChargeState> ChargeAsync(Charge charge, CancellationToken cancellationToken);

    /// <summary>
    /// What became of a charge. One that the provider never saw is voided: it will not charge the reference later.
    /// </summary>
    /// <exception cref="PaymentProviderException">No answer.</exception>
    Task<ChargeState> FindAsync(Guid reference, CancellationToken cancellationToken);

    /// <summary>Gives a part of the money of a succeeded charge back, once for a refund's id.</summary>
    /// <exception cref="PaymentProviderException">No answer: try again.</exception>
    Task RefundPartAsync(Guid reference, Guid refundId, long amount, CancellationToken cancellationToken);

    /// <summary>Gives the money of a succeeded charge back, or what is left of it, once.</summary>
    /// <exception cref="PaymentProviderException">No answer: try again.</exception>
    Task RefundAsync(Guid reference, CancellationToken cancellationToken);
}

/// <summary>The provider did not answer.</summary>
internal sealed class PaymentProviderException(string message, Exception? inner = null) : Exception(message, inner);
