using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Orders;

internal static class OrdersModule
{
    public static void AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(OrdersJson.Default);
        builder.Services.AddSingleton<OrderAccess>();
    }

    public static void MapOrders(this IEndpointRouteBuilder routes) => OrdersEndpoints.Map(routes);
}
