using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>Invoices and credit notes of what the ledger says.</summary>
internal static class InvoicesModule
{
    private const string Tag = "Organiser invoices";

    public static void AddInvoices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(InvoicesJson.Default);
        services.AddSingleton<InvoiceStore>();
        services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<InvoiceStore>());
        services.AddSingleton<InvoiceIssuer>();
        services.AddSingleton(new AuditQuestion(InvoiceStore.Audit));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "invoices", TimeSpan.FromSeconds(InvoicesLimits.IssueSeconds),
            provider.GetRequiredService<InvoiceIssuer>().RunAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "invoices-sweep", TimeSpan.FromSeconds(InvoicesLimits.SweepSeconds),
            provider.GetRequiredService<InvoiceIssuer>().SweepAsync, RunsAtStart: true));
    }

    public static void MapInvoices(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapApi().MapGroup("/me/bookings/{id}/{bookingId}").WithTags("Invoices")
            .RequireAuthorization()
            .NoStore()
            .WithMetadata(new RequestSizeLimitAttribute(InvoicesLimits.MaxRequestBytes));
        own.MapGet("/invoices", BuyerInvoices.GetAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("listBookingInvoices")
            .WithSummary("A booking's invoices and credit notes, and whom they are made out to")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        own.MapPut("/invoice-details", BuyerInvoices.SetAsync)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setInvoiceDetails")
            .WithSummary("Says whom a booking's invoice is made out to; one that is there is corrected")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "booking-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "no-invoices", "too-many-invoices", "hold-expired", "already-cancelled")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");

        var settings = routes.MapOrganisation("/invoicing", Tag)
            .WithMetadata(new RequestSizeLimitAttribute(InvoicesLimits.MaxRequestBytes));
        settings.MapGet("/", OrganiserInvoices.GetSettingsAsync).Needs(Permissions.ReportsRead)
            .WithName("getInvoicing").WithSummary("Whether the organisation issues invoices, and what they say of it");
        settings.MapPut("/", OrganiserInvoices.SetSettingsAsync).Needs(Permissions.OrganisationEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setInvoicing").WithSummary("Turns invoices on or off, and says who issues them")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        var documents = routes.MapOrganisation("/invoices", Tag);
        documents.MapGet("/", OrganiserInvoices.ListAsync).Needs(Permissions.ReportsRead)
            .WithName("listInvoices").WithSummary("Invoices and credit notes, searched and filtered, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        documents.MapGet("/{number}", OrganiserInvoices.GetAsync).Needs(Permissions.ReportsRead)
            .WithName("getInvoice").WithSummary("An invoice or credit note")
            .Refuses(StatusCodes.Status404NotFound, "invoice-not-found");
        routes.MapOrganisation("/invoices.csv", Tag)
            .MapGet("/", OrganiserInvoices.Export).Needs(Permissions.BookingsExport)
            .WithName("exportInvoices").WithSummary("The documents of a period, a row a tax rate, as CSV")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }
}
