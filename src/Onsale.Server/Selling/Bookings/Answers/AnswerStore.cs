using Dapper;
using Npgsql;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Answers;

/// <summary>The table <c>booking_answers</c>.</summary>
internal sealed class AnswerStore(NpgsqlDataSource dataSource) : IBuyerContacts, IBookingDetails
{
    private const string FindSql = """
        select question_id, line, answer as value from booking_answers
        where event_id = @eventId and booking_id = @bookingId order by question_id, line
        """;

    // Whose booking it is is looked at by the statement: it may have moved to an account.
    private const string SetSql = """
        with owned as (
            select b.event_id, b.id from bookings b
            where b.event_id = @eventId and b.id = @bookingId and b.buyer_id = @buyerId),
        given as (
            select * from unnest(@questions, @lines, @values) as g (question_id, line, answer)),
        dropped as (
            delete from booking_answers a using owned o
            where a.event_id = o.event_id and a.booking_id = o.id
                and not exists (select from given g where g.question_id = a.question_id and g.line = a.line)
                and exists (select from event_questions q
                    where q.event_id = a.event_id and q.id = a.question_id and q.is_asked)),
        put as (
            insert into booking_answers (event_id, booking_id, question_id, line, answer)
            select o.event_id, o.id, g.question_id, g.line, g.answer from owned o cross join given g
            on conflict (event_id, booking_id, question_id, line) do update
            set answer = excluded.answer, changed_at = clock_timestamp())
        select exists (select from owned)
        """;

    // Lines follow the order of the places, which two bookings of the same places need not share.
    private const string CopySql = """
        insert into booking_answers (event_id, booking_id, question_id, line, answer)
        select a.event_id, @to, a.question_id, a.line, a.answer
        from booking_answers a
        join bookings f on f.event_id = a.event_id and f.id = a.booking_id
        join bookings t on t.event_id = a.event_id and t.id = @to
        where a.event_id = @eventId and a.booking_id = @from
            and (a.line = @whole or (f.seats[a.line + 1], f.tiers[a.line + 1])
                is not distinct from (t.seats[a.line + 1], t.tiers[a.line + 1]))
        on conflict do nothing
        """;

    private const string EraseSql = """
        delete from booking_answers a using bookings b
        where b.buyer_id = @buyerId and a.event_id = b.event_id and a.booking_id = b.id
        """;

    /// <summary>The answers of a booking.</summary>
    public async Task<IReadOnlyList<StoredAnswer>> FindAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<StoredAnswer>(new CommandDefinition(
            FindSql, new { eventId, bookingId }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Replaces the answers of a booking; false: it is not this buyer's.</summary>
    public async Task<bool> SetAsync(
        Guid eventId, Guid bookingId, Guid buyerId, IReadOnlyList<StoredAnswer> answers,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            SetSql,
            new
            {
                eventId,
                bookingId,
                buyerId,
                questions = answers.Select(answer => answer.QuestionId).ToArray(),
                lines = answers.Select(answer => answer.Line).ToArray(),
                values = answers.Select(answer => answer.Value).ToArray(),
            },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task CopyAsync(Guid eventId, Guid from, Guid to)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(CopySql, new { eventId, from, to, whole = AnswerRules.WholeBooking });
    }

    /// <inheritdoc/>
    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(EraseSql, new { buyerId });
}
