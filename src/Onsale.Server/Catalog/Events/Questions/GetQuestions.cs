using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Questions;

/// <summary>GET /events/{id}/questions: what buyers are asked before they pay.</summary>
internal static class GetQuestions
{
    public static async Task<Results<Ok<EventQuestions>, Problem>> HandleAsync(
        string id, EventLookup events, QuestionStore questions, CancellationToken cancellationToken)
    {
        var found = await events.RequireVisibleAsync(id);
        return found.Problem is { } problem
            ? problem
            : TypedResults.Ok(new EventQuestions(
                await questions.AskedAsync(found.Terms!.EventId, cancellationToken)));
    }
}
