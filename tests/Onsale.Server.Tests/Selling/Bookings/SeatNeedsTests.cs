using Onsale.Inventory.Seating;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class SeatNeedsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_party_with_a_wheelchair_has_its_places_and_others_do_not()
    {
        var @event = await AccessibleAsync();
        var (party, other) = (await Booker.GuestAsync(Node), await Booker.GuestAsync(Node));

        var best = await HoldBestAsync(other, @event, 6);
        best.Status.ShouldBe(201, best.Body.ToString());
        SeatsOf(best).ShouldBe([2, 3, 4, 5, 6, 7]);
        var refused = await HoldBestAsync(other, @event, 1);
        (refused.Code, refused["available"].GetInt32()).ShouldBe(("sold-out", 0));

        var hold = await HoldBestAsync(party, @event, 2, "wheelchair");

        hold.Status.ShouldBe(201, hold.Body.ToString());
        SeatsOf(hold).ShouldBe([0, 1]);
        await Node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_companions_place_alone_is_refused_and_named_until_the_release()
    {
        var (kept, released) = (
            await AccessibleAsync(), await AccessibleAsync(TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        var guest = await Booker.GuestAsync(Node);

        var refused = await guest.HoldSeatsAsync(kept, 1);

        (refused.Status, refused.Code).ShouldBe((409, "companion-alone"));
        refused["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ShouldBe([1]);
        (await guest.HoldSeatsAsync(kept, 0, 1)).Status.ShouldBe(201);
        (await guest.HoldSeatsAsync(released, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task The_same_key_with_other_needs_is_another_request()
    {
        var @event = await AccessibleAsync();
        var guest = await Booker.GuestAsync(Node);
        (await HoldBestAsync(guest, @event, 1, key: "one")).Status.ShouldBe(201);
        (await HoldBestAsync(guest, @event, 1, "aisle", key: "one")).Code.ShouldBe("idempotency-mismatch");
        (await HoldBestAsync(guest, @event, 1, key: "one")).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("sofa")]
    [InlineData("Wheelchair")]
    [InlineData("aisle,aisle")]
    public async Task What_is_no_need_is_refused(string needs)
    {
        var @event = await AccessibleAsync();
        var guest = await Booker.GuestAsync(Node);

        var refused = await HoldBestAsync(guest, @event, 1, needs);

        refused.Status.ShouldBe(400);
        refused["errors"].TryGetProperty("bestAvailable.needs", out _).ShouldBeTrue(refused.Body.ToString());
    }

    /// <summary>One row of eight: seat 0 is for a wheelchair, seat 1 for a companion, seat 7 at the aisle.</summary>
    private Task<TestEvent> AccessibleAsync(DateTimeOffset? releasedAt = null) => TestEvent.WithPlanAsync(
        Node.DataSource,
        House.Grid(rows: 1, seatsInRow: 8) with
        {
            SeatsByAttribute = new Dictionary<SeatAttributes, IReadOnlyList<string>>
            {
                [SeatAttributes.Wheelchair] = ["0-0"],
                [SeatAttributes.Companion] = ["0-1"],
                [SeatAttributes.Aisle] = ["0-7"],
            },
        },
        made => made with { CompanionsReleasedAt = releasedAt });

    private static Task<Answer> HoldBestAsync(
        Booker booker, TestEvent @event, int quantity, string? needs = null, string? key = null) => needs is null
            ? booker.HoldAsync(@event, new { bestAvailable = new { tierId = @event.Tiers[0].Id, quantity } }, key)
            : booker.HoldAsync(@event,
                new { bestAvailable = new { tierId = @event.Tiers[0].Id, quantity, needs = needs.Split(',') } }, key);

    private static IEnumerable<int> SeatsOf(Answer hold) =>
        hold["items"].EnumerateArray().Select(item => item.GetProperty("seat").GetInt32()).Order();
}
