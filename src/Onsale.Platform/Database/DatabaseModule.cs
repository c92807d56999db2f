using Dapper;

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
    }
}
