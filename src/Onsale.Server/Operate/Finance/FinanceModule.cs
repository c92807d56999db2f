using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Finance;

/// <summary>What organisers see of their money.</summary>
internal static class FinanceModule
{
    public static void AddFinance(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(FinanceJson.Default);
        builder.Services.AddSingleton<MoneyStore>();
    }

    public static void MapFinance(this IEndpointRouteBuilder routes)
    {
        routes.MapOrganisation("/money", "Organiser money")
            .MapGet("/", GetMoney.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("getMoney").WithSummary("Gross, refunds, fees, tax and net of a period, in all and by event")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        routes.MapOrganisation("/to-pay-back", "Organiser money")
            .MapGet("/", ListOwed.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("listToPayBack").WithSummary("What the organisation has to pay back by hand, the oldest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        routes.MapOrganisation("/reconciliation", "Organiser money")
            .MapGet("/", GetReconciliation.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("getReconciliation").WithSummary("Where payment providers say something else than the ledger");
        routes.MapOrganisation("/ledger", "Organiser money")
            .MapGet("/", ListLedger.HandleAsync).Needs(Permissions.ReportsRead)
            .WithName("listLedger").WithSummary("Entries of the ledger, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        routes.MapOrganisation("/ledger.csv", "Organiser money")
            .MapGet("/", ExportLedger.StatementAsync).Needs(Permissions.BookingsExport)
            .WithName("exportStatement").WithSummary("The ledger of a period, a row a posting, as CSV")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        routes.MapOrganisation("/events/{event}/ledger.csv", "Organiser money")
            .MapGet("/", ExportLedger.OfEventAsync).Needs(Permissions.BookingsExport)
            .WithName("exportLedger").WithSummary("An event's ledger, a row a posting, as CSV")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }
}
