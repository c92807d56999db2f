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
        bookings.MapPost("/", HoldPlaces.HandleAsync).WithName("holdPlaces").WithSummary("Holds places: all of them or none");
        bookings.MapGet("/{bookingId}", GetBooking.HandleAsync).WithName("getBooking").WithSummary("One booking");
        bookings.MapPost("/{bookingId}/confirm", ConfirmBooking.HandleAsync)
            .WithName("confirmBooking").WithSummary("Pays and confirms a held booking");
        bookings.MapDelete("/{bookingId}", CancelBooking.HandleAsync)
            .WithName("cancelBooking").WithSummary("Releases a hold, or cancels a confirmed booking where the policy allows");

        api.MapGet("/me/bookings", ListMyBookings.HandleAsync)
            .WithName("listMyBookings").WithSummary("The buyer's bookings, newest first")
            .WithTags("Bookings")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization();
    }
}
