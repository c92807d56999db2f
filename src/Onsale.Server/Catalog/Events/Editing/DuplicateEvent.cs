using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Makes drafts of an event for other dates; more than one are a series with it.</summary>
internal static class DuplicateEvent
{
    public static async Task<Results<Ok<DuplicatedEvents>, Problem>> HandleAsync(
        string @event, Duplication request, OrganisationAccess access, EditedEvents events, EventCopying copying,
        OrganisationStore organisations, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var title = request.Title is null
            ? row.Title
            : validation.Text("title", request.Title, 1, EventLimits.MaxTitleCharacters);
        validation.Require(
            request.Starts.Length is > 0 and <= EventLimits.MaxCopies, "starts",
            $"Must be 1 to {EventLimits.MaxCopies}.");
        var starts = new List<DateTime>();
        foreach (var text in request.Starts.Take(EventLimits.MaxCopies))
        {
            if (EventCopying.TryParseLocal(text, out var start) && start.Year is >= 2000 and < 2200)
                starts.Add(start);
            else
                validation.Add("starts", "Must be times of the event's own zone, such as 2026-10-25T19:30.");
        }

        if (validation.ToProblem() is { } invalid)
            return invalid;

        var folded = await organisations.FoldAsync(title, cancellationToken);
        var copies = starts.ConvertAll(start =>
        {
            var id = copying.NewId();
            return EventCopying.At(row, start) with { Id = id, Title = title, Slug = EventRules.SlugOf(folded, id) };
        });
        var seriesId = await copying.CopyAsync(access.Actor, row, copies, cancellationToken);
        var made = new List<OwnEventSummary>(copies.Count);
        foreach (var copy in copies)
        {
            if (await events.FindAsync(access.OrganisationId, $"{copy.Id}", cancellationToken) is { } stored)
                made.Add(stored.ToSummary());
        }

        return TypedResults.Ok(new DuplicatedEvents(seriesId, made));
    }
}
