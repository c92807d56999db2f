namespace Onsale.Server.Selling.Payments;

/// <summary>What a provider's own books say of a payment.</summary>
/// <param name="Reference">Ours, by which the provider knows it.</param>
/// <param name="Taken">Minor units that were taken.</param>
/// <param name="GivenBack">Of them what went back.</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record ProviderPayment(Guid Reference, long Taken, long GivenBack, string Currency);

/// <summary>The books of a provider that can be listed, to be compared with the ledger.</summary>
internal interface IProviderBooks
{
    /// <summary>The provider's name, as payments are stored with.</summary>
    string Provider { get; }

    /// <summary>
    /// All payments that the provider has taken since an instant; earlier ones may be among them.
    /// </summary>
    /// <exception cref="PaymentProviderException">No answer: try again.</exception>
    Task<IReadOnlyList<ProviderPayment>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
