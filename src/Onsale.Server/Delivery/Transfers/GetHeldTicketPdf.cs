using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Delivery.Tickets.Printing;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>GET /events/{id}/tickets/{ticketId}/pdf: a ticket that the caller was given, as PDF.</summary>
internal static class GetHeldTicketPdf
{
    public static async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string id, string ticketId, string? format, string? language, Buyer buyer, HttpContext context,
        TransferStore store, BookingReader bookings, BookingStore tickets, TicketPrinting printing)
    {
        var (options, invalid) = PrintOptions.Read(format, language);
        if (invalid is not null)
            return invalid;
        if (!Guid.TryParseExact(id, "D", out var eventId) || !Guid.TryParseExact(ticketId, "D", out var ticket)
            || await store.FindHeldAsync(eventId, ticket, buyer.Id) is not { IsValid: true } held
            || await bookings.FindAsync(eventId, held.BookingId) is not { } booking
            || (await tickets.TicketsAsync(eventId, held.BookingId)).FirstOrDefault(one => one.Id == ticket)
                is not { } row)
        {
            return TransferProblems.TicketNotFound;
        }

        if (held.IsLive)
            return TicketRules.LiveOnly;
        return await printing.AnswerAsync(
            booking, eventId,
            _ => [new TicketToPrint(row.Line, held.IssuedCode, held.Code, held.Counter, held.Name)],
            // The contact's language is the giver's.
            options! with { Language = options.Language ?? Languages.Choose(context.Request) }, context);
    }
}
