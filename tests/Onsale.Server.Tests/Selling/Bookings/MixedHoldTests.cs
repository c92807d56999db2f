using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// Seats chosen by hand, tickets by tier and the best available in one request: all of it or nothing.
/// </summary>
public sealed class MixedHoldTests : IAsyncLifetime
{
    private const int Standing = 1;

    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Hold_of_seats_tickets_and_best_available_is_one_booking()
    {
        var @event = await SeatsAndStandingAsync();
        var buyer = await Booker.GuestAsync(_node);

        var hold = await buyer.HoldAsync(@event, Mixed(@event, [0, 1], standing: 2, best: 2));

        hold.Status.ShouldBe(201);
        var items = hold["items"].EnumerateArray().ToList();
        items.Count.ShouldBe(6);
        var seats = items.Where(item => item.TryGetProperty("seat", out _))
            .Select(item => item.GetProperty("seat").GetInt32()).ToList();
        seats.Count.ShouldBe(4);
        seats.Take(2).ShouldBe([0, 1]);
        seats.Distinct().Count().ShouldBe(4, "the best available are others than those chosen by hand");
        items.Count(item => item.GetProperty("tierId").GetGuid() == @event.Tiers[Standing].Id).ShouldBe(2);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
        (await buyer.ConfirmAsync(@event, hold.Id))["tickets"].GetArrayLength().ShouldBe(6);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData(3, 4, 1, "sold-out")]
    [InlineData(9, 2, 1, "seats-unavailable")]
    [InlineData(3, 2, 8, "not-adjacent")]
    public async Task Hold_of_which_one_part_cannot_be_had_takes_nothing(int seat, int standing, int best, string code)
    {
        var @event = await SeatsAndStandingAsync();
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        (await first.HoldSeatsAsync(@event, 9)).Status.ShouldBe(201);

        var refused = await second.HoldAsync(@event, Mixed(@event, [seat], standing, best));

        (refused.Status, refused.Code).ShouldBe((409, code));
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
        (await second.HoldAsync(@event, Mixed(@event, [3], standing: 3, best: 1))).Status
            .ShouldBe(201, "nothing of the refused hold was kept");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Limit_counts_all_parts_of_a_hold_together()
    {
        var @event = await SeatsAndStandingAsync(most: 5);
        var buyer = await Booker.GuestAsync(_node);

        var refused = await buyer.HoldAsync(@event, Mixed(@event, [0, 1], standing: 2, best: 2));

        (refused.Status, refused.Code).ShouldBe((409, "limit-exceeded"));
        (await buyer.HoldAsync(@event, Mixed(@event, [0, 1], standing: 2, best: 1))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Idempotency_key_covers_every_part_of_a_hold()
    {
        var @event = await SeatsAndStandingAsync();
        var buyer = await Booker.GuestAsync(_node);
        var first = await buyer.HoldAsync(@event, Mixed(@event, [0, 1], standing: 1, best: 1), key: "one");
        first.Status.ShouldBe(201);

        (await buyer.HoldAsync(@event, Mixed(@event, [0, 1], standing: 1, best: 1), key: "one")).Body.GetRawText()
            .ShouldBe(first.Body.GetRawText());

        object[] others =
        [
            Mixed(@event, [0], standing: 1, best: 1), Mixed(@event, [0, 1], standing: 2, best: 1),
            Mixed(@event, [0, 1], standing: 1, best: 2), Mixed(@event, [1, 0], standing: 1, best: 1),
            new { seats = new[] { 0, 1 } }, new { seats = new[] { 0, 1, 1, 1, 0, 0, 1, 1 } },
            new
            {
                seats = new[] { 0, 1 },
                tickets = new[] { new { tierId = @event.Tiers[Standing].Id, quantity = 1 } },
            },
        ];
        foreach (var other in others)
            (await buyer.HoldAsync(@event, other, key: "one")).Code.ShouldBeOneOf("idempotency-mismatch", "validation");
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
    }

    private static object Mixed(TestEvent @event, int[] seats, int standing, int best) => new
    {
        seats,
        tickets = new[] { new { tierId = @event.Tiers[Standing].Id, quantity = standing } },
        bestAvailable = new { tierId = @event.Tiers[0].Id, quantity = best, together = true },
    };

    private Task<TestEvent> SeatsAndStandingAsync(int most = 20) => TestEvent.WithSeatsAndStandingAsync(
        _node.DataSource, rows: 2, seatsInRow: 6, standing: 3, made => made with { MaxTicketsPerBuyer = most });
}
