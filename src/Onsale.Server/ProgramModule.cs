using System.Collections.Frozen;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Server;

/// <summary>How the program starts and stops: its address, its log, its banner and its drain.</summary>
internal static class ProgramModule
{
    private const string DefaultUrl = "http://localhost:8080";

    private static readonly string[] LogOfFailedStarts =
        ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>The settings of section <c>Onsale</c>; docs/operations.md says what they do.</summary>
    private static readonly FrozenSet<string> Settings = new[]
    {
        "DataDirectory", "Demo", "DemoPassword", "Payments", "KeyEncryptionKey", "TrustedProxies", "RateLimits", "Holds",
        "AuditMinutes", "Live", "Metrics", "StrictTransport", "Connections", "WaitingRoom", "Mail", "PublicUrl",
        "ProofOfWork", "LeaveSeconds", "Backup", "Tracing", "Rehearsals", "SharedTransactions", "ShopApp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void AddProgram(this WebApplicationBuilder builder)
    {
        RefuseUnknownSettings(builder.Configuration);
        builder.Services.AddSingleton<StartupBanner>();
        builder.Services.AddSingleton<DrainService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DrainService>());
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(
                DrainService.MaxLeaveSeconds + DrainService.MaxDrainSeconds + DrainService.MaxStopSeconds));
        if (!HasAddress(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
        QuietFailedStarts(builder);
    }

    /// <summary>After security headers, which a refusal has too, and before routing: some routes are short.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var draining = app.Services.GetRequiredService<DrainService>();
        app.Use((HttpContext context, RequestDelegate next) => draining.InvokeAsync(context, next));
    }

    /// <summary>
    /// A misspelt setting would have no effect, and nobody would hear of it. Sections with options of their own refuse
    /// theirs when they are bound.
    /// </summary>
    private static void RefuseUnknownSettings(ConfigurationManager configuration)
    {
        var own = configuration.GetSection("Onsale").GetChildren().Where(setting => !Settings.Contains(setting.Key));
        var metrics = configuration.GetSection("Onsale:Metrics").GetChildren()
            .Where(setting => !setting.Key.Equals("AllowedNetworks", StringComparison.OrdinalIgnoreCase));
        var backup = configuration.GetSection("Onsale:Backup").GetChildren()
            .Where(setting => !setting.Key.Equals("Directory", StringComparison.OrdinalIgnoreCase));
        var tracing = configuration.GetSection("Onsale:Tracing").GetChildren()
            .Where(setting => !setting.Key.Equals("Ratio", StringComparison.OrdinalIgnoreCase));
        if (own.Concat(metrics).Concat(backup).Concat(tracing).FirstOrDefault() is { } unknown)
            throw new StartupException($"there is no setting {unknown.Path}: see docs/operations.md.");
    }

    private static bool HasAddress(ConfigurationManager configuration) =>
        configuration["urls"] is { Length: > 0 }
        || configuration["http_ports"] is { Length: > 0 }
        || configuration["https_ports"] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    /// <summary>
    /// The framework logs a failed start twice with its stack trace, before <see cref="ProgramRun"/> says it in a
    /// sentence. Once started, its errors are news.
    /// </summary>
    private static void QuietFailedStarts(WebApplicationBuilder builder)
    {
        var started = new StartedFlag();
        builder.Services.AddSingleton<IHostedService>(started);
        foreach (var category in LogOfFailedStarts)
        {
            builder.Logging.AddFilter(category, level =>
                level >= LogLevel.Warning && (started.Value || level < LogLevel.Error));
        }
    }

    private sealed class StartedFlag : IHostedLifecycleService
    {
        public bool Value { get; private set; }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken)
        {
            Value = true;
            return Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
