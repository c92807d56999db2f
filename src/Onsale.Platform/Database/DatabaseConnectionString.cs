using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>An operator's connection string, with this program's limits where it leaves them open.</summary>
internal static class DatabaseConnectionString
{
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static string WithDefaults(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            SetDefault(builder, "Application Name", "onsale");
            SetDefault(builder, "Maximum Pool Size", DatabaseLimits.MaxPoolConnections);
            SetDefault(builder, "Timeout", DatabaseLimits.ConnectTimeoutSeconds);
            SetDefault(builder, "Command Timeout", DatabaseLimits.CommandTimeoutSeconds);
            return builder.ConnectionString;
        }
        catch (ArgumentException exception)
        {
            throw new StartupException(
                $"ConnectionStrings:Postgres cannot be read: {exception.Message.TrimEnd('.')}. "
                + "It looks like Host=localhost;Database=onsale;Username=onsale;Password=….", exception);
        }
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        if (!builder.ShouldSerialize(keyword))
            builder[keyword] = value;
    }
}
