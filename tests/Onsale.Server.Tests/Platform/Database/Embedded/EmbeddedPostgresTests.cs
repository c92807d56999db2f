using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Startup;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database.Embedded;

public sealed class EmbeddedPostgresTests
{
    private readonly string _directory = Janitor.CreateDirectory("onsale-cluster-");

    [Fact]
    public async Task A_second_start_finds_the_data_of_the_first()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "create table kept as select 42 as value");

        await using var second = await StartAsync();

        (await ScalarAsync(second, "select value from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_stop_leaves_no_process_and_no_lock()
    {
        await using var postgres = await StartAsync();
        ServerProcess.ProcessesOn(_directory).ShouldNotBeEmpty();

        await postgres.StopAsync();

        ServerProcess.ProcessesOn(_directory).ShouldBeEmpty();
        await using var again = await StartAsync();
        again.ProcessId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_data_directory_belongs_to_one_program_at_a_time()
    {
        await using var first = await StartAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);

        refusal.Message.ShouldContain($"Another Onsale is running on the data directory {_directory}");
        (await ScalarAsync(first, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_killed_postmaster_is_started_again_with_everything_committed()
    {
        await using var postgres = await StartAsync();
        await ExecuteAsync(postgres, "create table kept as select 42 as value");
        var killed = postgres.ProcessId;

        await ServerProcess.SignalAsync("KILL", killed.ToString()!);

        await Eventually.ShouldBeAsync(() => ScalarAsync(postgres, "select value from kept"), 42);
        postgres.ProcessId.ShouldNotBe(killed);
    }

    /// <summary>By default PostgreSQL logs the values of a refused row beside the error: an e-mail address.</summary>
    [Fact]
    public async Task Log_of_errors_has_neither_values_nor_statements()
    {
        await using var postgres = await StartAsync();
        await ExecuteAsync(postgres, "create table people (email_key text unique)");
        await ExecuteAsync(postgres, "insert into people values ('ada@example.org')");

        await Assert.ThrowsAsync<PostgresException>(
            () => ExecuteAsync(postgres, "insert into people values ('ada@example.org')"));

        await Eventually.ShouldPassAsync(async () =>
        {
            var files = Directory.GetFiles(_directory, "postgresql-*.log", SearchOption.AllDirectories);
            var log = string.Concat(await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file))));
            log.ShouldContain("duplicate key value violates unique constraint");
            log.ShouldNotContain("ada@example.org");
        });
    }

    [Fact]
    public async Task A_directory_too_long_for_a_socket_path_works()
    {
        var deep = Path.Combine(_directory, new string('x', 120));
        await using var postgres = await EmbeddedPostgres.StartAsync(
            deep, [], TimeProvider.System, NullLogger.Instance);
        var sockets = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;

        (await ScalarAsync(postgres, "select 1")).ShouldBe(1);
        await postgres.StopAsync();

        Directory.Exists(sockets).ShouldBeFalse();
    }

    [Fact]
    public async Task The_number_of_a_dead_postmaster_may_belong_to_another_process_now()
    {
        await using (await StartAsync())
        {
        }

        // What a restarted container finds: the pid file of a killed postmaster, and a stranger with its number.
        using var stranger = Process.GetCurrentProcess();
        var pidFile = PostmasterFile.PathIn(Path.Combine(_directory, "postgres"));
        await File.WriteAllTextAsync(
            pidFile, $"{stranger.Id}\n{_directory}/postgres\n1700000000\n5432\n{_directory}/postgres\n\n0 0\nready\n");

        await using var postgres = await StartAsync();

        (await ScalarAsync(postgres, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task An_operators_own_settings_win()
    {
        Directory.CreateDirectory(_directory);
        await File.WriteAllTextAsync(Path.Combine(_directory, PostgresSettings.CustomFileName), "work_mem = '9MB'\n");

        await using var postgres = await StartAsync();

        (await ScalarAsync(postgres, "select current_setting('work_mem')")).ShouldBe("9MB");
        (await ScalarAsync(postgres, "select current_setting('fsync')")).ShouldBe("on");
    }

    [Fact]
    public async Task A_setting_that_PostgreSQL_refuses_is_named()
    {
        Directory.CreateDirectory(_directory);
        await File.WriteAllTextAsync(Path.Combine(_directory, PostgresSettings.CustomFileName), "wrok_mem = '9MB'\n");

        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);

        refusal.Message.ShouldContain("PostgreSQL could not be started");
        refusal.Message.ShouldContain("wrok_mem");
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_refused_and_untouched()
    {
        var cluster = Path.Combine(_directory, "postgres");
        Directory.CreateDirectory(cluster);
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "12\n");

        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);

        refusal.Message.ShouldContain("holds a cluster of PostgreSQL 12");
        Directory.GetFileSystemEntries(cluster).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        Directory.CreateDirectory(_directory);
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => EmbeddedPostgres.StartAsync(
            Path.Combine(file, "data"), [], TimeProvider.System, NullLogger.Instance));

        refusal.Message.ShouldContain($"{file}/data cannot be written");
    }

    [RootFact]
    public async Task A_full_disk_is_called_a_full_disk()
    {
        Directory.CreateDirectory(_directory);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", _directory);
        try
        {
            var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);

            refusal.Message.ShouldContain($"The disk that holds {_directory}/postgres is full");
            Directory.Exists(Path.Combine(_directory, "postgres")).ShouldBeFalse();
        }
        finally
        {
            await UnmountAsync(_directory);
        }
    }

    [RootFact]
    public async Task A_disk_that_filled_up_since_keeps_its_data()
    {
        Directory.CreateDirectory(_directory);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", _directory);
        try
        {
            await using (var first = await StartAsync())
                await ExecuteAsync(first, "create table kept as select 42 as value");
            var ballast = Path.Combine(_directory, "ballast");
            await RunAsync("sh", "-c", $"cat /dev/zero > {ballast} 2>/dev/null || true");

            var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);
            File.Delete(ballast);
            await using var second = await StartAsync();

            refusal.Message.ShouldContain("is full");
            (await ScalarAsync(second, "select value from kept")).ShouldBe(42);
        }
        finally
        {
            await UnmountAsync(_directory);
        }
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(_directory, [], TimeProvider.System, NullLogger.Instance);

    /// <summary>Tried again for a while: the kernel may hold the last file of a process that has just ended.</summary>
    private static Task UnmountAsync(string directory) => Eventually.ShouldBeTrueAsync(
        async () => await ExitCodeAsync("umount", directory) == 0, $"{directory} can be unmounted");

    private static async Task RunAsync(string program, params string[] arguments) =>
        (await ExitCodeAsync(program, arguments)).ShouldBe(0, $"{program} {string.Join(' ', arguments)}");

    private static async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task ExecuteAsync(EmbeddedPostgres postgres, string sql) => await ScalarAsync(postgres, sql);

    private static async Task<object?> ScalarAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
