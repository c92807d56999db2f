using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Onsale.Inventory;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Browser.Tests;

/// <summary>The program with its demo, and one Chromium; each test takes a visitor of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string SystemChromium = "/usr/bin/chromium";

    // The machine that runs the tests may be busy: a step may take long, but never for ever.
    private const float StepTimeoutMs = 20_000;

    private OnsaleNode? _node;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>By name, since browsers keep a Secure cookie of plain HTTP only for localhost.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Address = $"http://localhost:{Ports.Free()}";
        _node = await OnsaleNode.StartAsync(
            await TestCluster.PrivateDatabaseAsync(), [("urls", Address), ("Onsale:Demo", "true")]);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
    }

    /// <summary>A browser of its own, to be disposed of, whose camera shows a video file.</summary>
    public Task<IBrowser> WithCameraAsync(string videoFile) => LaunchAsync(
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        $"--use-file-for-fake-video-capture={videoFile}");

    private Task<IBrowser> LaunchAsync(params string[] more) =>
        _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = File.Exists(SystemChromium) ? SystemChromium : null,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", .. more,
            ],
        });

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
    }

    /// <summary>Changes an event's row as an organiser would, and tells the nodes that its settings moved.</summary>
    /// <param name="change">What follows <c>set</c>, such as <c>status = 2</c>.</param>
    public async Task ChangeEventAsync(string slug, string change)
    {
        await using var command = _node!.DataSource.CreateCommand($"""
            with changed as (update events set {change} where slug = $1 returning id)
            update inventory set settings_version = settings_version + 1 from changed where event_id = changed.id
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1, $"there is an event {slug}");
    }

    /// <summary>An event of its own with a few places and a waitlist, at one of the demo's venues.</summary>
    public async Task AddSmallEventAsync(string slug, int places, string title = "A Room for Few")
    {
        await using var connection = await _node!.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "select organisation_id, venue_id from events where slug = 'limited-concert'", connection);
        Guid organisation, venue;
        await using (var row = await command.ExecuteReaderAsync())
        {
            await row.ReadAsync();
            (organisation, venue) = (row.GetGuid(0), row.GetGuid(1));
        }

        var now = TimeProvider.System.GetUtcNow();
        var made = await EventCreation.CreateEventAsync(
            connection,
            new NewEvent
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = organisation,
                VenueId = venue,
                Slug = slug,
                Title = title,
                Category = "concert",
                StartsAt = now.AddDays(200),
                EndsAt = now.AddDays(200).AddHours(2),
                TimeZone = "America/New_York",
                Currency = "USD",
                Status = EventStatus.Published,
                OnSaleAt = now.AddDays(-1),
                OffSaleAt = now.AddDays(199),
                WaitlistOfferMinutes = 60,
                Tiers = [new NewTier(Guid.CreateVersion7(now), "Chair", 4000, "#4f46e5", Capacity: places)],
            },
            plan: null);
        made.Errors.ShouldBeEmpty();
    }

    /// <summary>Gives an event a waiting room that is open to join.</summary>
    public Task OpenRoomAsync(string slug, int ratePerMinute) => ExecuteAsync("""
        insert into waiting_rooms (event_id, mode, opens_at, rate_per_minute, max_inside)
        select id, 1, now() - interval '1 hour', $2, 100 from events where slug = $1
        on conflict (event_id) do update set mode = 1, rate_per_minute = excluded.rate_per_minute
        """, slug, ratePerMinute);

    /// <summary>Has an event's tickets shown live.</summary>
    public Task RotateCodesAsync(string slug) => ExecuteAsync(
        "insert into ticket_rules (event_id, rotating_since) select id, now() from events where slug = $1", slug);

    /// <summary>Scans of an event that came out so.</summary>
    public async Task<long> CountScansAsync(string slug, int outcome)
    {
        await using var command = _node!.DataSource.CreateCommand("""
            select count(*) from check_ins c join events e on e.id = c.event_id where e.slug = $1 and c.outcome = $2
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)outcome });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Switches it off, and waits until nobody needs an admission.</summary>
    public async Task CloseRoomAsync(string slug)
    {
        await ExecuteAsync(
            "update waiting_rooms set mode = 0 where event_id = (select id from events where slug = $1)", slug);
        await Eventually.ShouldBeTrueAsync(
            async () => !(await _node!.Client.GetStringAsync(
                $"/api/v1/events/{await IdOfAsync(slug)}/queue")).Contains("\"open\"", StringComparison.Ordinal),
            "the room is closed");
    }

    /// <summary>The text of a ticket's QR code.</summary>
    public async Task<string> SignAsync(string slug, string code)
    {
        using var signer = await _node!.Services.GetRequiredService<TicketSigning>()
            .OpenAsync(await IdOfAsync(slug), CancellationToken.None);
        return signer.Sign(code, counter: 0);
    }

    /// <summary>What the link in a reminder's mail says after the #.</summary>
    public async Task<string> ReminderTokenAsync(string email)
    {
        await using var command = _node!.DataSource.CreateCommand("select token from sale_reminders where email = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = email });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<Guid> IdOfAsync(string slug)
    {
        await using var command = _node!.DataSource.CreateCommand("select id from events where slug = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = _node!.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A browser profile of its own: no cookies, no storage.</summary>
    public Task<IPage> VisitorAsync(ColorScheme scheme = ColorScheme.Light, string locale = "en-US") =>
        VisitorAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            Locale = locale,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });

    /// <summary>A visitor with a phone: touch, and a small window.</summary>
    public Task<IPage> PhoneAsync(int width, int height, string locale = "en-US") =>
        VisitorAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = true,
            IsMobile = true,
        });

    /// <summary>A visitor with a browser of their own kind.</summary>
    public async Task<IPage> VisitorAsync(BrowserNewContextOptions options)
    {
        options.BaseURL = Address;
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(StepTimeoutMs);
        Assertions.SetDefaultExpectTimeout(StepTimeoutMs);
        return await context.NewPageAsync();
    }
}

/// <summary>One program and one browser for all classes.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
