using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Delivery.Orders;

internal static class OrdersEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var orders = routes.MapApi().MapGroup("/orders")
            .WithTags("Bookings")
            .WithMetadata(new RequestSizeLimitAttribute(OrdersLimits.MaxRequestBytes))
            .NoStore();
        orders.MapPost("/find", FindOrder.HandleAsync).WorksReadOnly()
            .WithName("findOrder").WithSummary("The tickets of an order, by its code and e-mail address")
            .RequireRateLimit(RateLimitPolicy.Auth)
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "order-not-found")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        orders.MapGet("/tickets/{ticketId}/qr", GetOrderQr.HandleAsync)
            .WithName("getOrderTicketQr").WithSummary("A ticket's QR code of a found order, drawn as SVG")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status403Forbidden, "forbidden")
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only");
        orders.MapGet("/tickets/{ticketId}/live", GetOrderLiveTicket.HandleAsync)
            .WithName("getOrderLiveTicket").WithSummary("What shows a ticket of a found order live, also offline")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status403Forbidden, "forbidden")
            .Refuses(StatusCodes.Status404NotFound, "not-found");
        orders.MapGet("/tickets/pdf", GetOrderPdf.HandleAsync)
            .WithName("getOrderTicketsPdf").WithSummary("The tickets of a found order as PDF, one a page")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }
}
