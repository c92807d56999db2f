using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>What became of an event here. Stored as a number: append only.</summary>
internal enum EventState
{
    Received = 0,
    Handled = 1,

    /// <summary>Of another installation, or of a payment that is not ours.</summary>
    Foreign = 2,

    /// <summary>
    /// It failed too often, and says that no money has moved: the recovery of payments asks for that as well. What
    /// tells of money is never given up.
    /// </summary>
    GivenUp = 3,
}

/// <summary>Something that happened at Stripe.</summary>
/// <param name="Id">Stripe's, by which it is handled once.</param>
/// <param name="Type">Such as <c>payment_intent.succeeded</c>.</param>
/// <param name="ObjectId">What it is about.</param>
/// <param name="IntentId">The payment intent that this belongs to; null: none.</param>
/// <param name="CreatedAt">By Stripe's clock.</param>
internal sealed record ReceivedEvent(
    string Id, string Type, string ObjectId, string? IntentId, DateTimeOffset CreatedAt);

/// <summary>An event that this node has taken to handle.</summary>
internal sealed record ClaimedEvent(string Id, string Type, string ObjectId, string? IntentId, int Attempts);

/// <summary>The tables <c>stripe_events</c> and <c>stripe_event_reads</c>.</summary>
internal sealed class StripeEventStore(NpgsqlDataSource dataSource)
{
    private const string AddSql = """
        insert into stripe_events (id, type, object_id, intent_id, created_at, was_listed)
        values (@Id, @Type, @ObjectId, @IntentId, @CreatedAt, @wasListed) on conflict (id) do nothing
        """;

    // A claim is a time until which nobody else takes it: a node that dies gives its events back by that.
    private const string ClaimSql = """
        update stripe_events set attempts = attempts + 1,
            due_at = (select clock_timestamp()) + make_interval(secs => @seconds)
        where id in (
            select id from stripe_events where state = 0 and due_at <= (select clock_timestamp())
            order by due_at limit @limit for update skip locked)
        returning id, type, object_id, intent_id, attempts::integer as attempts
        """;

    private const string EndSql =
        "update stripe_events set state = @state, error = @error where id = @id and state = 0";

    private const string RetrySql = """
        update stripe_events set error = @error,
            due_at = (select clock_timestamp()) + make_interval(secs => @seconds)
        where id = @id and state = 0
        """;

    private const string ReadUntilSql = """
        select coalesce((select read_until from stripe_event_reads),
            (select clock_timestamp()) - make_interval(days => @days))
        """;

    private const string SetReadSql = """
        insert into stripe_event_reads (read_until) values (@until)
        on conflict (only_row) do update set read_until = greatest(stripe_event_reads.read_until, @until)
        """;

    private const string ForgetSql = """
        delete from stripe_events where id = any (array(
            select id from stripe_events
            where received_at < (select clock_timestamp()) - make_interval(days => @days) and state <> 0
            order by received_at limit @limit for update skip locked))
        """;

    /// <summary>Stores an event; false: it was there.</summary>
    public async Task<bool> AddAsync(ReceivedEvent received, bool wasListed, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            AddSql,
            new
            {
                received.Id,
                received.Type,
                received.ObjectId,
                received.IntentId,
                CreatedAt = received.CreatedAt.UtcDateTime,
                wasListed,
            },
            cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>Takes events that are due; nobody else takes them for a while.</summary>
    public async Task<IReadOnlyList<ClaimedEvent>> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ClaimedEvent>(new CommandDefinition(
            ClaimSql, new { seconds = StripeLimits.ClaimSeconds, limit = StripeLimits.MaxClaimedEvents },
            cancellationToken: cancellationToken))).AsList();
    }

    public Task EndAsync(string id, EventState state, string? error = null) =>
        ExecuteAsync(EndSql, new { id, state = (short)state, error });

    public Task RetryAsync(string id, TimeSpan wait, string error) =>
        ExecuteAsync(RetrySql, new { id, seconds = wait.TotalSeconds, error });

    /// <summary>Up to when the list was read; on the first time as far back as a delivery may be missed.</summary>
    public async Task<DateTimeOffset> FindReadUntilAsync()
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return new DateTimeOffset(await connection.ExecuteScalarAsync<DateTime>(
            ReadUntilSql, new { days = StripeLimits.FirstReadDays }));
    }

    public Task SetReadUntilAsync(DateTimeOffset until) => ExecuteAsync(SetReadSql, new { until = until.UtcDateTime });

    /// <summary>Deletes what Stripe neither repeats nor lists any more.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        int deleted;
        do
        {
            deleted = await connection.ExecuteAsync(new CommandDefinition(
                ForgetSql, new { days = StripeLimits.KeptEventDays, limit = StripeLimits.MaxForgottenEvents },
                cancellationToken: cancellationToken));
        }
        while (deleted == StripeLimits.MaxForgottenEvents);
    }

    private async Task ExecuteAsync(string sql, object values)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }
}
