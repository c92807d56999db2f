namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Bookings that keep places for a party on the waitlist until there are enough
/// (<see cref="Onsale.Inventory.Waitlist.KeptFor"/>): nobody's, and no sale. Lists of bookings leave them out; the
/// waitlist's own shows them.
/// </summary>
internal static class KeptPlaces
{
    /// <summary>A condition on bookings by the name b.</summary>
    public const string AreLeftOut = "b.buyer_id <> '00000000-0000-0000-0000-000000000000'";
}
