namespace Onsale.Server.Access.Accounts;

/// <summary>What the accounts have to know about bookings, which belong to a later module.</summary>
internal interface IGuestBookings
{
    /// <summary>Those of the guests that have booked anything, ever.</summary>
    Task<IReadOnlyCollection<Guid>> FindGuestsThatBookedAsync(Guid[] guestIds, CancellationToken cancellationToken);
}
