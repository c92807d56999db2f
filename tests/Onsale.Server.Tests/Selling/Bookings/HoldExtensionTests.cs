using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Holds are extended by the database's clock, as often as the event allows.</summary>
public sealed class HoldExtensionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20_261_130;

    private string _database = "";
    private DatabaseClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
    }

    public async Task DisposeAsync() => await _clock.DisposeAsync();

    [Fact]
    public async Task A_hold_is_extended_once_keeps_its_places_longer_and_is_paid_for()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1], made => made with { HoldMinutes = 2 });
        var (buyer, rival) = (await Booker.GuestAsync(node), await Booker.GuestAsync(node));
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        hold["extensionsLeft"].GetInt32().ShouldBe(1);
        var until = hold["expiresAt"].GetDateTimeOffset();

        var extended = await ExtendAsync(buyer, @event, hold.Id);

        extended.Status.ShouldBe(200, extended.Body.ToString());
        extended["expiresAt"].GetDateTimeOffset().ShouldBe(until.AddMinutes(1));
        extended["extensionsLeft"].GetInt32().ShouldBe(0);
        (await buyer.GetAsync(@event, hold.Id)).Body.ToString().ShouldBe(extended.Body.ToString());
        var second = await ExtendAsync(buyer, @event, hold.Id);
        (second.Status, second.Code).ShouldBe((409, "not-extendable"));

        await _clock.MoveAsync(TimeSpan.FromSeconds(150));

        (await rival.HoldTicketsAsync(@event, 1)).Code.ShouldBe("sold-out");
        var paid = await buyer.ConfirmAsync(@event, hold.Id);
        paid.Status.ShouldBe(200, paid.Body.ToString());
        paid.Body.TryGetProperty("extensionsLeft", out _).ShouldBeFalse();
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task What_cannot_be_extended_is_refused_and_stays_as_it_is()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        var now = await _clock.NowAsync();
        var strict = await TestEvent.WithPoolsAsync(node.DataSource, [5], made => made with { HoldExtensions = 0 });
        var closing = await TestEvent.WithPoolsAsync(
            node.DataSource, [5], made => made with { HoldMinutes = 60, OffSaleAt = now.AddMinutes(30) });
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [5], made => made with { HoldMinutes = 1 });
        var (buyer, other) = (await Booker.GuestAsync(node), await Booker.GuestAsync(node));
        var (fixedHold, last, hold) = (
            await buyer.HoldTicketsAsync(strict, 1), await buyer.HoldTicketsAsync(closing, 1),
            await buyer.HoldTicketsAsync(@event, 1));
        fixedHold["extensionsLeft"].GetInt32().ShouldBe(0);

        (await ExtendAsync(buyer, strict, fixedHold.Id)).Code.ShouldBe("not-extendable");
        (await ExtendAsync(buyer, closing, last.Id)).Code.ShouldBe("not-extendable");
        (await ExtendAsync(other, @event, hold.Id)).Code.ShouldBe("booking-not-found");
        (await ExtendAsync(buyer, @event, House.NewId())).Code.ShouldBe("booking-not-found");
        var anonymous = await node.Client.PostAsync(
            $"/api/v1/events/{@event.Id}/bookings/{hold.Id}/extend", content: null);
        ((int)anonymous.StatusCode).ShouldBe(401);
        await _clock.MoveAsync(TimeSpan.FromSeconds(61));

        var late = await ExtendAsync(buyer, @event, hold.Id);

        (late.Status, late.Code).ShouldBe((409, "hold-expired"));
        (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("expired");
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task The_other_node_and_a_new_start_know_of_an_extension()
    {
        await using var first = await OnsaleNode.StartAsync(_database);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [5], made => made with { HoldMinutes = 2 });
        var buyer = await Booker.GuestAsync(first);
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        await using var second = await OnsaleNode.StartAsync(_database);
        (await buyer.At(second).HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        (await ExtendAsync(buyer, @event, hold.Id)).Status.ShouldBe(200);

        await using var third = await OnsaleNode.StartAsync(_database);

        foreach (var node in new[] { second, third })
            (await ExtendAsync(buyer.At(node), @event, hold.Id)).Code.ShouldBe("not-extendable");
        await third.ShouldBeSoundAsync(@event);
    }

    /// <summary>
    /// All extensions, rivals for the same seats, and the end of the holds' time come together in an order of chance:
    /// each seat goes to one of them, and an extension that was promised is kept.
    /// </summary>
    [Fact]
    public async Task Of_extension_and_expiry_exactly_one_wins()
    {
        const int rounds = 12, seats = 40;
        await using var node = await OnsaleNode.StartAsync(_database);
        using var crowd = new Crowd(node);
        var random = new Random(Seed);
        var (extended, expired) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var @event = await TestEvent.WithSeatsAsync(
                node.DataSource, rows: 4, seatsInRow: 10, made => made with { HoldMinutes = 2 });
            var holders = Enumerable.Range(0, seats).Select(_ => crowd.Join()).ToArray();
            var holds = await Task.WhenAll(holders.Select((holder, seat) => holder.HoldSeatsAsync(@event, seat)));
            var (extensions, rivals) = (new Answer[seats], new Answer[seats]);

            var steps = Enumerable.Range(0, seats).Select(seat => (Func<Task>)(async () =>
                    extensions[seat] = await ExtendAsync(holders[seat], @event, holds[seat].Id)))
                .Concat(Enumerable.Range(0, seats).Select(seat => (Func<Task>)(async () =>
                    rivals[seat] = await crowd.Join().HoldSeatsAsync(@event, seat))))
                .Append(() => _clock.MoveAsync(TimeSpan.FromSeconds(121))).ToArray();
            random.Shuffle(steps);
            await Task.WhenAll(steps.Select(step => step()));

            for (var seat = 0; seat < seats; seat++)
            {
                var state = (await holders[seat].GetAsync(@event, holds[seat].Id)).State;
                if (extensions[seat].Status == 200)
                {
                    extended++;
                    state.ShouldBe("held");
                    rivals[seat].Code.ShouldBe("seats-unavailable");
                    continue;
                }

                expired++;
                extensions[seat].Code.ShouldBe("hold-expired");
                state.ShouldBe("expired");
            }

            await node.ShouldBeSoundAsync(@event);
        }

        output.WriteLine($"Seed {Seed}: {extended} extended, {expired} expired");
        extended.ShouldBeGreaterThan(rounds);
        expired.ShouldBeGreaterThan(rounds);
    }

    private static Task<Answer> ExtendAsync(Booker booker, TestEvent @event, Guid booking) =>
        booker.SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings/{booking}/extend");
}
