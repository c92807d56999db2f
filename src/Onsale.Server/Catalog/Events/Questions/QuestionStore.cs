using Dapper;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Catalog.Events.Questions;

/// <summary>The table <c>event_questions</c>.</summary>
internal sealed class QuestionStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Columns = "id, label, help, kind, options, per_ticket, is_required, is_asked";

    private const string ReadSql =
        $"select {Columns} from event_questions where event_id = @eventId order by number, id";

    private const string PutSql = """
        insert into event_questions (event_id, id, number, label, help, kind, options, per_ticket, is_required)
        values (@eventId, @Id, @number, @Label, @Help, @kind, @options, @PerTicket, @IsRequired)
        on conflict (event_id, id) do update set number = excluded.number, label = excluded.label,
            help = excluded.help, options = excluded.options, is_required = excluded.is_required, is_asked = true
        """;

    // Whoever puts the list of the same event waits.
    private const string LockSql = "select id from events where id = @eventId for no key update";

    private const string AskNoMoreSql = "update event_questions set is_asked = false where event_id = @eventId";

    private const string CopySql = """
        insert into event_questions (event_id, id, number, label, help, kind, options, per_ticket, is_required)
        select @copy, gen_random_uuid(), number, label, help, kind, options, per_ticket, is_required
        from event_questions where event_id = @source and is_asked
        """;

    // Asked at every payment: as old as what readers see of the inventory may be.
    private readonly RecentValues<IReadOnlyList<EventQuestion>> _asked = new(
        EventLimits.MaxCachedTerms, TimeSpan.FromMilliseconds(JournalLimits.MaxReadAgeMilliseconds), time);

    /// <summary>What is asked now, in order; at most a second old.</summary>
    public async ValueTask<IReadOnlyList<EventQuestion>> AskedAsync(
        Guid eventId, CancellationToken cancellationToken)
    {
        if (_asked.TryGet(eventId, out var recent))
            return recent;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var asked = Asked(await ReadAsync(connection, eventId, cancellationToken));
        _asked.Set(eventId, asked);
        return asked;
    }

    /// <summary>All questions that were ever asked, those that are asked in order.</summary>
    public async Task<IReadOnlyList<StoredQuestion>> ReadAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, eventId, cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(Guid, CancellationToken)"/>
    public static async Task<IReadOnlyList<StoredQuestion>> ReadAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(ReadSql, new { eventId }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new StoredQuestion(
            new EventQuestion(
                row.Id, row.Label, row.Help, (QuestionKind)row.Kind, row.Options, row.PerTicket, row.IsRequired),
            row.IsAsked))];
    }

    /// <summary>Keeps others from putting the questions of the event until the transaction ends.</summary>
    public static Task LockAsync(NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(LockSql, new { eventId }, cancellationToken: cancellationToken));

    /// <summary>Replaces what is asked, in the connection's transaction.</summary>
    public static async Task PutAsync(
        NpgsqlConnection connection, Guid eventId, IReadOnlyList<EventQuestion> questions,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            new CommandDefinition(AskNoMoreSql, new { eventId }, cancellationToken: cancellationToken));
        foreach (var (number, question) in questions.Index())
        {
            await connection.ExecuteAsync(new CommandDefinition(
                PutSql,
                new
                {
                    eventId,
                    number = (short)number,
                    question.Id,
                    question.Label,
                    question.Help,
                    kind = (short)question.Kind,
                    options = question.Options.ToArray(),
                    question.PerTicket,
                    question.IsRequired,
                },
                cancellationToken: cancellationToken));
        }
    }

    /// <summary>Gives a copy of an event the same questions, in the connection's transaction.</summary>
    public static Task CopyAsync(
        NpgsqlConnection connection, Guid source, Guid copy, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(CopySql, new { source, copy }, cancellationToken: cancellationToken));

    /// <summary>Those that are asked.</summary>
    public static IReadOnlyList<EventQuestion> Asked(IEnumerable<StoredQuestion> questions) =>
        [.. questions.Where(stored => stored.IsAsked).Select(stored => stored.Question)];

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Label { get; init; }
        public required string Help { get; init; }
        public required short Kind { get; init; }
        public required string[] Options { get; init; }
        public required bool PerTicket { get; init; }
        public required bool IsRequired { get; init; }
        public required bool IsAsked { get; init; }
    }
}

/// <summary>A question, and whether it is asked still.</summary>
internal sealed record StoredQuestion(EventQuestion Question, bool IsAsked);
