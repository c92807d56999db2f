using Dapper;
using Onsale.Platform.Jobs;

namespace Onsale.Platform.Database;

internal static class DatabaseModule
{
    public static void AddDatabase(this WebApplicationBuilder builder, MigrationScripts migrations)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        builder.Services.AddSingleton<DatabaseServer>();
        builder.Services.AddSingleton(migrations);
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseServer>());
        builder.Services.AddSingleton(services => services.GetRequiredService<DatabaseServer>().DataSource);
        builder.Services.AddSingleton<DatabaseWatch>();
        builder.Services.AddPeriodicJob(services => new PeriodicJob(
            "watch-database", TimeSpan.FromSeconds(DatabaseLimits.WatchSeconds),
            services.GetRequiredService<DatabaseWatch>().LookAsync, RunsAtStart: true));
    }
}
