namespace Onsale.Server.Selling.Payments;

/// <summary>What a buyer said of a booking, which stays theirs when its places are booked anew.</summary>
internal interface IBookingDetails
{
    /// <summary>Gives a booking what is known of another one of the same places; repeated without effect.</summary>
    Task CopyAsync(Guid eventId, Guid from, Guid to);
}
