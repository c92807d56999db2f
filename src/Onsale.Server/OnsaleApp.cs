using Microsoft.Extensions.DependencyInjection.Extensions;
using Onsale.Server.Accounts;
using Onsale.Server.Bookings;
using Onsale.Server.Database;
using Onsale.Server.Demo;
using Onsale.Server.Events;
using Onsale.Server.Hosting;
using Onsale.Server.Hosting.Metrics;
using Onsale.Server.Hosting.OpenApi;
using Onsale.Server.Hosting.RateLimits;
using Onsale.Server.Inventory;
using Onsale.Server.Live;
using Onsale.Server.Payments;
using Onsale.Server.Venues;
using Onsale.Server.Web;

namespace Onsale.Server;

/// <summary>Puts the program together: for <c>Program</c>, for the tests and for the bench alike.</summary>
internal static class OnsaleApp
{
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
        builder.AddDatabase(); // first: it starts before all others and stops after them
        builder.AddHosting();
        builder.AddAccounts();
        builder.AddEvents();
        builder.AddVenues();
        builder.AddInventory();
        builder.AddPayments();
        builder.AddBookings();
        builder.AddLive();
        builder.AddWeb();
        builder.AddDemo();
        builder.AddProgram(); // last: its drain comes before any other step of a stop
        if (OpenApiModule.IsBeingGenerated)
            builder.Services.RemoveAll<IHostedService>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHosting();
        app.UseExpressHolds();
        app.UseDraining();
        app.UseRoutes();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();
        app.MapContract();
        app.MapHealth();
        app.MapMetrics();
        app.MapAccounts();
        app.MapApi().MapEvents();
        app.MapBookings();
        app.MapLive();
        app.MapWeb();
        return app;
    }
}
