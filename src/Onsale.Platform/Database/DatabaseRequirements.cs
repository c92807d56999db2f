using Dapper;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>What a given database must be before this program uses it, checked before the first migration.</summary>
internal static class DatabaseRequirements
{
    private const string Encoding = "UTF8";

    /// <exception cref="StartupException">It cannot serve; the message says what to do.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < DatabaseLimits.MinPostgresVersion)
        {
            throw new StartupException(
                $"The server given by ConnectionStrings:Postgres is PostgreSQL {connection.ServerVersion}; "
                + $"Onsale needs {DatabaseLimits.MinPostgresVersion} or later.");
        }

        var encoding = await connection.ExecuteScalarAsync<string>("show server_encoding");
        if (encoding != Encoding)
        {
            // Names and search need all of Unicode, and PostgreSQL's normalize() works in no other encoding.
            throw new StartupException(
                $"The database '{connection.Database}' given by ConnectionStrings:Postgres has the encoding "
                + $"{encoding}; Onsale needs {Encoding}. Make one with: "
                + $"createdb --encoding={Encoding} --template=template0 NAME");
        }
    }
}
