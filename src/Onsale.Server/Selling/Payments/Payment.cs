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
}

/// <summary>A payment attempt.</summary>
/// <param name="Age">Since its start, by the database's clock.</param>
internal sealed record Payment(
    Guid EventId, Guid BookingId, int Attempt, Guid BuyerId, Guid Reference, PaymentState State, TimeSpan Age);
