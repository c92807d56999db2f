using Onsale.Server.Hosting;
using Onsale.Server.Hosting.OpenApi;

namespace Onsale.Server.Bookings;

internal static class BookingsModule
{
    public static void AddBookings(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(BookingsJson.Default);
        // Where ExpressHolds passes on a body that it has looked at, routing warns that it is too late to limit its
        // size. It is limited: its length was compared with the same limit before.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", LogLevel.Error);
        builder.Services.AddSingleton<BookingStore>();
        builder.Services.AddSingleton<BookingWire>();
        builder.Services.AddSingleton<GuestBookings>();
    }

    /// <summary>Before routing, after what every answer has.</summary>
    public static void UseExpressHolds(this WebApplication app)
    {
        // It needs a database, which is not there while the contract is written.
        if (!OpenApiModule.IsBeingGenerated)
            app.UseMiddleware<ExpressHolds>();
    }

    public static void MapBookings(this IEndpointRouteBuilder routes) => BookingsEndpoints.Map(routes);
}
