using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.CheckIn;

internal static class CheckInModule
{
    public static void AddCheckIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(CheckInJson.Default);
        builder.Services.AddSingleton<CheckInStore>();
        builder.Services.AddSingleton<DoorTickets>();
    }

    public static void MapCheckIn(this IEndpointRouteBuilder routes) => CheckInEndpoints.Map(routes);
}
