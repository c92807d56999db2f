using Onsale.Server.Catalog.Events;

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

    /// <summary>The buyer's bank wants something of the buyer first, such as 3-D Secure.</summary>
    ActionRequired = 5,
}

/// <summary>A charge to make.</summary>
/// <param name="Reference">
/// The idempotency key, made by us, one an attempt: the same reference is never charged twice.
/// </param>
/// <param name="Token">What the buyer's browser got from the provider.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217; it says how many digits the minor unit stands for.</param>
internal sealed record Charge(Guid Reference, string Token, long Amount, string Currency)
{
    /// <summary>The event, and with it the booking, that it pays for.</summary>
    public Guid EventId { get; init; }

    public Guid BookingId { get; init; }
}

/// <summary>What became of a charge.</summary>
/// <param name="State">What the provider says.</param>
/// <param name="ClientSecret">What the buyer's browser needs to go on; only if it has to.</param>
internal readonly record struct ChargeAnswer(ChargeState State, string? ClientSecret = null)
{
    public static implicit operator ChargeAnswer(ChargeState state) => new(state);
}

/// <summary>What a provider says of a refund.</summary>
internal enum RefundAnswer
{
    /// <summary>The money is on its way to the buyer, and nothing more is expected to happen.</summary>
    Succeeded,

    /// <summary>Accepted; whether it arrives shows later.</summary>
    Pending,

    /// <summary>It cannot be done: the money is still here.</summary>
    Failed,
}

/// <summary>
/// Who takes the money. Implementations may be slow, fail or time out at any call; every call can be repeated.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>A stable name, stored with each payment.</summary>
    string Name { get; }

    /// <summary>Whether it takes money; what one takes that does not is 0 in the books.</summary>
    bool TakesMoney => true;

    /// <summary>Whether a charge may wait for its buyer, or for a bank for longer than a request.</summary>
    bool MayTakeLonger => false;

    /// <summary>Whether a token has the provider's form; a token that has not is the caller's mistake.</summary>
    bool IsToken(string token);

    /// <summary>
    /// An amount in the provider's own units, which need not be those of ISO 4217; null: it cannot be charged.
    /// </summary>
    long? UnitsOf(long amount, string currency) => amount;

    /// <summary>Takes the money.</summary>
    /// <exception cref="PaymentProviderException">No answer: ask <see cref="FindAsync"/>.</exception>
    Task<ChargeAnswer> ChargeAsync(Charge charge, CancellationToken cancellationToken);

    /// <summary>
    /// What became of a charge. One that the provider never saw is voided: it will not charge the reference later.
    /// </summary>
    /// <exception cref="PaymentProviderException">No answer.</exception>
    Task<ChargeAnswer> FindAsync(Guid reference, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a charge was answered by "not yet", so that who asks again looks it up instead of waiting for the
    /// request that is under way.
    /// </summary>
    Task<bool> IsOpenAsync(Guid reference) => Task.FromResult(false);

    /// <summary>Ends a charge that waits for its buyer; what is answered is what became of it.</summary>
    /// <exception cref="PaymentProviderException">No answer.</exception>
    Task<ChargeAnswer> AbandonAsync(Guid reference, CancellationToken cancellationToken) =>
        FindAsync(reference, cancellationToken);

    /// <summary>Gives a part of the money of a succeeded charge back, once for a refund's id.</summary>
    /// <exception cref="PaymentProviderException">No answer: try again.</exception>
    Task<RefundAnswer> RefundPartAsync(
        Guid reference, Guid refundId, long amount, CancellationToken cancellationToken);

    /// <summary>Gives the money of a succeeded charge back, or what is left of it, once.</summary>
    /// <exception cref="PaymentProviderException">No answer: try again.</exception>
    Task<RefundAnswer> RefundAsync(Guid reference, CancellationToken cancellationToken);
}

/// <summary>The providers of this installation: one takes new payments, each knows its own earlier ones.</summary>
internal sealed class PaymentProviders(IEnumerable<IPaymentProvider> providers)
{
    private readonly IPaymentProvider[] _providers = [.. providers];

    /// <summary>Who takes new payments: what was registered last.</summary>
    public IPaymentProvider Current => _providers[^1];

    /// <summary>Who takes new payments for an event: for the copy of a rehearsal nobody takes money.</summary>
    public IPaymentProvider For(Guid eventId) => RehearsalCopy.Is(eventId) ? Of(RehearsalPayments.Id) : Current;

    /// <summary>Who took a payment.</summary>
    /// <exception cref="PaymentProviderException">It is not set up here any more.</exception>
    public IPaymentProvider Of(string name) => Array.FindLast(_providers, provider => provider.Name == name)
        ?? throw new PaymentProviderException($"There is no payment provider \"{name}\" in this installation.");
}

/// <summary>The provider did not answer.</summary>
internal sealed class PaymentProviderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it has said that something broke on its side.</summary>
    public bool IsItsError { get; init; }
}
