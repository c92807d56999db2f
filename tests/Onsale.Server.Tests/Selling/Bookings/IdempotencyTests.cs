using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>The same Idempotency-Key has one effect and one answer, wherever and whenever it is repeated.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task Fifty_at_once_over_two_nodes_have_one_effect_and_one_body()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [1000]);
        var buyer = system.Crowds[0].Join();

        var answers = await RepeatAsync(system, buyer, same => same.HoldTicketsAsync(@event, 2, key: "one"));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer.Body.GetRawText()).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        answers.Select(answer => answer.Headers.Location!.ToString()).Distinct(StringComparer.Ordinal)
            .ShouldHaveSingleItem();
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task Of_two_requests_with_one_key_at_once_the_first_counts_and_the_other_is_a_mismatch()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [1000]);
        var buyer = system.Crowds[0].Join();
        var number = 0;

        var answers = await RepeatAsync(system, buyer, same =>
            same.HoldTicketsAsync(@event, 1 + (Interlocked.Increment(ref number) % 2), key: "one"));

        answers.Count(answer => answer.Status == 201).ShouldBe(25);
        answers.Count(answer => answer is { Status: 422, Code: "idempotency-mismatch" }).ShouldBe(25);
        answers.Where(answer => answer.Status == 201).Select(answer => answer.Body.GetRawText())
            .Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task The_first_answer_survives_a_restart_a_release_and_the_end_of_the_hold()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        TestEvent @event;
        Booker buyer, other;
        string first, released;
        await using (var node = await OnsaleNode.StartAsync(database))
        using (var crowd = new Crowd(node))
        {
            @event = await TestEvent.WithPoolsAsync(
                node.DataSource, [10], change: made => made with { HoldMinutes = 1, MaxTicketsPerBuyer = 10 });
            (buyer, other) = (crowd.Join(), crowd.Join());
            first = await BodyAsync(buyer, "to-expire");
            released = await BodyAsync(buyer, "to-release");
            (await buyer.CancelAsync(@event, IdIn(released))).State.ShouldBe("released");
        }

        await using var next = await OnsaleNode.StartAsync(database);
        (buyer, other) = (buyer.At(next), other.At(next));
        (await BodyAsync(buyer, "to-expire")).ShouldBe(first);
        (await BodyAsync(buyer, "to-release")).ShouldBe(released);
        var others = await BodyAsync(other, "to-expire");
        IdIn(others).ShouldNotBe(IdIn(first), "another buyer's key is another key");

        await clock.MoveAsync(TimeSpan.FromSeconds(61));

        (await BodyAsync(buyer, "to-expire")).ShouldBe(first);
        (await buyer.GetAsync(@event, IdIn(first))).State.ShouldBe("expired");
        (await buyer.HoldTicketsAsync(@event, 3, key: "to-expire")).Code.ShouldBe("idempotency-mismatch");
        (await next.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(3);
        await next.ShouldBeSoundAsync(@event);

        async Task<string> BodyAsync(Booker who, string key)
        {
            var answer = await who.HoldTicketsAsync(@event, 2, key: key);
            answer.Status.ShouldBe(201);
            return answer.Body.GetRawText();
        }
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_free_for_something_else()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var node = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var buyer = crowd.Join();
        var first = await buyer.HoldTicketsAsync(@event, 1, key: "daily");

        await clock.MoveAsync(TimeSpan.FromHours(24));

        var second = await buyer.HoldTicketsAsync(@event, 2, key: "daily");
        second.Status.ShouldBe(201);
        second.Id.ShouldNotBe(first.Id);
        (await buyer.HoldTicketsAsync(@event, 1, key: "daily")).Code.ShouldBe("idempotency-mismatch");
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_its_key_up()
    {
        await using var node = await OnsaleNode.StartAsync();
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        var (buyer, other) = (crowd.Join(), crowd.Join());
        var hold = await other.HoldTicketsAsync(@event, 1);
        (await buyer.HoldTicketsAsync(@event, 1, key: "again")).Code.ShouldBe("sold-out");
        (await other.CancelAsync(@event, hold.Id)).Status.ShouldBe(200);

        (await buyer.HoldTicketsAsync(@event, 1, key: "again")).Status.ShouldBe(201);

        await node.ShouldBeSoundAsync(@event);
    }

    private static Task<Answer[]> RepeatAsync(TwoNodes system, Booker buyer, Func<Booker, Task<Answer>> act) =>
        Task.WhenAll(Enumerable.Range(0, 50).Select(number => act(buyer.At(system.Crowds[number % 2].Client))));

    private static Guid IdIn(string body) =>
        System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(body).GetProperty("id").GetGuid();
}
