namespace Onsale.Server.Selling.Payments;

/// <summary>State of a payment attempt. Stored as a number: append only.</summary>
internal enum PaymentState
{
    Started = 0,
    Succeeded = 1,
    Declined = 2,
    RefundIntended = 3,
    Refunded = 4,

    /// <summary>It came too late for its booking and paid for a new one of the same places.</summary>
    Moved = 5,

    /// <summary>The provider gave no answer and took nothing. It does not count against a hold's attempts.</summary>
    Voided = 6,

    /// <summary>It was to go back whole, and the provider could not: somebody has to look, and can try again.</summary>
    RefundFailed = 7,
}

/// <summary>A payment attempt.</summary>
/// <param name="Age">Since its start, by the database's clock.</param>
/// <param name="Provider">The provider that took the money, or how it was paid at the counter.</param>
internal sealed record Payment(
    Guid EventId, Guid BookingId, int Attempt, Guid BuyerId, Guid Reference, PaymentState State, TimeSpan Age,
    string Provider = "")
{
    /// <summary>Whether the organiser took it: no provider knows of it.</summary>
    public bool IsFromCounter => CounterMethods.IsKnown(Provider);
}

/// <summary>How a booking is paid to the organiser, at the counter or to a bank account.</summary>
internal static class CounterMethods
{
    public const string Cash = "cash";

    /// <summary>By a card terminal of the organiser's own.</summary>
    public const string Card = "card";

    /// <summary>Given away.</summary>
    public const string Comp = "comp";

    /// <summary>To be paid later, by invoice.</summary>
    public const string Invoice = "invoice";

    /// <summary>Paid later, by a transfer to the organiser's bank account.</summary>
    public const string Transfer = "transfer";

    /// <summary>
    /// Whether the organiser has to send the money back: until they say that they have, it has not gone. What is not
    /// paid yet has only to be struck off.
    /// </summary>
    public static bool IsPaidBackByHand(string provider) => provider is Cash or Card or Transfer;

    public static bool IsKnown(string provider) => provider is Cash or Card or Comp or Invoice or Transfer;
}
