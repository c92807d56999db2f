using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Tickets;

internal static class TicketsModule
{
    public static void AddTickets(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(TicketsJson.Default);
        builder.Services.AddSingleton<TicketKeyStore>();
        builder.Services.AddSingleton<TicketSigning>();
    }

    public static void MapTickets(this IEndpointRouteBuilder routes) => TicketsEndpoints.Map(routes);
}
