using System.Collections.Immutable;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Tests;

/// <summary>
/// Events to decide on: tier 0 has numbered seats, tier 1 is a pool, tier 2 a pool that costs nothing.
/// </summary>
internal static class TestEvents
{
    public const int Seated = 0;
    public const int Standing = 1;
    public const int Free = 2;

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static EventSettings Settings(SeatLayout? layout = null) => new()
    {
        EventId = Id(1),
        SettingsVersion = 1,
        Status = EventStatus.Published,
        OnSaleAt = Now.AddHours(-1),
        OffSaleAt = Now.AddHours(5),
        HoldDuration = TimeSpan.FromMinutes(10),
        MaxTicketsPerBuyer = 8,
        CancellableUntil = Now.AddHours(2),
        Tiers =
        [
            new TierSettings(Id(10), "Stalls", TierKind.Seated, 5000),
            new TierSettings(Id(11), "Standing", TierKind.Quantity, 2000),
            new TierSettings(Id(12), "Guests", TierKind.Quantity, 0),
        ],
        Layout = layout ?? SeatLayout.Empty,
    };

    public static EventInventory InventoryOf(
        EventSettings settings, PackedSeatStates? seats = null, int poolCapacity = 10)
    {
        var pools = settings.Tiers
            .Select((tier, number) => (tier, number))
            .Where(item => item.tier.Kind == TierKind.Quantity)
            .ToDictionary(item => item.number, _ => new TierCounts(poolCapacity, 0, 0, 0));
        return new EventInventory(settings, new InventorySnapshot(
            0, null, DateTimeOffset.MinValue, seats ?? new PackedSeatStates(settings.Layout.SeatCount), pools, [],
            new Dictionary<Guid, int>(), []));
    }

    public static HoldCommand Hold(int booking, int buyer, params PlaceRequest[] requests) =>
        new(Id(booking), Id(buyer), [.. requests]);

    public static HoldCommand HoldSeats(int booking, int buyer, params int[] seats) =>
        Hold(booking, buyer, new SeatsRequest([.. seats]));

    public static HoldCommand HoldStanding(int booking, int buyer, int quantity) =>
        Hold(booking, buyer, new QuantityRequest(Standing, quantity));

    public static ImmutableArray<string> Codes(int booking, int count) =>
        [.. Enumerable.Range(0, count).Select(place => $"{booking}-{place}")];
}
