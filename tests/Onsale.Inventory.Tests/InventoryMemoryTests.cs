using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>Alone while it measures: what other tests allocate meanwhile would count.</summary>
[CollectionDefinition(nameof(InventoryMemoryTests), DisableParallelization = true)]
public sealed class MeasuredAlone;

/// <summary>What an event costs beside its plan. The bench measures the same in the running server.</summary>
[Collection(nameof(InventoryMemoryTests))]
public sealed class InventoryMemoryTests
{
    private const int Seats = 100_000;
    private const int Bookings = Seats / 4;

    private readonly SeatLayout _layout = new(
        new byte[Seats], [.. Enumerable.Range(0, Seats / 100).Select(row => row * 100)], new short[Seats / 100],
        new float[Seats], new bool[Seats]);

    [Fact]
    public void Half_of_100_000_seats_held_takes_less_than_3_8_MB_and_sold_less_than_1_5_MB()
    {
        Sell(InventoryOf(Settings(_layout)), upTo: 600); // code and statics are not the event's
        var inventory = InventoryOf(Settings(_layout));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Hold(inventory, Bookings);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Confirm(inventory, Bookings);
        var sold = GC.GetTotalMemory(forceFullCollection: true) - before;

        inventory.CountsOf(Seated).ShouldBe(new TierCounts(Seats, 0, Seats / 2, 0));
        held.ShouldBeInRange(1_000_000, 3_800_000);
        sold.ShouldBeInRange(400_000, 1_500_000);
        GC.KeepAlive(inventory);
    }

    private static void Sell(EventInventory inventory, int upTo)
    {
        Hold(inventory, upTo);
        Confirm(inventory, upTo);
    }

    private static void Hold(EventInventory inventory, int count)
    {
        for (var number = 0; number < count; number++)
            inventory.Apply(new BookingChanged(null, BookingOf(number, BookingState.Held)));
    }

    private static void Confirm(EventInventory inventory, int count)
    {
        for (var number = 0; number < count; number++)
            inventory.Apply(new BookingChanged(BookingState.Held, BookingOf(number, BookingState.Confirmed)));
    }

    private static Booking BookingOf(int number, BookingState state) => new()
    {
        Id = Id(number),
        BuyerId = Id(1_000_000 + number),
        State = state,
        HeldUntil = Now.AddTicks(number),
        HoldVersion = 1,
        Version = 1,
        CreatedAt = Now,
        ChangedAt = Now,
        Places = [new Place(Seated, number * 4, 5000), new Place(Seated, (number * 4) + 1, 5000)],
    };
}
