namespace Onsale.Server.Selling.Payments;

/// <summary>What other modules' questions about <c>payments</c> have in common.</summary>
internal static class PaymentSql
{
    /// <summary>
    /// A condition: money was taken, whatever has gone back of it since or could not. Succeeded, being refunded, refunded,
    /// and refunded in vain.
    /// </summary>
    public const string WasTaken = "state in (1, 3, 4, 7)";
}
