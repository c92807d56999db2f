using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>A ticket that somebody may print: checked by whoever asks for it.</summary>
/// <param name="Line">Which of its booking's places it is for.</param>
/// <param name="IssuedCode">The code that it was issued with.</param>
/// <param name="TypedCode">The code of whoever has it now.</param>
/// <param name="Counter">How often it has changed hands.</param>
/// <param name="Holder">Name of whoever has it; null: not known.</param>
internal sealed record TicketToPrint(int Line, string IssuedCode, string TypedCode, int Counter, string? Holder);

/// <summary>Answers with tickets as PDF: puts together what stands on them.</summary>
internal sealed class TicketPrinting(
    EventsStore catalog, EventLookup events, SeatingPlanCache plans, ContactStore contacts, TicketSigning signing,
    TicketPdf pdf) : IDisposable
{
    // Printing is work for a processor alone: more at once would only take from those who buy.
    private readonly SemaphoreSlim _printers = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The tickets of one booking as a file, one a page, which nobody but the caller may keep.</summary>
    public async Task<Results<FileContentHttpResult, Problem>> AnswerAsync(
        Booking booking, Guid eventId, Func<Contact?, IReadOnlyList<TicketToPrint>> choose, PrintOptions options,
        HttpContext context)
    {
        var found = await events.RequireAnyAsync(eventId);
        if (found.Problem is not null)
            return found.Problem;
        var cancellationToken = context.RequestAborted;
        if (await catalog.FindAsync(eventId.ToString(), cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var contact = await contacts.FindAsync(eventId, booking.Id);
        var occasion = new PrintedEvent(
            row.Title, row.OrganiserName, row.StartsAt, row.TimeZone, row.VenueName,
            $"{row.VenueAddress}, {row.VenueCity}", contact is null ? null : OrderCodes.Show(contact.OrderCode),
            options.Language ?? (contact?.Language is { } tag ? Languages.Of(tag) : Languages.Choose(context.Request)));
        var printed = await FillAsync(booking, found.Terms!, choose(contact), cancellationToken);

        await _printers.WaitAsync(cancellationToken);
        try
        {
            context.Response.Headers.CacheControl = "private, no-store";
            var file = await Task.Run(() => pdf.Write(occasion, printed, options.Format), cancellationToken);
            return TypedResults.File(file, TicketPdf.ContentType, $"{row.Slug}-tickets.pdf");
        }
        finally
        {
            _printers.Release();
        }
    }

    public void Dispose() => _printers.Dispose();

    private async Task<IReadOnlyList<PrintedTicket>> FillAsync(
        Booking booking, EventSettings settings, IReadOnlyList<TicketToPrint> tickets,
        CancellationToken cancellationToken)
    {
        var plan = settings.SeatingPlanId is { } id ? await plans.GetAsync(id, cancellationToken) : null;
        using var signer = await signing.OpenAsync(settings.EventId, cancellationToken);
        List<PrintedTicket> printed = [];
        foreach (var ticket in tickets)
        {
            var place = booking.Places[ticket.Line];
            printed.Add(new PrintedTicket(
                signer.Sign(ticket.IssuedCode, ticket.Counter), ticket.TypedCode, settings.Tiers[place.Tier].Name,
                place.IsSeat && plan is not null
                    ? new PrintedSeat(plan.SectionOf(place.Seat), plan.RowNameOf(place.Seat), plan.NumberOf(place.Seat))
                    : null,
                ticket.Holder));
        }

        return printed;
    }
}
