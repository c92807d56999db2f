using System.Diagnostics;
using Dapper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Startup;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Catalog.Venues;

namespace Onsale.Server.Operate.Demo;

/// <summary>
/// Fills an empty database with the demo's venues and events before the program serves, and tells on the banner what
/// to try. It runs where <c>Onsale:Demo</c> says so: by default only on the program's own database.
/// </summary>
internal sealed partial class DemoLoader(
    IConfiguration configuration, IServiceProvider services, NpgsqlDataSource dataSource, DemoAccounts accounts,
    StartupBanner banner, TimeProvider timeProvider, ILogger<DemoLoader> logger) : IHostedLifecycleService
{
    private bool _isDemo;

    public static Guid OrganisationId { get; } = DemoIds.Of("organisation", "lantern-presents");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _isDemo = configuration.GetValue<bool?>("Onsale:Demo")
            ?? string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres"));
        if (!_isDemo)
            return;

        if (await LoadAsync(cancellationToken))
            _isDemo = await accounts.EnsureAsync(OrganisationId, cancellationToken);
        else
            _isDemo = false;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_isDemo)
        {
            var address = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?
                .Addresses.FirstOrDefault() ?? "http://localhost:8080";
            banner.Add("Demo accounts", accounts.BannerLines());
            banner.Add("Try next", DemoBanner.TryNext(address));
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads the demo in one transaction if there are no events yet.</summary>
    /// <returns>Whether the database has the demo now; false where it has other events.</returns>
    internal async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two nodes that start together on an empty database: one loads, the other finds it done.
        await DatabaseLocks.WaitAsync(
            connection, DatabaseLocks.Demo, "the demo's loading", ofTransaction: true, timeProvider, logger,
            cancellationToken);
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from events)"))
        {
            return await connection.ExecuteScalarAsync<bool>(
                "select exists (select from organisations where id = @id)", new { id = OrganisationId });
        }

        await OrganisationStore.AddAsync(
            connection, OrganisationId, "lantern-presents", "Lantern Presents", cancellationToken);
        var venues = DemoVenues.All().ToDictionary(venue => venue.Slug, StringComparer.Ordinal);
        var plans = new Dictionary<string, SeatingPlan>(StringComparer.Ordinal);
        foreach (var venue in venues.Values)
        {
            await AddVenueAsync(connection, venue, cancellationToken);
            if (venue.Plan is { } document)
                plans.Add(venue.Slug, SeatingPlanCompiler.Compile(document));
        }

        var now = timeProvider.GetUtcNow();
        var events = DemoEvents.All();
        foreach (var @event in events)
            await AddEventAsync(
                connection, @event.ToNewEvent(OrganisationId, venues[@event.Venue], now), plans, @event.Venue,
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var elapsed = timeProvider.GetElapsedTime(started);
        LogLoaded(events.Count, venues.Count, elapsed);
        return true;
    }

    private static async Task AddVenueAsync(
        NpgsqlConnection connection, DemoVenue venue, CancellationToken cancellationToken)
    {
        await VenueStore.AddAsync(
            connection,
            new NewVenue(
                venue.Id, OrganisationId, venue.Slug, venue.Name, venue.City, venue.Country, venue.Address,
                venue.TimeZone)
            {
                Accessibility = venue.Accessibility,
                Transport = venue.Transport,
                Coordinates = venue.Coordinates,
            },
            cancellationToken);
        if (venue.Plan is { } document)
        {
            var plan = await SeatingPlanStore.AddAsync(
                connection, venue.PlanId, document, venue.Id, cancellationToken);
            await OrganisationPlanStore.AddAsync(
                connection, OrganisationId, plan, venue.Id, parentId: null, createdBy: null, cancellationToken);
        }
    }

    private static async Task AddEventAsync(
        NpgsqlConnection connection, NewEvent @event, Dictionary<string, SeatingPlan> plans, string venue,
        CancellationToken cancellationToken)
    {
        var plan = @event.SeatingPlanId is null ? null : plans[venue];
        var result = await EventCreation.CreateEventAsync(connection, @event, plan, cancellationToken);
        if (!result.IsCreated)
            throw new UnreachableException(
                $"The demo event {@event.Slug} is refused: {string.Join(" ", result.Errors)}");
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Information,
        Message = "Loaded the demo: {Events} events at {Venues} venues in {Elapsed}")]
    private partial void LogLoaded(int events, int venues, TimeSpan elapsed);
}
