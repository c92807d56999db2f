using Microsoft.Playwright;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

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
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = File.Exists(SystemChromium) ? SystemChromium : null,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

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
