using Npgsql;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// More buyers than places, all at once: as many succeed as there are places, and everybody else is told no.
/// </summary>
public sealed class RaceTests(SharedNode shared, ITestOutputHelper output) : IClassFixture<SharedNode>, IDisposable
{
    private readonly OnsaleNode _node = shared.Node;
    private readonly Crowd _crowd = new(shared.Node);

    public void Dispose() => _crowd.Dispose();

    [Theory]
    [InlineData(10, 2)]
    [InlineData(1000, 100)]
    [LongInlineData(20_000, 1000)]
    public async Task Exactly_as_many_buyers_succeed_as_there_are_tickets(int buyers, int tickets)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [tickets]);
        using var watch = new InventoryWatch(_node);

        var answers = await Crowd.RushAsync(_crowd.Join(buyers), buyer => buyer.HoldTicketsAsync(@event, 1));

        output.WriteLine($"{buyers} buyers for {tickets} tickets in {watch.Batches} batches");
        answers.Count(answer => answer.Status == 201).ShouldBe(tickets);
        answers.Count(answer => answer is { Status: 409, Code: "sold-out" }).ShouldBe(buyers - tickets);
        var (total, available) = await AvailableAsync(@event);
        (total, available).ShouldBe((tickets, 0));
        (await BookingsOfAsync(@event))
            .ShouldBe(answers.Where(answer => answer.Status == 201).Select(answer => answer.Id), true);
        await _node.ShouldBeSoundAsync(@event);
        watch.Alarms.ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_thousand_buyers_exactly_one_gets_the_seat()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 2, seatsInRow: 10);

        var answers = await Crowd.RushAsync(_crowd.Join(2000), buyer => buyer.HoldSeatsAsync(@event, 7));

        var winner = answers.Where(answer => answer.Status == 201).ShouldHaveSingleItem();
        answers.Count(answer => answer is { Status: 409, Code: "seats-unavailable" }).ShouldBe(1999);
        (await BookingsOfAsync(@event)).ShouldBe([winner.Id]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task One_buyer_in_many_windows_gets_no_more_than_the_limit()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [1000], change: made => made with { MaxTicketsPerBuyer = 5 });
        var buyer = _crowd.Join();

        var answers = await Crowd.RushAsync(Enumerable.Repeat(buyer, 100), same => same.HoldTicketsAsync(@event, 2));

        answers.Count(answer => answer.Status == 201).ShouldBe(2);
        answers.Count(answer => answer is { Status: 409, Code: "limit-exceeded" }).ShouldBe(98);
        await _node.ShouldBeSoundAsync(@event);
    }

    /// <summary>
    /// The control: the same race where a hold reads the count and then writes, as a first draft would, without the
    /// lock and without the expected state. It oversells, and the audit says so. If it did not, the races above would
    /// show nothing.
    /// </summary>
    [Fact]
    public async Task Without_the_guard_the_same_race_oversells_and_the_audit_sees_it()
    {
        const int tickets = 2;
        for (var round = 0; round < 50; round++)
        {
            var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [tickets]);

            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => HoldUnguardedAsync(@event)));

            if (answers.Count(sold => sold) > tickets)
            {
                output.WriteLine($"Oversold in round {round}: {answers.Count(sold => sold)} of {tickets}");
                (await _node.FaultsAsync(@event)).ShouldNotBeEmpty();
                return;
            }
        }

        Assert.Fail("Fifty races without a guard sold no place twice: the races of this class cannot fail either.");
    }

    private async Task<bool> HoldUnguardedAsync(TestEvent @event)
    {
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var read = new NpgsqlCommand(
            "select capacity - (select count(*) from bookings where event_id = $1) from pools where event_id = $1",
            connection)
        {
            Parameters = { new() { Value = @event.Id } },
        };
        if ((long)(await read.ExecuteScalarAsync())! < 1)
            return false;
        await using var write = new NpgsqlCommand("""
            insert into bookings (
                event_id, id, buyer_id, state, held_until, hold_version, version, created_at, changed_at,
                tiers, seats, prices)
            values ($1, $2, $2, 0, now() + interval '10 minutes', 1, 1, now(), now(), '{0}', '{-1}', '{1000}')
            """, connection)
        {
            Parameters =
            {
                new() { Value = @event.Id },
                new() { Value = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) },
            },
        };
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return true;
    }

    private Task<IReadOnlyList<Guid>> BookingsOfAsync(TestEvent @event) =>
        _node.DataSource.QueryAsync<Guid>("select id from bookings where event_id = $1", @event.Id);

    private async Task<(int Total, int Available)> AvailableAsync(TestEvent @event)
    {
        var places = (await _crowd.Join().SendAsync(HttpMethod.Get, $"events/{@event.Id}"))["availability"];
        return (places.GetProperty("total").GetInt32(), places.GetProperty("available").GetInt32());
    }
}
