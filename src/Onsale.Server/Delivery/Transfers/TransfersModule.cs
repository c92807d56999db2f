using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Transfers;

internal static class TransfersModule
{
    public static void AddTransfers(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(TransfersJson.Default);
        builder.Services.AddSingleton<TransferLabels>();
        builder.Services.AddSingleton<TransferMails>();
    }

    public static void MapTransfers(this IEndpointRouteBuilder routes) => TransfersEndpoints.Map(routes);
}
