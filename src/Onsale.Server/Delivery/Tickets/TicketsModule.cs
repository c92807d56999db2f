using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets.Printing;

namespace Onsale.Server.Delivery.Tickets;

internal static class TicketsModule
{
    public static void AddTickets(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(TicketsJson.Default);
        builder.Services.AddSingleton<TicketKeyStore>();
        builder.Services.AddSingleton<TicketRuleStore>();
        builder.Services.AddSingleton<TicketSigning>();
        builder.Services.AddSingleton<TicketTexts>();
        builder.Services.AddSingleton<TicketPdf>();
        builder.Services.AddSingleton<TicketPrinting>();
    }

    public static void MapTickets(this IEndpointRouteBuilder routes) => TicketsEndpoints.Map(routes);
}
