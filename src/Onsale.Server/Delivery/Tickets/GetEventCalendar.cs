using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>GET /events/{idOrSlug}/calendar: a reminder for people without a ticket.</summary>
internal static class GetEventCalendar
{
    public static async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string idOrSlug, HttpRequest request, EventsStore events, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(idOrSlug, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var address = $"{request.Scheme}://{request.Host}/events/{row.Slug}";
        return TypedResults.File(
            CalendarFile.Write(
                row, row.Id.ToString(), row.Summary, address, hasTickets: false, time.GetUtcNow()),
            CalendarFile.ContentType, $"{row.Slug}.ics");
    }
}
