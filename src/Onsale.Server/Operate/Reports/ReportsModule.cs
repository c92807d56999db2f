using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Reports;

internal static class ReportsModule
{
    public static void AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(ReportsJson.Default);
        builder.Services.AddSingleton<ReportStore>();
        builder.Services.AddSingleton<ReplaySlots>();
    }

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapOrganisation("/report", "Organiser bookings")
            .MapGet("/", GetOrganisationReport.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("getOrganisationReport").WithSummary("What each event has sold, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        var @event = routes.MapOrganisation("/events/{event}", "Organiser bookings");
        @event.MapGet("/report", GetReport.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("getReport").WithSummary("How an event sells: over time, by tier, and in money")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        @event.MapGet("/report/heat-map", GetSeatSales.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("getSeatSales").WithSummary("When each numbered seat was sold")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        @event.MapGet("/history", GetHistory.HandleAsync).Needs(Permissions.BookingsRead)
            .WithName("getHistory").WithSummary("Who had a seat when, or all that happened to a booking")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found");
        @event.MapGet("/availability", GetPastAvailability.HandleAsync).Needs(Permissions.EventsRead)
            .WithName("getPastAvailability").WithSummary("The house as it was at an instant")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }
}
