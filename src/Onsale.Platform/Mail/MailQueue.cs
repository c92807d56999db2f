using Dapper;
using Npgsql;
using Onsale.Platform.Telemetry;

namespace Onsale.Platform.Mail;

/// <summary>A mail that this node has taken to send.</summary>
internal sealed record ClaimedMail(
    Guid Id, string Kind, string Recipient, string RecipientName, string Subject, string TextBody, string HtmlBody,
    string? Calendar, int Attempts, string? TraceParent = null, DateTime? NotAfter = null);

/// <summary>How full the queue is.</summary>
/// <param name="Waiting">Mails to be sent.</param>
/// <param name="OldestSeconds">Age of the oldest of them; 0: there is none.</param>
internal sealed record MailBacklog(int Waiting, double OldestSeconds);

/// <summary>A mail that is not tried again.</summary>
internal sealed record GivenUpMail(
    Guid Id, string Kind, string Recipient, int Attempts, string? Error, DateTime CreatedAt, DateTime ChangedAt,
    int Total);

/// <summary>A mail as the development mailbox shows it.</summary>
internal sealed record KeptMail(
    Guid Id, string Kind, string Recipient, string Subject, string TextBody, string HtmlBody, short State,
    string? Error, DateTime CreatedAt);

/// <summary>
/// The table <c>mails</c>: a mail is queued in the transaction of what it tells of, so that neither is without the
/// other, and sent afterwards.
/// </summary>
internal sealed class MailQueue(NpgsqlDataSource dataSource)
{
    private const string AddSql = """
        insert into mails (cause, kind, priority, recipient, recipient_name, language, subject, text_body,
            html_body, calendar, trace_parent, not_after)
        values (@Cause, @Kind, @Priority, @Recipient, @RecipientName, @Language, @Subject, @TextBody, @HtmlBody,
            @Calendar, @TraceParent, @NotAfter)
        on conflict (cause) do nothing
        """;

    // A claim is a time until which nobody else takes it: a node that dies gives its mails back by that.
    private const string ClaimSql = """
        update mails set state = 1, attempts = attempts + 1, changed_at = clock_timestamp(),
            due_at = clock_timestamp() + make_interval(secs => @seconds)
        where id in (
            select id from mails where state in (0, 1) and due_at <= clock_timestamp()
            order by priority, due_at limit @limit for update skip locked)
        returning id, kind, recipient, recipient_name, subject, text_body, html_body, calendar, attempts::integer,
            trace_parent, not_after
        """;

    private const string SentSql =
        "update mails set state = 2, changed_at = clock_timestamp(), error = null where id = @id and state = 1";

    private const string DropSql = "delete from mails where id = @id and state = 1";

    private const string RetrySql = """
        update mails set state = 0, changed_at = clock_timestamp(), error = @error,
            due_at = clock_timestamp() + make_interval(secs => @seconds)
        where id = @id and state = 1
        """;

    private const string GiveUpSql =
        "update mails set state = 3, changed_at = clock_timestamp(), error = @error where id = @id and state = 1";

    private const string UnclaimSql = """
        update mails set state = 0, attempts = attempts - 1, due_at = clock_timestamp()
        where id = any (@ids) and state = 1
        """;

    private const string BacklogSql = """
        select count(*)::integer as waiting,
            coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::double precision as oldest_seconds
        from mails where state in (0, 1)
        """;

    private const string RecentSql = """
        select id, kind, recipient, subject, text_body, html_body, state, error, created_at
        from mails where @id::uuid is null or id = @id order by created_at desc, id desc limit @limit
        """;

    private const string GivenUpSql = """
        select id, kind, recipient, attempts::integer, error, created_at, changed_at,
            (count(*) over ())::integer as total
        from mails where state = 3 order by changed_at desc, id limit @limit
        """;

    // Attempts begin anew: who asks has mended the cause.
    private const string RunAgainSql = """
        update mails set state = 0, attempts = 0, due_at = clock_timestamp(), changed_at = clock_timestamp()
        where state = 3 and (@id::uuid is null or id = @id)
        """;

    private const string DeleteSql = """
        delete from mails where id = any (array(
            select id from mails where created_at < clock_timestamp() - make_interval(days => @days) and state in (2, 3)
            order by created_at limit @limit for update skip locked))
        """;

    private const string EraseSql = """
        delete from mails
        where lower(recipient) = lower(@address) and (@kinds::text[] is null or kind = any (@kinds))
        """;

    /// <summary>Queues a mail in the connection's transaction.</summary>
    /// <returns>False: one for the same cause is there already.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, OutgoingMail mail, CancellationToken cancellationToken = default) =>
        await connection.ExecuteAsync(new CommandDefinition(
            AddSql,
            new
            {
                mail.Cause,
                mail.Kind,
                Priority = (short)mail.Priority,
                Recipient = mail.To.Address,
                RecipientName = mail.To.Name,
                mail.Language,
                mail.Content.Subject,
                TextBody = mail.Content.Text,
                HtmlBody = mail.Content.Html,
                mail.Calendar,
                TraceParent = Traces.Current,
                NotAfter = mail.NotAfter?.UtcDateTime,
            },
            cancellationToken: cancellationToken)) == 1;

    /// <summary>Deletes what is kept of mails to an address, for somebody who asks to be forgotten.</summary>
    /// <param name="connection">In the transaction that forgets.</param>
    /// <param name="address">Whom they went to.</param>
    /// <param name="kinds">Only mails of these kinds; null: all.</param>
    public static Task EraseAsync(NpgsqlConnection connection, string address, string[]? kinds = null) =>
        connection.ExecuteAsync(EraseSql, new { address, kinds });

    /// <summary>Takes mails that are due; nobody else takes them for <see cref="MailLimits.ClaimSeconds"/>.</summary>
    public async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ClaimedMail>(new CommandDefinition(
            ClaimSql, new { limit, seconds = MailLimits.ClaimSeconds }, cancellationToken: cancellationToken)))
            .AsList();
    }

    /// <summary>The server has taken it.</summary>
    public Task MarkSentAsync(Guid id) => ExecuteAsync(SentSql, new { id });

    /// <summary>It is too late for it: nothing of it is kept.</summary>
    public Task DropAsync(Guid id) => ExecuteAsync(DropSql, new { id });

    /// <summary>It is to be tried again.</summary>
    public Task RetryAsync(Guid id, TimeSpan wait, string error) =>
        ExecuteAsync(RetrySql, new { id, seconds = wait.TotalSeconds, error = Cut(error) });

    /// <summary>It is not tried again.</summary>
    public Task GiveUpAsync(Guid id, string error) => ExecuteAsync(GiveUpSql, new { id, error = Cut(error) });

    /// <summary>They were claimed and not tried.</summary>
    public Task UnclaimAsync(Guid[] ids) => ExecuteAsync(UnclaimSql, new { ids });

    public async Task<MailBacklog> ReadBacklogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<MailBacklog>(
            new CommandDefinition(BacklogSql, cancellationToken: cancellationToken));
    }

    /// <summary>The newest mails, or the one with this id.</summary>
    public async Task<IReadOnlyList<KeptMail>> FindRecentAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<KeptMail>(new CommandDefinition(
            RecentSql, new { id, limit = MailLimits.ShownMails }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Mails that were given up, the newest first, and how many there are.</summary>
    public async Task<(int Total, IReadOnlyList<GivenUpMail> Mails)> FindGivenUpAsync(
        int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var mails = (await connection.QueryAsync<GivenUpMail>(new CommandDefinition(
            GivenUpSql, new { limit }, cancellationToken: cancellationToken))).AsList();
        return (mails.Count == 0 ? 0 : mails[0].Total, mails);
    }

    /// <summary>Tries mails that were given up again: one, or all of them. Answers how many there were.</summary>
    public async Task<int> RunAgainAsync(Guid? id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(RunAgainSql, new { id });
    }

    /// <summary>One round of the clean-up.</summary>
    public async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        int deleted;
        do
        {
            deleted = await connection.ExecuteAsync(new CommandDefinition(
                DeleteSql, new { days = MailLimits.KeptDays, limit = MailLimits.CleanUpRows },
                cancellationToken: cancellationToken));
        }
        while (deleted == MailLimits.CleanUpRows);
    }

    private static string Cut(string error) =>
        error.Length <= MailLimits.MaxErrorCharacters ? error : error[..MailLimits.MaxErrorCharacters];

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
