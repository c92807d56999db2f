using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Web;

internal static class WebEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapMethods("/artwork/{name}", [HttpMethods.Get, HttpMethods.Head], GetArtwork.HandleAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .ExcludeFromDescription();
        MapFiles(app);
        var api = app.MapApi();
        api.MapGet("/events/{idOrSlug}/calendar", GetEventCalendar.HandleAsync)
            .WithName("getEventCalendar").WithSummary("One event as an iCalendar file")
            .WithTags("Events")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        var bookings = api.MapGroup("/events/{id}/bookings/{bookingId}")
            .WithTags("Bookings")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        bookings.MapGet("/calendar", GetBookingCalendar.HandleAsync)
            .WithName("getBookingCalendar").WithSummary("A confirmed booking as an iCalendar file");
        bookings.MapGet("/tickets/{ticketId}/qr", GetTicketQr.HandleAsync)
            .WithName("getTicketQr").WithSummary("A ticket's QR code, drawn as SVG")
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only");
        bookings.MapGet("/tickets/{ticketId}/live", GetLiveTicket.HandleAsync)
            .WithName("getLiveTicket").WithSummary("What the buyer's phone needs to show a ticket live, also offline")
            .Refuses(StatusCodes.Status404NotFound, "not-found");
        bookings.MapGet("/tickets/pdf", GetTicketPdf.AllAsync)
            .WithName("getTicketsPdf").WithSummary("All valid tickets of a booking as PDF, one a page")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only");
        bookings.MapGet("/tickets/{ticketId}/pdf", GetTicketPdf.OneAsync)
            .WithName("getTicketPdf").WithSummary("A ticket as PDF")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .Refuses(StatusCodes.Status409Conflict, "live-only");
    }

    /// <summary>
    /// Built files by their exact address, and for every other address that a browser opens as a page, the app.
    /// Programs that ask for no HTML keep getting a problem with 404.
    /// </summary>
    private static void MapFiles(WebApplication app)
    {
        var files = app.Services.GetRequiredService<WebFiles>();
        if (files.IsEmpty)
            return;
        var page = app.Services.GetRequiredService<WebPage>();
        app.MapMethods("/assets/{**path}", [HttpMethods.Get, HttpMethods.Head], files.ServeAsync)
            .ExcludeFromDescription();
        var worker = app.Services.GetRequiredService<ShopWorker>();
        app.MapMethods(ShopWorker.Path, [HttpMethods.Get, HttpMethods.Head], worker.ServeAsync)
            .ExcludeFromDescription();
        foreach (var path in files.RootPaths.Where(path => path != ShopWorker.Path))
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], files.ServeAsync).ExcludeFromDescription();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], page.ServeAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .ExcludeFromDescription();
        // Not a fallback route: as one more candidate at every address, it would turn a 405 or 415 of the API into a
        // 404.
        app.Use(next => context => context.GetEndpoint() is null
            ? page.ServeFallbackAsync(context)
            : next(context));
    }
}
