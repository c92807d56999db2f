using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Selling.Bookings.Answers;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Selling.Bookings;

internal static class BookingsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        var bookings = api.MapGroup("/events/{id}/bookings")
            .WithTags("Bookings")
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization()
            .NoStore();
        bookings.MapPost("/", HoldPlaces.HandleAsync)
            .WithName(HoldFastPathMiddleware.EndpointName).WithSummary("Holds places: all of them or none")
            .WithMetadata(GuestInMemory.Instance)
            .AsksForAdmission()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "admission-required")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "seats-unavailable", "sold-out", "not-adjacent", "orphan-seat", "companion-alone", "ticket-alone",
                "limit-exceeded", "too-many-held", "not-on-sale", "code-used-up")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-holds", "too-many-codes-tried")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "idempotency-mismatch")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
        bookings.MapGet("/requests/{requestId}", GetLaterHold.HandleAsync)
            .WithName("getHoldRequest")
            .WithSummary("What became of a hold that was asked for with Prefer: respond-async")
            .Refuses(StatusCodes.Status404NotFound, "request-not-found");
        bookings.MapGet("/{bookingId}", GetBooking.HandleAsync)
            .WithName("getBooking").WithSummary("One booking")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        bookings.MapPost("/{bookingId}/confirm", ConfirmBooking.HandleAsync)
            .WithName("confirmBooking").WithSummary("Pays and confirms a held booking")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status402PaymentRequired, "payment-declined", "payment-unanswered")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "hold-expired", "payments-used-up", "already-cancelled", "not-on-sale",
                "answers-required")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown", "payments-unavailable");
        bookings.MapPost("/{bookingId}/extend", ExtendHold.HandleAsync)
            .WithName("extendHold").WithSummary("Extends a hold by half of its time, as often as the event allows")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "hold-expired", "not-extendable", "payment-in-progress", "already-cancelled", "not-on-sale")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
        bookings.MapPost("/{bookingId}/pay-later", PayLater.HandleAsync)
            .WithName("payLater")
            .WithSummary(
                "Keeps a hold until it is paid by bank transfer, for as long as the event gives; repeated, the same")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "contact-needed", "answers-required", "no-pay-later", "not-extendable", "hold-expired",
                "payment-in-progress",
                "already-cancelled", "not-on-sale")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
        bookings.MapPut("/{bookingId}/contact", SetContact.HandleAsync)
            .WithName("setBookingContact")
            .WithSummary("Sets whom to write to about a booking; the first one gives it an order code")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "hold-expired", "already-cancelled")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        bookings.MapGet("/{bookingId}/answers", SetAnswers.GetAsync)
            .WithName("getBookingAnswers").WithSummary("What the buyer has answered to the event's questions")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found");
        bookings.MapPut("/{bookingId}/answers", SetAnswers.PutAsync)
            .WithName("setBookingAnswers").WithSummary("Answers the event's questions, all of them at once")
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxAnswersRequestBytes))
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "hold-expired", "already-cancelled");
        bookings.MapDelete("/{bookingId}", CancelBooking.HandleAsync)
            .WithName("cancelBooking")
            .WithSummary("Releases a hold, or cancels a confirmed booking where the policy allows")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "not-cancellable", "payment-in-progress", "tickets-handed-on")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");

        api.MapPost("/events/{id}/codes/check", CheckCode.HandleAsync).WorksReadOnly()
            .WithName("checkCode").WithSummary("What a code does; whether it still does is decided with a hold")
            .WithTags("Bookings")
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes))
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "code-used-up")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-codes-tried")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded")
            .NoStore()
            .RequireRateLimit(RateLimitPolicy.Reads);

        api.MapGet("/me/bookings", ListMyBookings.HandleAsync)
            .WithName("listMyBookings").WithSummary("The buyer's bookings, newest first")
            .WithTags("Bookings")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded")
            .NoStore()
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization();
    }
}
