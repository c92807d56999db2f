using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Questions;

/// <summary>What a list of questions may be.</summary>
internal static class QuestionRules
{
    /// <summary>The questions in the form that is kept; what is wrong is noted by field.</summary>
    public static IReadOnlyList<EventQuestion> Read(
        QuestionsRequest request, IReadOnlyList<StoredQuestion> present, Validation validation)
    {
        if (Array.Exists(request.Questions, question => question is null))
        {
            validation.Add("questions", "Must not hold null.");
            return [];
        }

        validation.Require(
            request.Questions.Length <= EventLimits.MaxQuestions, "questions",
            $"An event asks at most {EventLimits.MaxQuestions} questions.");
        validation.Require(
            request.Questions.DistinctBy(question => question.Id).Count() == request.Questions.Length, "questions",
            "Each question has an id of its own.");
        validation.Require(
            request.Questions.Select(question => question.Id)
                .Union(present.Select(stored => stored.Question.Id)).Count() <= EventLimits.MaxQuestionsEver,
            "questions", $"An event had at most {EventLimits.MaxQuestionsEver} questions. Change one that there is.");
        return [.. request.Questions.Take(EventLimits.MaxQuestions)
            .Select((question, at) => Read(question, $"questions[{at}]", present, validation))];
    }

    private static EventQuestion Read(
        QuestionRequest request, string field, IReadOnlyList<StoredQuestion> present, Validation validation)
    {
        var label = validation.Text($"{field}.label", request.Label, 1, EventLimits.MaxQuestionCharacters);
        var help = validation.Text($"{field}.help", request.Help, 0, EventLimits.MaxQuestionHelpCharacters);
        validation.Require(request.Id != Guid.Empty, $"{field}.id", "Must be an id (UUID).");
        var known = present.FirstOrDefault(stored => stored.Question.Id == request.Id)?.Question;
        validation.Require(
            known is null || (known.Kind == request.Kind && known.PerTicket == request.PerTicket), $"{field}.kind",
            "What kind a question is, and whether it is asked for each ticket, stays. Leave it out and add another.");
        return new EventQuestion(
            request.Id, label, help, request.Kind, OptionsOf(request, field, validation), request.PerTicket,
            request.IsRequired);
    }

    private static string[] OptionsOf(QuestionRequest request, string field, Validation validation)
    {
        var given = request.Options ?? [];
        if (request.Kind != QuestionKind.Choice)
        {
            validation.Require(given.Length == 0, $"{field}.options", "Only a choice has options.");
            return [];
        }

        validation.Require(
            given.Length is >= 2 and <= EventLimits.MaxQuestionOptions, $"{field}.options",
            $"A choice has 2 to {EventLimits.MaxQuestionOptions} options.");
        string[] options = [.. given.Take(EventLimits.MaxQuestionOptions).Select((option, at) => validation.Text(
            $"{field}.options[{at}]", option, 1, EventLimits.MaxQuestionCharacters))];
        validation.Require(
            options.Distinct(StringComparer.Ordinal).Count() == options.Length, $"{field}.options",
            "Each option is there once.");
        return options;
    }
}
