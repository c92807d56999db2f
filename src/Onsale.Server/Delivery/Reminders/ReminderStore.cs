using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>Which of the two mails.</summary>
internal enum ReminderKind
{
    DayBefore,
    SoonBefore,
}

/// <summary>A reminder that is due, with what its mail says.</summary>
internal sealed record DueReminder
{
    public required Guid EventId { get; init; }
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string Language { get; init; }
    public required string Token { get; init; }
    public required bool IsSoon { get; init; }
    public required string Title { get; init; }
    public required string Slug { get; init; }
    public required DateTime OnSaleAt { get; init; }
    public required DateTime StartsAt { get; init; }
    public required string TimeZone { get; init; }
    public required string Venue { get; init; }
    public required string City { get; init; }

    public ReminderKind Kind => IsSoon ? ReminderKind.SoonBefore : ReminderKind.DayBefore;
}

/// <summary>The table <c>sale_reminders</c>.</summary>
internal sealed class ReminderStore(NpgsqlDataSource dataSource) : IBuyerContacts
{
    // Once the sale has begun there is nothing to be told; the language is the one of the last wish.
    private const string AddSql = """
        with coming as (
            select e.id from events e
            where e.id = @eventId and e.status = 1 and e.on_sale_at > clock_timestamp()),
        added as (
            insert into sale_reminders (event_id, id, email, language, token)
            select coming.id, @id, @email, @language, @token from coming
            where (select count(*) from sale_reminders r where lower(r.email) = lower(@email)) < @most
                or exists (select from sale_reminders r where r.event_id = @eventId and lower(r.email) = lower(@email))
            on conflict (event_id, lower(email)) do update set language = excluded.language)
        select exists (select from coming)
        """;

    private const string EndSql = "delete from sale_reminders where token = @token";

    private const string EraseSql = "delete from sale_reminders where lower(email) = lower(@email)";

    // Who asked within the last day before the sale gets the later mail alone. A sale that was moved is told anew.
    private const string DueSql = """
        select r.event_id, r.id, r.email, r.language, r.token,
            e.on_sale_at <= clock_timestamp() + make_interval(mins => @minutes) as is_soon,
            e.title, e.slug, e.on_sale_at, e.starts_at, e.time_zone, v.name as venue, v.city
        from sale_reminders r join events e on e.id = r.event_id join venues v on v.id = e.venue_id
        where e.status = 1 and e.on_sale_at > clock_timestamp()
            and case when e.on_sale_at <= clock_timestamp() + make_interval(mins => @minutes)
                then r.told_for is distinct from e.on_sale_at
                else e.on_sale_at <= clock_timestamp() + make_interval(hours => @hours)
                    and r.asked_at < e.on_sale_at - make_interval(hours => @hours)
                    and r.day_told_for is distinct from e.on_sale_at end
        order by e.on_sale_at, r.id
        limit @limit
        for update of r skip locked
        """;

    private const string ToldSql = """
        update sale_reminders r set
            told_for = case when d.is_soon then d.on_sale_at else r.told_for end,
            day_told_for = case when d.is_soon then r.day_told_for else d.on_sale_at end
        from unnest(@eventIds, @ids, @soon, @starts) d (event_id, id, is_soon, on_sale_at)
        where r.event_id = d.event_id and r.id = d.id
        """;

    private const string DeleteOldSql = """
        delete from sale_reminders r where not exists (
            select from events e where e.id = r.event_id and e.status <> 2
                and e.on_sale_at > clock_timestamp() - interval '1 day')
        """;

    /// <summary>False: there is no sale to come.</summary>
    public async Task<bool> AddAsync(
        Guid eventId, Guid id, string email, string language, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            AddSql,
            new { eventId, id, email, language, token = NewToken(), most = RemindersLimits.MaxPerAddress },
            cancellationToken: cancellationToken));
    }

    public async Task EndAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(EndSql, new { token }, cancellationToken: cancellationToken));
    }

    /// <summary>What is due now, locked until the connection's transaction ends; other nodes pass it over.</summary>
    public static async Task<IReadOnlyList<DueReminder>> LockDueAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<DueReminder>(new CommandDefinition(
            DueSql,
            new
            {
                minutes = RemindersLimits.MinutesBefore,
                hours = RemindersLimits.HoursBefore,
                limit = RemindersLimits.MaxBatchMails,
            },
            cancellationToken: cancellationToken))).AsList();

    /// <summary>Notes that their mails are written.</summary>
    public static Task MarkToldAsync(
        NpgsqlConnection connection, IReadOnlyList<DueReminder> told, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            ToldSql,
            new
            {
                eventIds = told.Select(one => one.EventId).ToArray(),
                ids = told.Select(one => one.Id).ToArray(),
                soon = told.Select(one => one.IsSoon).ToArray(),
                starts = told.Select(one => one.OnSaleAt).ToArray(),
            },
            cancellationToken: cancellationToken));

    public async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(DeleteOldSql, cancellationToken: cancellationToken));
    }

    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string email) =>
        connection.ExecuteAsync(EraseSql, new { email });

    private static string NewToken() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RemindersLimits.TokenBytes));
}
