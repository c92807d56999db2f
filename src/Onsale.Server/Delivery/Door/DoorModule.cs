using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Door;

/// <summary>Paired devices that check in for one event, with and without a network.</summary>
internal static class DoorModule
{
    public static void AddDoor(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(DoorJson.Default);
        builder.Services.AddSingleton<DoorDeviceStore>();
        builder.Services.AddSingleton<DoorListStore>();
        builder.Services.AddSingleton<DoorAccess>();
    }

    public static void MapDoor(this IEndpointRouteBuilder routes) => DoorEndpoints.Map(routes);
}
