using Microsoft.AspNetCore.Mvc;
using Onsale.Server.Hosting;
using Onsale.Server.Hosting.RateLimits;

namespace Onsale.Server.Bookings;

internal static class BookingsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        var bookings = api.MapGroup("/events/{id}/bookings")
            .WithTags("Bookings")
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization();
        bookings.MapPost("/", HoldPlaces.HandleAsync);
        bookings.MapGet("/{bookingId}", GetBooking.HandleAsync);
        bookings.MapPost("/{bookingId}/confirm", ConfirmBooking.HandleAsync);
        bookings.MapDelete("/{bookingId}", CancelBooking.HandleAsync);

        api.MapGet("/me/bookings", ListMyBookings.HandleAsync)
            .WithTags("Bookings")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization();
    }
}
