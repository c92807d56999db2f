using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Two servers sell the same places from one database, in whatever order the requests come.</summary>
public sealed class TwoNodeTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_701;

    [Fact]
    public async Task Overlapping_parties_get_all_their_seats_or_none()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithSeatsAsync(system.DataSource, rows: 6, seatsInRow: 20);
        var random = new Random(Seed);
        var parties = Enumerable.Range(0, 600).Select(_ => Party(random, seats: 120)).ToArray();

        var answers = await Task.WhenAll(parties.Select(
            (seats, number) => system.Crowds[number % 2].Join().HoldSeatsAsync(@event, seats)));

        var winners = answers.Where(answer => answer.Status == 201).ToList();
        output.WriteLine($"Seed {Seed}: {winners.Count} of {parties.Length} parties in {system.Watch.Batches} batches");
        winners.Count.ShouldBeGreaterThan(20);
        answers.Count(answer => answer is { Status: 409, Code: "seats-unavailable" })
            .ShouldBe(parties.Length - winners.Count);
        for (var number = 0; number < parties.Length; number++)
            await ShouldHoldAllOrNothingAsync(system, @event, parties[number], answers[number]);
        (await system.DataSource.CountAsync("seats", "event_id = $1 and state = 1", @event.Id))
            .ShouldBe(winners.Sum(answer => answer["items"].GetArrayLength()));
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task Tiers_asked_for_in_opposite_orders_neither_deadlock_nor_oversell()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [150, 100, 120]);
        var random = new Random(Seed);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(number =>
        {
            var order = Enumerable.Range(0, 3).ToArray();
            random.Shuffle(order);
            var tickets = order.Take(random.Next(2, 4))
                .Select(tier => new { tierId = @event.Tiers[tier].Id, quantity = random.Next(1, 3) }).ToArray();
            return system.Crowds[number % 2].Join().HoldAsync(@event, new { tickets });
        }));

        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Code == "sold-out");
        var places = answers.Where(answer => answer.Status == 201).Sum(answer => answer["items"].GetArrayLength());
        (await system.DataSource.QueryAsync<long>("select sum(held) from pools where event_id = $1", @event.Id))[0]
            .ShouldBe(places);
        places.ShouldBeInRange(260, 370);
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task Buyers_who_hold_pay_release_and_come_back_leave_an_exact_inventory()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithSeatsAsync(system.DataSource, rows: 4, seatsInRow: 15);

        await Task.WhenAll(
            Enumerable.Range(0, 40).Select(number => ShopAsync(system, @event, new Random(Seed + number))));

        (await system.DataSource.CountAsync("bookings", "event_id = $1 and state = 2", @event.Id))
            .ShouldBeGreaterThan(0);
        (await system.DataSource.CountAsync("bookings", "event_id = $1 and state = 3", @event.Id))
            .ShouldBeGreaterThan(0);
        await system.ShouldEndSoundAsync(@event);
    }

    /// <summary>Every step at whichever node the load balancer happens to choose.</summary>
    private static async Task ShopAsync(TwoNodes system, TestEvent @event, Random random)
    {
        var buyer = system.Crowds[0].Join();
        for (var visit = 0; visit < 10; visit++)
        {
            var hold = await At(system, buyer, random).HoldSeatsAsync(@event, Party(random, seats: 60));
            if (hold.Status != 201)
            {
                hold.Code.ShouldBeOneOf("seats-unavailable", "limit-exceeded");
                continue;
            }

            var (status, state) = (hold.Status, "held");
            if (random.Next(3) == 0)
                (status, state) = Seen(await At(system, buyer, random).ConfirmAsync(@event, hold.Id));
            else if (random.Next(2) == 0)
                (status, state) = Seen(await At(system, buyer, random).CancelAsync(@event, hold.Id));
            status.ShouldBeOneOf(200, 201);
            (await At(system, buyer, random).GetAsync(@event, hold.Id)).State.ShouldBe(state);
        }
    }

    private static (int, string) Seen(Answer answer) => (answer.Status, answer.State);

    private static Booker At(TwoNodes system, Booker buyer, Random random) =>
        buyer.At(system.Crowds[random.Next(2)].Client);

    /// <summary>Two to four seats near one another, in no order.</summary>
    private static int[] Party(Random random, int seats)
    {
        var from = random.Next(seats - 6);
        var chosen = Enumerable.Range(from, 6).ToArray();
        random.Shuffle(chosen);
        return chosen[..random.Next(2, 5)];
    }

    private static async Task ShouldHoldAllOrNothingAsync(TwoNodes system, TestEvent @event, int[] seats, Answer answer)
    {
        if (answer.Status == 201)
        {
            answer["items"].EnumerateArray().Select(item => item.GetProperty("seat").GetInt32()).ShouldBe(seats);
            (await system.DataSource.QueryAsync<int>(
                    "select ordinal from seats where event_id = $1 and booking_id = $2", @event.Id, answer.Id))
                .ShouldBe(seats, true);
        }
        else
        {
            // Told which were gone, and nobody was told a lie: each of them has its owner.
            var taken = answer["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ToArray();
            taken.ShouldNotBeEmpty();
            taken.ShouldBeSubsetOf(seats);
            (await system.DataSource.CountAsync(
                    "seats", "event_id = $1 and ordinal = any ($2) and state = 1", @event.Id, taken))
                .ShouldBe(taken.Length);
        }
    }
}
