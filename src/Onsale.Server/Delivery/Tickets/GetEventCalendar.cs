using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>GET /events/{idOrSlug}/calendar: a reminder for people without a ticket.</summary>
internal static class GetEventCalendar
{
    public static async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string idOrSlug, HttpContext context, EventsStore events, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(idOrSlug, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        // It carries the name that this site was asked by, which a cache must not hand to others.
        context.Response.Headers.CacheControl = "no-cache";
        var address = $"{context.Request.Scheme}://{context.Request.Host}/events/{row.Slug}";
        return TypedResults.File(
            CalendarFile.Write(
                row, row.Id.ToString(), row.Summary, address, hasTickets: false, time.GetUtcNow()),
            CalendarFile.ContentType, $"{row.Slug}.ics");
    }
}
