using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>What who sells does with bookings.</summary>
internal static class CounterEndpoints
{
    public static void AddCounter(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(CounterJson.Default);
        services.AddSingleton<OwnBookingStore>();
        services.AddSingleton<BookingShowing>();
        services.AddSingleton<CounterSales>();
        services.AddSingleton<BookingChanges>();
        services.AddSingleton<CounterRefunds>();
        services.AddSingleton<TransferPayments>();
        services.AddSingleton<CsvExports>();
        services.AddSingleton<CancelledEvents>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "cancelled-events", TimeSpan.FromSeconds(CounterLimits.CancelledEventsSeconds),
            provider.GetRequiredService<CancelledEvents>().RunAsync, RunsAtStart: true));
    }

    public static void MapCounter(this IEndpointRouteBuilder routes)
    {
        var @event = routes.MapOrganisation("/events/{event}", "Organiser bookings")
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes));
        @event.MapGet("/bookings", OwnBookings.ListAsync).Needs(Permissions.BookingsRead)
            .WithName("listOwnBookings").WithSummary("An event's bookings, searched and filtered").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        @event.MapPost("/bookings", SellAtCounter.HandleAsync).Needs(Permissions.BookingsSell)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("sellAtCounter").WithSummary("Sells places at the counter: all of them or none").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict,
                "seats-unavailable", "sold-out", "not-adjacent", "limit-exceeded", "not-on-sale", "not-published")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "idempotency-mismatch");
        @event.MapGet("/pay-later", PayLaterSetting.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getPayLater").WithSummary("Whether and how the event's bookings can be paid later").Finds();
        @event.MapPut("/pay-later", PayLaterSetting.SetAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setPayLater")
            .WithSummary("Lets bookings be paid later, by bank transfer, or ends that for those to come").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "not-published")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        MapOne(@event);
        @event.MapGet("/bookings.csv", BookingExports.BookingsAsync).Needs(Permissions.BookingsExport)
            .WithName("exportBookings").WithSummary("A row a booking, as CSV").Finds();
        @event.MapGet("/tickets.csv", BookingExports.TicketsAsync).Needs(Permissions.BookingsExport)
            .WithName("exportTickets").WithSummary("A row a ticket, as CSV").Finds();
    }

    private static void MapOne(RouteGroupBuilder @event)
    {
        var one = @event.MapGroup("/bookings/{bookingId}");
        one.MapGet("/", OwnBookings.GetAsync).Needs(Permissions.BookingsRead)
            .WithName("getOwnBooking").WithSummary("A booking with its payments and all that happened to it").Finds()
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found");
        one.MapPatch("/", ChangeBooking.HandleAsync).Needs(Permissions.BookingsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("changeBooking").WithSummary("Changes whom to write to, or gives the booking other seats").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "hold-expired", "not-confirmed", "seats-unavailable");
        one.MapPost("/paid", MarkPaid.HandleAsync).Needs(Permissions.BookingsSell)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("markBookingPaid")
            .WithSummary("Enters a bank transfer: confirms its booking, or books its places anew if they went back")
            .Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "not-pay-later", "paid-otherwise", "hold-expired", "payment-in-progress", "not-on-sale",
                "already-cancelled");
        one.MapPost("/paid-back", MarkPaidBack.HandleAsync).Needs(Permissions.BookingsRefund)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("markBookingPaidBack")
            .WithSummary("Notes that the organiser has sent back what is owed to the buyer").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "nothing-owed");
        one.MapPost("/cancel", RefundBooking.CancelAsync).Needs(Permissions.BookingsRefund)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("cancelOwnBooking").WithSummary("Cancels a booking, whatever the policy, and pays it back")
            .Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "payment-in-progress");
        one.MapPost("/refund", RefundBooking.RefundAsync).Needs(Permissions.BookingsRefund)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("refundBooking").WithSummary("Pays back an amount, some places, or all; never more than was paid")
            .Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "refund-exceeds-payment", "already-refunded", "not-paid", "payment-in-progress")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "idempotency-mismatch");
    }

    private static RouteHandlerBuilder Finds(this RouteHandlerBuilder route) => route
        .Refuses(StatusCodes.Status404NotFound, "event-not-found")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
}
