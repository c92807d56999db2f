using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

internal static class TransfersEndpoints
{
    private static readonly string[] s_refusals =
        ["already-cancelled", "already-checked-in", "payment-disputed", "transfers-closed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        MapHolders(api.MapGroup("/events/{id}").WithTags("Transfers").RequireAuthorization().NoStore());
        MapReceivers(api.MapGroup("/transfers").WithTags("Transfers").NoStore());
        api.MapGet("/me/tickets", ShownTransfers.ListReceivedAsync)
            .WithName("listReceivedTickets").WithSummary("The tickets that the caller was given, newest first")
            .WithTags("Transfers")
            .RequireAuthorization()
            .NoStore()
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "unavailable");
        MapOrganisers(routes.MapOrganisation("/events/{event}/transfers", "Organiser tickets"));
    }

    private static void MapHolders(RouteGroupBuilder tickets)
    {
        tickets.MapPost("/tickets/{ticketId}/transfers", OfferTicket.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(TransferLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("offerTicket").WithSummary("Offers a ticket to whoever reads a mail")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "ticket-not-found")
            .Refuses(StatusCodes.Status409Conflict, [.. s_refusals, "already-offered", "too-many-transfers"])
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        tickets.MapDelete("/tickets/{ticketId}/transfers/{transferId}", ShownTransfers.WithdrawAsync)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("withdrawTransfer").WithSummary("Takes an offer back; repeated, the same")
            .Refuses(StatusCodes.Status404NotFound, "transfer-not-found")
            .Refuses(StatusCodes.Status409Conflict, "transfer-accepted");
        tickets.MapGet("/transfers", ShownTransfers.ListAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("listOwnTransfers")
            .WithSummary("What the caller has offered of the event's tickets, newest first")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        tickets.MapGet("/tickets/{ticketId}/qr", GetHeldTicketQr.HandleAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("getHeldTicketQr").WithSummary("The QR code of a ticket that the caller was given, drawn as SVG")
            .Refuses(StatusCodes.Status404NotFound, "ticket-not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only");
        tickets.MapGet("/tickets/{ticketId}/live", GetHeldLiveTicket.HandleAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("getHeldLiveTicket").WithSummary("What shows a ticket live that the caller was given")
            .Refuses(StatusCodes.Status404NotFound, "ticket-not-found");
        tickets.MapGet("/tickets/{ticketId}/pdf", GetHeldTicketPdf.HandleAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("getHeldTicketPdf").WithSummary("A ticket that the caller was given, as PDF")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "ticket-not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }

    private static void MapReceivers(RouteGroupBuilder transfers)
    {
        transfers.WithMetadata(new RequestSizeLimitAttribute(TransferLimits.MaxRequestBytes));
        transfers.MapPost("/open", ShownTransfers.OpenAsync).WorksReadOnly()
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("openTransfer").WithSummary("The ticket that a link offers")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "transfer-not-found", "event-not-found", "ticket-not-found")
            .Refuses(StatusCodes.Status409Conflict, s_refusals)
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        transfers.MapPost("/accept", AcceptTransfer.HandleAsync).RequireAuthorization()
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("acceptTransfer").WithSummary("Takes the ticket that a link offers; repeated, the same ticket")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "transfer-not-found", "event-not-found", "ticket-not-found")
            .Refuses(
                StatusCodes.Status409Conflict,
                [.. s_refusals, "transfer-accepted", "transfer-withdrawn", "transfer-to-self"])
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }

    private static void MapOrganisers(RouteGroupBuilder organiser)
    {
        organiser.WithMetadata(new RequestSizeLimitAttribute(TransferLimits.MaxRequestBytes));
        organiser.MapGet("/", OrganiserTransfers.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getTransferSettings").WithSummary("Whether the event's tickets may change hands")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        organiser.MapPut("/", OrganiserTransfers.SetAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setTransferSettings").WithSummary("Lets the event's tickets change hands, or not")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        organiser.MapGet("/list", OrganiserTransfers.ListAsync).Needs(Permissions.BookingsRead)
            .WithName("listTransfers").WithSummary("Which tickets have changed hands or are offered, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
    }
}
