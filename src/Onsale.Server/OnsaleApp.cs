using Microsoft.Extensions.DependencyInjection.Extensions;
using Onsale.Platform.Cluster;
using Onsale.Platform.Contract;
using Onsale.Platform.Database;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Telemetry;
using Onsale.Platform.Work;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Codes;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.Events.Questions;
using Onsale.Server.Catalog.Favourites;
using Onsale.Server.Catalog.Pictures;
using Onsale.Server.Catalog.Presenters;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Catalog.Venues;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Delivery.Door;
using Onsale.Server.Delivery.Invoices;
using Onsale.Server.Delivery.Notifications;
using Onsale.Server.Delivery.Orders;
using Onsale.Server.Delivery.Outbox;
using Onsale.Server.Delivery.Reminders;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Delivery.Transfers;
using Onsale.Server.Operate.Demo;
using Onsale.Server.Operate.Finance;
using Onsale.Server.Operate.Limits;
using Onsale.Server.Operate.PersonData;
using Onsale.Server.Operate.ReadOnly;
using Onsale.Server.Operate.Rehearsals;
using Onsale.Server.Operate.Reports;
using Onsale.Server.Operate.SystemHealth;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Bookings.Counter;
using Onsale.Server.Selling.Ledger;
using Onsale.Server.Selling.Live;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Selling.Reconciliation;
using Onsale.Server.Selling.Transfers;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Selling.Waitlist;
using Onsale.Server.Web;

namespace Onsale.Server;

/// <summary>Puts the program together: for <c>Program</c>, for the tests and for the bench alike.</summary>
internal static class OnsaleApp
{
    /// <summary>The schema, in numbered steps.</summary>
    public static MigrationScripts Migrations { get; } = new(typeof(OnsaleApp).Assembly);

    /// <summary>Builds the program without starting it.</summary>
    /// <param name="args">Settings as on the command line: <c>--Onsale:Demo=false</c>.</param>
    /// <param name="configure">What a test or the bench exchanges.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(OnsaleApp).Assembly.GetName().Name,
            // Settings and static files lie beside the program, from wherever it is started.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddDatabase(Migrations); // first: it starts before all others and stops after them
        builder.AddCluster();
        builder.AddHosting();
        builder.Services.AddOpenApi(ContractFile.DocumentName, OpenApiModule.Configure);
        builder.AddWork();
        builder.AddMail();
        builder.AddAccounts();
        builder.AddOrganisations();
        builder.AddEvents();
        builder.AddPictures();
        builder.AddSeatingPlans();
        builder.AddVenues();
        builder.AddPresenters();
        builder.AddFavourites();
        builder.AddEngine();
        builder.AddLedger();
        builder.AddPayments();
        builder.AddReconciliation();
        builder.AddLive();
        builder.AddWaitingRoom();
        builder.AddBookings();
        builder.AddCounter();
        builder.AddWaitlist();
        builder.AddTicketTransfers();
        builder.AddOutbox();
        builder.AddNotifications();
        builder.AddTickets();
        builder.AddTransfers();
        builder.AddReminders();
        builder.AddOrders();
        builder.AddInvoices();
        builder.AddCheckIn();
        builder.AddDoor();
        builder.AddWeb();
        builder.AddReports();
        builder.AddFinance();
        builder.AddReadOnly();
        builder.AddLimits();
        builder.AddRehearsals();
        builder.AddSystemHealth();
        builder.AddDemo();
        builder.AddProgram(); // last: its drain comes before any other step of a stop
        if (OpenApiModule.IsBeingGenerated)
            builder.Services.RemoveAll<IHostedService>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHosting();
        app.UseHoldFastPath();
        app.UseDraining();
        app.UseRoutes();
        app.UseMetrics();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseReadOnlyMode();
        app.UseAuthorization();
        app.UseOrganisations();
        app.MapContract();
        app.MapHealth();
        app.MapDevelopmentMailbox();
        app.MapWork();
        app.MapAccounts();
        app.MapOrganisations();
        app.MapVenues();
        app.MapSeatingPlans();
        app.MapApi().MapEvents();
        app.MapPresenters();
        app.MapFavourites();
        app.MapPictures();
        app.MapEventEditing();
        app.MapCodes();
        app.MapQuestions();
        app.MapPayments();
        app.MapBookings();
        app.MapCounter();
        app.MapWaitlist();
        app.MapReports();
        app.MapFinance();
        app.MapReadOnly();
        app.MapLimits();
        app.MapRehearsals();
        app.MapSystemHealth();
        app.MapPersonData();
        app.MapLive();
        app.MapWaitingRoom();
        app.MapNotifications();
        app.MapTickets();
        app.MapTransfers();
        app.MapReminders();
        app.MapOrders();
        app.MapInvoices();
        app.MapCheckIn();
        app.MapDoor();
        app.MapWeb();
        return app;
    }
}
