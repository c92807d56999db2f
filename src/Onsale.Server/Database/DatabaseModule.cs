using Dapper;

namespace Onsale.Server.Database;

internal static class DatabaseModule
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        builder.Services.AddSingleton<DatabaseServer>();
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseServer>());
        builder.Services.AddSingleton(services => services.GetRequiredService<DatabaseServer>().DataSource);
    }
}
