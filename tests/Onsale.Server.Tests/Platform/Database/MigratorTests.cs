using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Startup;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database;

public sealed class MigratorTests
{
    private static readonly Migration s_first = Script(1, "create table first (id integer)");

    [Fact]
    public void Migrations_are_numbered_from_one_without_gaps()
    {
        var numbers = OnsaleApp.Migrations.All.Select(migration => migration.Number).ToList();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }

    [Fact]
    public async Task Migration_edited_after_it_was_applied_stops_the_start()
    {
        await using var database = await NewDatabaseAsync();
        await MigrateAsync(database, s_first);

        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => MigrateAsync(database, Script(1, "create table first (id bigint)")));

        refusal.Message.ShouldContain("0001_test was applied with other content");
    }

    [Fact]
    public async Task Database_of_a_newer_version_stops_the_start()
    {
        await using var database = await NewDatabaseAsync();
        await MigrateAsync(database, s_first, Script(2, "create table second (id integer)"));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => MigrateAsync(database, s_first));

        refusal.Message.ShouldContain("migrations this program does not know (2)");
    }

    [Theory]
    [InlineData("-- phase: expand", true)]
    [InlineData("-- no-transaction\n-- phase: expand", true)]
    [InlineData("-- phase: contract since 0001", true)]
    [InlineData("-- phase: contract since 0002", false)]
    [InlineData("-- A table.\n\n-- phase: expand", false)]
    public async Task Database_of_a_newer_version_is_worked_on_where_its_migrations_allow_it(string header, bool works)
    {
        await using var database = await NewDatabaseAsync();
        var log = new Lines();
        var later = Script(3, $"{header}\ncreate table third (id integer)");
        await MigrateAsync(database, s_first, Script(2, "-- phase: expand\ncreate table second (id integer)"), later);

        var start = () => MigrateAsync(database, log, s_first);

        if (works)
        {
            await start();
            log.ShouldHaveSingleItem().ShouldBe(
                "The database has migrations of a newer version (2, 3), which this one works with");
        }
        else
        {
            (await Assert.ThrowsAsync<StartupException>(start)).Message.ShouldContain("does not know (3)");
        }
    }

    [Fact]
    public async Task Program_that_does_not_fit_applies_nothing_of_its_own()
    {
        await using var database = await NewDatabaseAsync();
        await MigrateAsync(database, s_first, Script(3, "create table third (id integer)"));

        await Assert.ThrowsAsync<StartupException>(
            () => MigrateAsync(database, s_first, Script(2, "create table second (id integer)")));

        (await ScalarAsync(database, "select to_regclass('second') is null")).ShouldBe(true);
    }

    [Fact]
    public async Task Table_of_migrations_of_an_earlier_release_is_taken_over()
    {
        await using var database = await NewDatabaseAsync();
        await MigrateAsync(database, s_first);
        await ScalarAsync(database, "alter table schema_migrations drop column oldest_program");

        await MigrateAsync(database, s_first, Script(2, "-- phase: expand\ncreate table second (id integer)"));

        (await ScalarAsync(database, "select oldest_program from schema_migrations where number = 2")).ShouldBe(0);
        await MigrateAsync(database, s_first);
    }

    [Theory]
    [InlineData("-- phase: expand", 2)]
    [InlineData("-- phase: contract since 0001", 2)]
    [InlineData("-- phase: contract since 0003", 3)]
    [InlineData("-- phase: contract since 0004", 4)]
    [InlineData("-- A table.", 4)]
    public async Task Schema_says_which_programs_work_on_it(string header, int oldest)
    {
        await using var database = await NewDatabaseAsync();
        await using var connection = await database.OpenConnectionAsync();
        (await Migrator.FindSchemaAsync(connection, CancellationToken.None)).ShouldBeNull();
        await MigrateAsync(
            database, s_first, Script(2, "select 2"), Script(3, "-- phase: expand\nselect 3"),
            Script(4, $"{header}\nselect 4"));

        var schema = (await Migrator.FindSchemaAsync(connection, CancellationToken.None))!;

        (schema.Newest, schema.OldestProgram).ShouldBe((4, oldest));
        schema.Numbers.ShouldBe([1, 2, 3, 4]);
        // Of a release that did not write it down yet.
        await ScalarAsync(database, "alter table schema_migrations drop column oldest_program");
        (await Migrator.FindSchemaAsync(connection, CancellationToken.None))!.OldestProgram.ShouldBe(4);
    }

    [Theory]
    [InlineData("-- phase: expnd")]
    [InlineData("-- phase: contract")]
    [InlineData("-- phase: contract since 0003")]
    public void Phase_that_says_nothing_is_refused(string header) =>
        Should.Throw<InvalidDataException>(() => Script(2, header + "\nselect 1").OldestProgram);

    [Fact]
    public async Task Failed_migration_changes_nothing_and_the_lock_is_free_afterwards()
    {
        await using var database = await NewDatabaseAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => MigrateAsync(database, Script(1, "create table first (id integer); select no_such_function()")));

        refusal.Message.ShouldContain("failed and changed nothing");
        await MigrateAsync(database, s_first);
        (await ScalarAsync(database, "select count(*) from first")).ShouldBe(0L);
    }

    [Fact]
    public async Task Migration_longer_than_the_command_timeout_is_applied()
    {
        await using var database = await NewDatabaseAsync(commandTimeoutSeconds: 1);

        await MigrateAsync(database, Script(1, "select pg_sleep(2.5); create table first (id integer)"));

        (await ScalarAsync(database, "select count(*) from first")).ShouldBe(0L);
    }

    [Fact]
    public async Task Lock_held_longer_than_the_command_timeout_is_waited_for_and_logged()
    {
        await using var database = await NewDatabaseAsync(commandTimeoutSeconds: 1);
        await using var holder = await database.OpenConnectionAsync();
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({DatabaseLocks.Migrations})", holder))
            await take.ExecuteNonQueryAsync();
        var log = new Lines();

        // The holder works for longer than any command of the waiting node may take.
        var waiting = MigrateAsync(database, log, s_first);
        await using (var work = new NpgsqlCommand("select pg_sleep(2)", holder) { CommandTimeout = 0 })
            await work.ExecuteNonQueryAsync();
        waiting.IsCompleted.ShouldBeFalse();
        await using (var release = new NpgsqlCommand($"select pg_advisory_unlock({DatabaseLocks.Migrations})", holder))
            await release.ExecuteNonQueryAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        log.ShouldContain(line => line.StartsWith("Waiting for the database migrations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_that_refuses_a_transaction_is_applied_without_one()
    {
        await using var database = await NewDatabaseAsync();
        var index = Script(2, "-- no-transaction\ncreate index concurrently if not exists first_id on first (id)");

        await MigrateAsync(database, s_first, index);
        await MigrateAsync(database, s_first, index);

        (await ScalarAsync(database, "select count(*) from pg_indexes where indexname = 'first_id'")).ShouldBe(1L);
        (await ScalarAsync(database, "select count(*) from schema_migrations")).ShouldBe(2L);
    }

    [Fact]
    public void Advisory_locks_have_one_key_each()
    {
        long[] keys =
            [DatabaseLocks.Migrations, DatabaseLocks.FirstProtectionKey, DatabaseLocks.Demo, DatabaseLocks.Audit];

        keys.Distinct().Count().ShouldBe(keys.Length);
    }

    private static Migration Script(int number, string sql) =>
        new(number, $"{number:0000}_test", sql, Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sql))));

    private static Task MigrateAsync(NpgsqlDataSource database, params Migration[] scripts) =>
        MigrateAsync(database, new Lines(), scripts);

    private static Task MigrateAsync(NpgsqlDataSource database, ILogger<Migrator> log, params Migration[] scripts) =>
        new Migrator(new MigrationScripts(scripts), TimeProvider.System, log)
            .MigrateAsync(database, CancellationToken.None);

    /// <summary>Empty, in a database of its own.</summary>
    private static async Task<NpgsqlDataSource> NewDatabaseAsync(int commandTimeoutSeconds = 30)
    {
        var settings = new NpgsqlConnectionStringBuilder(await TestCluster.PrivateDatabaseAsync())
        {
            CommandTimeout = commandTimeoutSeconds,
        };
        await using (var whole = NpgsqlDataSource.Create(settings))
            await ScalarAsync(whole, "drop schema public cascade; create schema public");
        return NpgsqlDataSource.Create(settings);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync();
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger<Migrator>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Enqueue(formatter(state, exception));
    }
}
