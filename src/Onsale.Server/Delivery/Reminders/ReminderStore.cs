using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Onsale.Platform.Mail;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>Which of the mails.</summary>
internal enum ReminderKind
{
    /// <summary>Asks whether the others are wanted.</summary>
    Confirmation,
    DayBefore,
    SoonBefore,
}

/// <summary>A wish to be told.</summary>
/// <param name="IsOwn">Whether it comes from whoever reads the address's mail, and need not be confirmed.</param>
internal sealed record NewReminder(Guid EventId, Guid Id, string Email, string Language, bool IsOwn);

/// <summary>What became of a wish.</summary>
internal enum ReminderAddition
{
    /// <summary>It is on the list, now or already.</summary>
    Listed,

    /// <summary>There is no sale to come.</summary>
    NoSale,

    /// <summary>The address has as many as it may.</summary>
    TooMany,
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
internal sealed class ReminderStore(NpgsqlDataSource dataSource, ReminderMails mails) : IBuyerContacts
{
    private const string Columns = """
        r.event_id, r.id, r.email, r.language, r.token, e.title, e.slug, e.on_sale_at, e.starts_at, e.time_zone,
            v.name as venue, v.city
        """;

    private const string Joined =
        "from sale_reminders r join events e on e.id = r.event_id join venues v on v.id = e.venue_id";

    // Wishes for one address wait for one another: each sees how many there are.
    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended(lower(@Email), 52))";

    // Once the sale has begun there is nothing to be told. What was confirmed only its own person changes, and what
    // strangers ask for takes nothing of what the person may have.
    private const string AddSql = """
        with coming as (
            select e.id from events e
            where e.id = @EventId and e.status = 1 and e.on_sale_at > clock_timestamp()),
        added as (
            insert into sale_reminders (event_id, id, email, language, token, confirmed_at)
            select coming.id, @Id, @Email, @Language, @token, case when @IsOwn then clock_timestamp() end
            from coming, (
                select count(*) filter (where r.confirmed_at is not null) as confirmed,
                    count(*) filter (where r.confirmed_at is null) as unconfirmed,
                    count(*) filter (where r.event_id = @EventId
                        and (r.confirmed_at is not null or not @IsOwn)) as same
                from sale_reminders r where lower(r.email) = lower(@Email)) has
            where same > 0 or (confirmed < @most and (@IsOwn or unconfirmed < @mostUnconfirmed))
            on conflict (event_id, lower(email)) do update set
                language = case when @IsOwn or sale_reminders.confirmed_at is null
                    then excluded.language else sale_reminders.language end,
                confirmed_at = coalesce(sale_reminders.confirmed_at, excluded.confirmed_at)
            returning id)
        select exists (select from coming) as has_sale, (select id from added) as id
        """;

    private const string FindSql = $"""
        select {Columns}, false as is_soon {Joined} where r.event_id = @EventId and r.id = @Id
        """;

    private const string ConfirmSql = """
        update sale_reminders r set confirmed_at = coalesce(r.confirmed_at, clock_timestamp())
        from events e
        where r.token = @token and e.id = r.event_id and e.status = 1 and e.on_sale_at > clock_timestamp()
        """;

    // What is not confirmed stays for its day, as it counts: nobody makes room for another mail by wanting none.
    private const string EndSql = "delete from sale_reminders where token = @token and confirmed_at is not null";

    private const string EraseSql = "delete from sale_reminders where lower(email) = lower(@verifiedEmail)";

    // Who asked within the last day before the sale gets the later mail alone. A sale that was moved is told anew.
    private const string DueSql = $"""
        select {Columns}, e.on_sale_at <= clock_timestamp() + make_interval(mins => @minutes) as is_soon
        {Joined}
        where r.confirmed_at is not null and r.mails < @most and e.status = 1 and e.on_sale_at > clock_timestamp()
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
            mails = r.mails + 1,
            told_for = case when d.is_soon then d.on_sale_at else r.told_for end,
            day_told_for = case when d.is_soon then r.day_told_for else d.on_sale_at end
        from unnest(@eventIds, @ids, @soon, @starts) d (event_id, id, is_soon, on_sale_at)
        where r.event_id = d.event_id and r.id = d.id
        """;

    // A sale that is put off in its first day is told of anew. What waits to be confirmed counts for its whole day,
    // whatever becomes of the sale: a row that went earlier would make room for another mail.
    private const string DeleteOldSql = """
        delete from sale_reminders r where case when r.confirmed_at is null
            then r.asked_at < clock_timestamp() - make_interval(hours => @hours)
            else not exists (
                select from events e where e.id = r.event_id and e.status <> 2
                    and e.on_sale_at > clock_timestamp() - interval '1 day') end
        """;

    /// <summary>
    /// Puts a wish on the list; unless it is the address's own, with the mail that asks for its confirmation, once.
    /// </summary>
    public async Task<ReminderAddition> AddAsync(NewReminder wish, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(LockSql, wish, cancellationToken: cancellationToken));
        var (hasSale, id) = await connection.QuerySingleAsync<(bool, Guid?)>(new CommandDefinition(
            AddSql,
            new
            {
                wish.EventId,
                wish.Id,
                wish.Email,
                wish.Language,
                wish.IsOwn,
                token = NewToken(),
                most = RemindersLimits.MaxPerAddress,
                mostUnconfirmed = RemindersLimits.MaxUnconfirmedPerAddress,
            },
            cancellationToken: cancellationToken));
        if (id == wish.Id && !wish.IsOwn)
        {
            var added = await connection.QuerySingleAsync<DueReminder>(
                new CommandDefinition(FindSql, wish, cancellationToken: cancellationToken));
            await MailQueue.AddAsync(
                connection, mails.Compose(added, ReminderKind.Confirmation), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (!hasSale)
            return ReminderAddition.NoSale;
        return id is null ? ReminderAddition.TooMany : ReminderAddition.Listed;
    }

    /// <summary>False: there is no such reminder, or no sale to come.</summary>
    public async Task<bool> ConfirmAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
            new CommandDefinition(ConfirmSql, new { token }, cancellationToken: cancellationToken)) == 1;
    }

    public async Task EndAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(EndSql, new { token }, cancellationToken: cancellationToken));
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
                most = RemindersLimits.MaxMails,
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
        await connection.ExecuteAsync(new CommandDefinition(
            DeleteOldSql, new { hours = RemindersLimits.ConfirmableHours }, cancellationToken: cancellationToken));
    }

    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(EraseSql, new { verifiedEmail });

    private static string NewToken() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RemindersLimits.TokenBytes));
}
