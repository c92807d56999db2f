using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Npgsql;
using Onsale.Platform.Database.Embedded;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// Two PostgreSQL 15 under Patroni with one etcd, as <c>deploy/patroni/patroni.yml</c> has it: synchronous, and managed
/// by nobody else.
/// </summary>
internal sealed class PatroniCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _directory = Janitor.CreateDirectory("onsale-patroni-");
    private readonly PostgresAccount _account = PostgresAccount.Current();
    private readonly string _etcd = $"127.0.0.1:{Ports.Free()}";
    private readonly List<Process> _processes = [];
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };

    private PatroniCluster()
    {
        First = new Member("first", Ports.Free(), Ports.Free());
        Second = new Member("second", Ports.Free(), Ports.Free());
    }

    /// <summary>One of the two.</summary>
    /// <param name="Name">As Patroni knows it.</param>
    /// <param name="Port">PostgreSQL's.</param>
    /// <param name="ApiPort">Patroni's.</param>
    internal sealed record Member(string Name, int Port, int ApiPort);

    public Member First { get; }

    public Member Second { get; }

    /// <summary>As for a node of the program: whichever of the two takes changes.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1:{First.Port},127.0.0.1:{Second.Port};Username=onsale;Password=onsale;Database=onsale;"
        + "Target Session Attributes=primary;Host Recheck Seconds=1;Timeout=3";

    public static async Task<PatroniCluster> StartAsync()
    {
        var cluster = new PatroniCluster();
        Directory.CreateDirectory(cluster._directory);
        await cluster._account.OwnAsync(cluster._directory);
        var peer = $"http://127.0.0.1:{Ports.Free()}";
        cluster.Start("etcd", "--name", "etcd", "--data-dir", Path.Combine(cluster._directory, "etcd"),
            "--listen-client-urls", $"http://{cluster._etcd}", "--advertise-client-urls", $"http://{cluster._etcd}",
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"etcd={peer}");
        await cluster.StartAsync(cluster.First);
        await cluster.AwaitRoleAsync(cluster.First, "leader");
        await using (var first = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={cluster.First.Port};Username=onsale;Password=onsale;Database=postgres"))
        {
            await first.ExecuteAsync("create database onsale");
        }

        await cluster.StartAsync(cluster.Second);
        await cluster.AwaitRoleAsync(cluster.Second, "sync_standby");
        return cluster;
    }

    /// <summary>Starts Patroni of a member, which starts its PostgreSQL or makes it.</summary>
    private async Task StartAsync(Member member)
    {
        var file = Path.Combine(_directory, $"{member.Name}.yml");
        var text = await File.ReadAllTextAsync(
            Path.Combine(Operate.Monitoring.MonitoringFiles.Root, "deploy", "patroni", "patroni.yml"));
        await File.WriteAllTextAsync(file, text
            .Replace("name: db1", $"name: {member.Name}", StringComparison.Ordinal)
            .Replace("10.0.0.31:8008", $"127.0.0.1:{member.ApiPort}", StringComparison.Ordinal)
            .Replace("10.0.0.31:5432", $"127.0.0.1:{member.Port}", StringComparison.Ordinal)
            .Replace("10.0.0.21:2379,10.0.0.22:2379,10.0.0.23:2379", _etcd, StringComparison.Ordinal)
            .Replace("10.0.0.0/24", "127.0.0.1/32", StringComparison.Ordinal)
            .Replace("/var/lib/postgresql/15/onsale", Path.Combine(_directory, member.Name), StringComparison.Ordinal)
            .Replace("/var/run/postgresql", _directory, StringComparison.Ordinal)
            .Replace("CHANGE-ME", "onsale", StringComparison.Ordinal));
        Start("patroni", file);
    }

    /// <summary>
    /// A member's machine is gone: Patroni, PostgreSQL and everything that they had started, at once.
    /// </summary>
    public async Task KillAsync(Member member)
    {
        var patroni = _processes.Single(process =>
            process.StartInfo.ArgumentList[^1].EndsWith($"/{member.Name}.yml", StringComparison.Ordinal));
        _processes.Remove(patroni);
        var pidFile = Path.Combine(_directory, member.Name, "postmaster.pid");
        var postmaster = (await File.ReadAllLinesAsync(pidFile))[0];
        var killed = await new PostgresAccount((string?)null).RunAsync(
            "/bin/sh", ["-c", "kill -9 \"$1\" $(pgrep -P \"$1\") \"$2\" $(pgrep -P \"$2\")", "sh",
                patroni.Id.ToString(), postmaster], "/");
        killed.ExitCode.ShouldBe(0, killed.Error);
        patroni.Dispose();
    }

    /// <summary>Until Patroni says of a member that it has a role and streams from the leader, or is it.</summary>
    public Task AwaitRoleAsync(Member member, string role) => Eventually.ShouldPassAsync(
        async () =>
        {
            using var answer = await _client.GetAsync($"http://127.0.0.1:{member.ApiPort}/cluster");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var cluster = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var found = cluster.RootElement.GetProperty("members").EnumerateArray()
                .Single(one => one.GetProperty("name").GetString() == member.Name);
            found.GetProperty("role").GetString().ShouldBe(role, found.ToString());
            found.GetProperty("state").GetString().ShouldBeOneOf("running", "streaming");
        },
        Patience);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        foreach (var member in new[] { First, Second })
        {
            if (PostmasterFile.Read(Path.Combine(_directory, member.Name)) is { IsAlive: true } postmaster)
                Process.GetProcessById(postmaster.ProcessId).Kill();
        }

        _client.Dispose();
    }

    /// <summary>
    /// What it prints goes to a file: PostgreSQL inherits it from Patroni, and a pipe would stay open with that.
    /// </summary>
    private void Start(string program, params string[] arguments)
    {
        var log = Path.Combine(_directory, program + ".log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, program, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = _directory,
        };
        if (_account.UserName is not null)
            start.UserName = _account.UserName;
        _processes.Add(Process.Start(start)!);
    }
}
