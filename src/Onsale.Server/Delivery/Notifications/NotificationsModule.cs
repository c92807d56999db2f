using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Delivery.Outbox;

namespace Onsale.Server.Delivery.Notifications;

internal static class NotificationsModule
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(NotificationsJson.Default);
        builder.Services.AddSingleton<NotificationTexts>();
        builder.Services.AddSingleton<BookingMails>();
        builder.Services.AddSingleton<IOutboxConsumer, BookingNotifications>();
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes) =>
        routes.MapOrganisation("/events/{event}/bookings/{bookingId}", "Organiser bookings")
            .MapPost("/resend", ResendConfirmation.HandleAsync).Needs(Permissions.BookingsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("resendConfirmation").WithSummary("Sends a booking's confirmation with its tickets again")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict, "not-confirmed", "no-address");
}
