using System.Text.Json;
using Npgsql;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// What buyers answered as columns of an export: one a question, also of those that are asked no more.
/// </summary>
/// <param name="Questions">In the order of the columns.</param>
/// <param name="Sql">What the export selects for them, of a booking <c>b</c> or a ticket <c>t</c> of it.</param>
internal sealed record AnswerColumns(IReadOnlyList<EventQuestion> Questions, string Sql)
{
    // An object by the id of the question: one look into the index a row, however many questions there are.
    private const string OfBooking = """
        (select json_object_agg(a.question_id, a.answer)::text from booking_answers a
            where a.event_id = b.event_id and a.booking_id = b.id and a.line = -1)
        """;

    private const string OfTicket = """
        (select json_object_agg(a.question_id, a.answer)::text from booking_answers a
            where a.event_id = b.event_id and a.booking_id = b.id and a.line in (-1, t.line))
        """;

    public IEnumerable<string> Names => Questions.Select(question => CsvCells.Text(question.Label));

    /// <summary>Columns for what is asked once a booking, or with <paramref name="perTicket"/> for all of it.</summary>
    public static AnswerColumns Of(IReadOnlyList<StoredQuestion> stored, bool perTicket)
    {
        EventQuestion[] questions =
            [.. stored.Select(one => one.Question).Where(question => perTicket || !question.PerTicket)];
        return new AnswerColumns(questions, questions.Length == 0 ? "null::text" : perTicket ? OfTicket : OfBooking);
    }

    /// <summary>The cells of a row.</summary>
    public IEnumerable<string> Read(NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
            return Questions.Select(_ => "");
        using var answers = JsonDocument.Parse(row.GetString(column));
        return [.. Questions.Select(question =>
            answers.RootElement.TryGetProperty($"{question.Id}", out var answer)
                ? CsvCells.Text(answer.GetString())
                : "")];
    }
}
