namespace Onsale.Platform.Jobs;

/// <summary>
/// Runs a <see cref="PeriodicJob"/> with the program. Should the runner itself end by a defect, the host sees a
/// background service that failed, logs it and stops the program.
/// </summary>
internal sealed class PeriodicJobService(
    PeriodicJob job, TimeProvider time, ILogger<PeriodicJobRunner> logger, JobBoard board) : BackgroundService
{
    public string Name => job.Name;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new PeriodicJobRunner(job, time, logger, board).RunAsync(stoppingToken);
}

/// <summary>Registers background jobs.</summary>
internal static class PeriodicJobs
{
    /// <summary>Adds a job that starts and stops with the program.</summary>
    public static IServiceCollection AddPeriodicJob(
        this IServiceCollection services, Func<IServiceProvider, PeriodicJob> create) =>
        // Not AddHostedService: that adds one service of a type, and all jobs have this one.
        services.AddSingleton<IHostedService>(provider => new PeriodicJobService(
            create(provider), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PeriodicJobRunner>>(), provider.GetRequiredService<JobBoard>()));
}
