using System.Text.Json.Serialization;

namespace Onsale.Server.Selling.Bookings.Answers;

/// <summary>An answer to one of the event's questions.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Value">
/// A text, one of a choice's options, a day such as 2026-10-25, or <c>true</c> for a ticked checkbox, which has no
/// answer while it is not ticked.
/// </param>
/// <param name="ItemId">The place that it is about, where the question is asked for each; else absent.</param>
internal sealed record Answer(Guid QuestionId, string Value, Guid? ItemId = null);

/// <summary>All answers of a booking: they take the place of those that were given before.</summary>
internal sealed record AnswersRequest(Answer[] Answers);

/// <summary>What a buyer has answered.</summary>
internal sealed record BookingAnswers(IReadOnlyList<Answer> Answers);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnswersRequest))]
[JsonSerializable(typeof(BookingAnswers))]
internal sealed partial class AnswersJson : JsonSerializerContext;
