using System.Globalization;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Selling.Bookings.Answers;

/// <summary>An answer as it is kept.</summary>
/// <param name="Line">The place of the booking; <see cref="AnswerRules.WholeBooking"/>: none of them.</param>
internal readonly record struct StoredAnswer(Guid QuestionId, short Line, string Value);

/// <summary>What answers may be, and whether all are there.</summary>
internal static class AnswerRules
{
    /// <summary>The line of an answer for the whole booking.</summary>
    public const short WholeBooking = -1;

    private const string Ticked = "true";

    /// <summary>
    /// The answers in the form that is kept; what is wrong is noted by field. Empty ones are left out.
    /// </summary>
    public static IReadOnlyList<StoredAnswer> Read(
        AnswersRequest request, Booking booking, IReadOnlyList<EventQuestion> questions, Validation validation)
    {
        if (Array.Exists(request.Answers, answer => answer is null))
        {
            validation.Add("answers", "Must not hold null.");
            return [];
        }

        var most = MostAnswers(booking, questions);
        validation.Require(request.Answers.Length <= most, "answers", $"There are at most {most} answers to give.");
        var lines = booking.Places.Select((_, line) => line)
            .ToDictionary(line => PlaceIds.Of(booking.Id, line), line => (short)line);
        var answers = new List<StoredAnswer>();
        foreach (var (at, answer) in request.Answers.Take(most).Index())
        {
            var field = $"answers[{at}]";
            if (questions.FirstOrDefault(one => one.Id == answer.QuestionId) is not { } question)
            {
                validation.Add($"{field}.questionId", "The event does not ask this.");
                continue;
            }

            var line = WholeBooking;
            if (question.PerTicket != answer.ItemId is not null
                || (answer.ItemId is { } item && !lines.TryGetValue(item, out line)))
            {
                validation.Add($"{field}.itemId", question.PerTicket
                    ? "Must be a place of the booking: this is asked for each."
                    : "This is asked once for the booking.");
                continue;
            }

            var value = ValueOf(answer.Value, question, $"{field}.value", validation);
            if (value.Length > 0)
                answers.Add(new StoredAnswer(question.Id, line, value));
        }

        validation.Require(
            answers.DistinctBy(answer => (answer.QuestionId, answer.Line)).Count() == answers.Count, "answers",
            "Each question has one answer.");
        if (!validation.HasErrors && FindMissing(booking, questions, answers) is { } missing)
            validation.Add("answers", $"An answer is needed: {missing.Label}");
        return answers;
    }

    /// <summary>A question that has to be answered and is not; null: there is none.</summary>
    public static EventQuestion? FindMissing(
        Booking booking, IReadOnlyList<EventQuestion> questions, IReadOnlyCollection<StoredAnswer> answers)
    {
        var given = answers.Select(answer => (answer.QuestionId, answer.Line)).ToHashSet();
        return questions.FirstOrDefault(question => question.IsRequired && !(question.PerTicket
            ? Enumerable.Range(0, booking.Places.Length).All(line => given.Contains((question.Id, (short)line)))
            : given.Contains((question.Id, WholeBooking))));
    }

    private static int MostAnswers(Booking booking, IReadOnlyList<EventQuestion> questions) =>
        questions.Sum(question => question.PerTicket ? booking.Places.Length : 1);

    private static string ValueOf(string given, EventQuestion question, string field, Validation validation)
    {
        var value = validation.Text(field, given, 0, BookingsLimits.MaxAnswerCharacters);
        if (value.Length == 0)
            return value;
        switch (question.Kind)
        {
            case QuestionKind.Choice:
                validation.Require(
                    question.Options.Contains(value, StringComparer.Ordinal), field, "Must be one of the options.");
                break;
            case QuestionKind.Checkbox:
                validation.Require(value == Ticked, field, "Must be true, or empty while it is not ticked.");
                break;
            case QuestionKind.Date:
                validation.Require(
                    DateOnly.TryParseExact(
                        value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                    field, "Must be a day such as 2026-10-25.");
                break;
        }

        return value;
    }
}
