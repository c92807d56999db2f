using Onsale.Server.Delivery.Outbox;

namespace Onsale.Server.Delivery.Notifications;

internal static class NotificationsModule
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NotificationTexts>();
        builder.Services.AddSingleton<IOutboxConsumer, BookingNotifications>();
    }
}
