using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Platform.Database;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A release after this one, as far as its schema goes: it has added whatever a migration of the phase <c>expand</c>
/// may add, to every table. For it the program under test is the previous release.
/// </summary>
internal static class LaterSchema
{
    /// <summary>This release's migrations and the later ones, for the tables of a database.</summary>
    public static async Task<MigrationScripts> ForAsync(NpgsqlDataSource database)
    {
        var tables = await database.QueryAsync<string>("""
            select table_name::text from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations'
            order by 1
            """);
        var all = OnsaleApp.Migrations.All.ToList();
        // Each in a transaction of its own: no lock of one table waits for another's.
        foreach (var table in tables)
        {
            Add(all, $"""
                alter table {table} add column later_amount integer;
                alter table {table} add column later_note text not null default 'none';
                alter table {table} add column later_at timestamptz not null default now();
                create index {table}_later on {table} (later_amount);
                """);
        }

        Add(all, """
            create table later (
                event_id uuid not null references events (id),
                number   bigint not null,
                primary key (event_id, number)
            );
            create view later_bookings as select * from bookings;
            """);
        return new MigrationScripts(all);
    }

    /// <summary>What a node of the later release does when it starts.</summary>
    public static async Task ApplyAsync(NpgsqlDataSource database) =>
        await new Migrator(await ForAsync(database), TimeProvider.System, NullLogger<Migrator>.Instance)
            .MigrateAsync(database, CancellationToken.None);

    private static void Add(List<Migration> all, string additions)
    {
        var number = all[^1].Number + 1;
        var sql = "-- phase: expand\n" + additions;
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        all.Add(new Migration(number, $"{number:0000}_later", sql, checksum));
    }
}
