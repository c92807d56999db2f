using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// PostgreSQL refuses a batch with an error: of a statement, after which nothing is committed, or of COMMIT itself,
/// whose outcome must be looked up. Each answer is true, and none of it is an alarm.
/// </summary>
public sealed class CommitErrorTests
{
    [Theory]
    [InlineData("53100")] // disk full: Npgsql closes the connection
    [LongInlineData("53200")] // out of memory: likewise
    [LongInlineData("XX000")] // internal error: likewise
    [InlineData("57014")] // cancelled: the connection lives
    public async Task Statement_error_that_lasts_is_answered_as_unavailable_without_alarm(string sqlState)
    {
        await using var system = await TwoNodes.StartAsync(clocks: [null]);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowds[0].Join();
        var held = await buyer.HoldTicketsAsync(@event, 1);
        await FailAsync(system, sqlState, atCommit: false, times: int.MaxValue);

        var hold = await buyer.HoldTicketsAsync(@event, 1);
        var release = await buyer.CancelAsync(@event, held.Id);

        (hold.Status, hold.Code).ShouldBe((503, "unavailable"), hold.Body.ToString());
        (release.Status, release.Code).ShouldBe((503, "unavailable"), release.Body.ToString());
        system.Watch.Retries.ShouldBeGreaterThan(1);
        await system.DataSource.ExecuteAsync("drop trigger fail on bookings");
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        (await buyer.CancelAsync(@event, held.Id)).State.ShouldBe("released");
        await system.ShouldEndSoundAsync(@event);
    }

    [Theory]
    [InlineData("53100")]
    [InlineData("XX000")]
    public async Task Statement_error_that_passes_is_not_seen_by_the_buyer(string sqlState)
    {
        await using var system = await TwoNodes.StartAsync(clocks: [null]);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        await FailAsync(system, sqlState, atCommit: false, times: 2);

        (await system.Crowds[0].Join().HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);

        system.Watch.Retries.ShouldBe(2);
        system.Watch.UnknownOutcomes.ShouldBe(0);
        await system.ShouldEndSoundAsync(@event);
    }

    [Theory]
    [InlineData("XX000")]
    [InlineData("53100")]
    [InlineData("P0001")]
    [InlineData("23514")]
    public async Task Error_of_commit_itself_is_looked_up(string sqlState)
    {
        await using var system = await TwoNodes.StartAsync(clocks: [null]);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        await FailAsync(system, sqlState, atCommit: true, times: 1);

        var hold = await system.Crowds[0].Join().HoldTicketsAsync(@event, 1);

        hold.Status.ShouldBe(201, hold.Body.ToString());
        system.Watch.UnknownOutcomes.ShouldBe(1);
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
        await system.ShouldEndSoundAsync(@event);
    }

    /// <summary>The first so many writes of bookings fail; a sequence counts them, whatever is rolled back.</summary>
    private static async Task FailAsync(TwoNodes system, string sqlState, bool atCommit, int times)
    {
        await system.DataSource.ExecuteAsync("create sequence failures");
        await system.DataSource.ExecuteAsync($"""
            create function fail() returns trigger language plpgsql as $$
            begin
                if nextval('failures') <= {times} then
                    raise exception 'simulated' using errcode = '{sqlState}';
                end if;
                return new;
            end $$
            """);
        await system.DataSource.ExecuteAsync(atCommit
            ? "create constraint trigger fail after insert or update on bookings deferrable initially deferred "
                + "for each row execute function fail()"
            : "create trigger fail before insert or update on bookings for each row execute function fail()");
    }
}
