using System.Text.Json.Serialization;

namespace Onsale.Server.Catalog.Events.Questions;

/// <summary>What an answer is. Stored as a number: append only.</summary>
internal enum QuestionKind
{
    Text = 0,

    /// <summary>One of the options.</summary>
    Choice = 1,

    /// <summary>Ticked or not; one that is required has to be ticked, such as terms to accept.</summary>
    Checkbox = 2,

    /// <summary>A day, such as 2026-10-25.</summary>
    Date = 3,
}

/// <summary>A question to buyers.</summary>
/// <param name="Id">Chosen by who makes it; answers refer to it.</param>
/// <param name="Help">A line below it; may be empty.</param>
/// <param name="Options">Of a choice; else empty.</param>
/// <param name="PerTicket">Whether each place has an answer of its own; else the booking has one.</param>
internal sealed record EventQuestion(
    Guid Id, string Label, string Help, QuestionKind Kind, IReadOnlyList<string> Options, bool PerTicket,
    bool IsRequired);

/// <summary>What an event asks its buyers, in order.</summary>
internal sealed record EventQuestions(IReadOnlyList<EventQuestion> Questions);

/// <summary>The same for who edits it.</summary>
/// <param name="Version">To be sent back in <c>If-Match</c>, in quotes.</param>
internal sealed record OwnQuestions(string Version, IReadOnlyList<EventQuestion> Questions);

/// <summary>
/// A question as it is put. What was asked before and is left out is asked no more; its answers stay.
/// </summary>
/// <param name="Id">That of a question that there is, or a new one (UUID).</param>
internal sealed record QuestionRequest(
    Guid Id, string Label, QuestionKind Kind, string? Help = null, string[]? Options = null, bool PerTicket = false,
    bool IsRequired = false);

/// <summary>All questions of an event, in order.</summary>
internal sealed record QuestionsRequest(QuestionRequest[] Questions);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventQuestions))]
[JsonSerializable(typeof(OwnQuestions))]
[JsonSerializable(typeof(QuestionsRequest))]
internal sealed partial class QuestionsJson : JsonSerializerContext;
