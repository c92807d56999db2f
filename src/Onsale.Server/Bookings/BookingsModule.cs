using Onsale.Server.Hosting;

namespace Onsale.Server.Bookings;

internal static class BookingsModule
{
    public static void AddBookings(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(BookingsJson.Default);
        builder.Services.AddSingleton<BookingStore>();
        builder.Services.AddSingleton<BookingWire>();
        builder.Services.AddSingleton<GuestBookings>();
    }

    public static void MapBookings(this IEndpointRouteBuilder routes) => BookingsEndpoints.Map(routes);
}
