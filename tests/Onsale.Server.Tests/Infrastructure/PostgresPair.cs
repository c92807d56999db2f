using System.Globalization;
using Npgsql;
using Onsale.Platform.Database.Embedded;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A primary and a standby: Debian's PostgreSQL 15 and its streaming replication, with nothing that watches over them.
/// </summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string StandbyName = "standby";

    private readonly string _directory = Janitor.CreateDirectory("onsale-pair-");
    private readonly PostgresAccount _account = PostgresAccount.Current();
    private readonly int _primaryPort = Ports.Free();
    private readonly int _standbyPort = Ports.Free();

    private PostgresPair()
    {
    }

    /// <summary>As for a node of the program: whichever of the two takes changes.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Connect(_primaryPort, "onsale"))
    {
        Host = $"127.0.0.1:{_primaryPort},127.0.0.1:{_standbyPort}",
        TargetSessionAttributes = "primary",
        HostRecheckSeconds = 1,
        Timeout = 3,
    }.ConnectionString;

    private string Primary => Path.Combine(_directory, "primary");

    private string Standby => Path.Combine(_directory, "standby");

    /// <summary>Starts both.</summary>
    /// <param name="synchronous">Whether a commit is answered only when the standby has it on its disk.</param>
    public static async Task<PostgresPair> StartAsync(bool synchronous)
    {
        File.Exists(Path.Combine(Programs, "initdb")).ShouldBeTrue(
            "This test needs PostgreSQL 15: apt-get install postgresql-15");
        var pair = new PostgresPair();
        Directory.CreateDirectory(pair._directory);
        await pair._account.OwnAsync(pair._directory);
        await pair.RunAsync("initdb", "-D", pair.Primary, "-U", "onsale", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync");
        await pair.StartAsync(pair.Primary, pair._primaryPort);
        await ExecuteAsync(pair._primaryPort, "create database onsale");
        await pair.FollowAsync(synchronous);
        return pair;
    }

    /// <summary>The primary's machine is gone: its postmaster and everything that it had started, at once.</summary>
    public async Task KillPrimaryAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Primary, "postmaster.pid")))[0];
        var killed = await new PostgresAccount((string?)null).RunAsync(
            "/bin/sh", ["-c", "kill -9 \"$1\" $(pgrep -P \"$1\")", "sh", postmaster], "/");
        killed.ExitCode.ShouldBe(0, killed.Error);
    }

    /// <summary>The standby's machine is gone for a while.</summary>
    public Task StopStandbyAsync() => RunAsync("pg_ctl", "stop", "-D", Standby, "-m", "immediate", "-w", "-s");

    /// <summary>It is back.</summary>
    public Task StartStandbyAsync() => StartAsync(Standby, _standbyPort);

    /// <summary>What a manager of the cluster does when it takes the primary for dead.</summary>
    public Task PromoteStandbyAsync() => RunAsync("pg_ctl", "promote", "-D", Standby, "-w", "-s");

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in new[] { Primary, Standby })
        {
            if (PostmasterFile.Read(cluster) is { IsAlive: true })
                await RunAsync("pg_ctl", "stop", "-D", cluster, "-m", "immediate", "-w", "-s");
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task FollowAsync(bool synchronous)
    {
        await RunAsync("pg_basebackup", "-D", Standby, "-d", $"{Keywords(_primaryPort)} application_name={StandbyName}",
            "-X", "stream", "-c", "fast", "-R", "--no-sync");
        await StartAsync(Standby, _standbyPort);
        if (synchronous)
        {
            await ExecuteAsync(_primaryPort, $"alter system set synchronous_standby_names = '{StandbyName}'");
            await ExecuteAsync(_primaryPort, "select pg_reload_conf()");
        }

        await using var primary = NpgsqlDataSource.Create(Connect(_primaryPort, "postgres"));
        await Eventually.ShouldPassAsync(async () =>
            (await primary.QueryAsync<string>("select sync_state from pg_stat_replication"))
                .ShouldBe([synchronous ? "sync" : "async"]));
    }

    private Task StartAsync(string cluster, int port) => RunAsync(
        "pg_ctl", "start", "-D", cluster, "-l", Path.Combine(_directory, Path.GetFileName(cluster) + ".log"), "-w",
        "-s", "-o", string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"));

    private async Task RunAsync(string program, params string[] arguments)
    {
        var run = await _account.RunAsync(Path.Combine(Programs, program), arguments, _directory);
        run.Succeeded.ShouldBeTrue($"{program}: {run.Error}");
    }

    private static async Task ExecuteAsync(int port, string sql)
    {
        await using var connection = new NpgsqlConnection(Connect(port, "postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Connect(int port, string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Username=onsale;Database={database};Pooling={database == "onsale"}");

    private static string Keywords(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={port} user=onsale");
}
