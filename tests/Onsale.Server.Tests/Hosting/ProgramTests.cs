using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Onsale.Server.Hosting;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Hosting;

/// <summary>
/// The program as its operator meets it: a process that is started, stopped, killed and misconfigured.
/// </summary>
public sealed class ProgramTests(ITestOutputHelper output)
{
    private readonly ServerOptions _options = new(ServerProcess.CreateDataDirectory());

    [Fact]
    public async Task It_is_ready_soon_on_existing_data_and_ends_on_SIGTERM_with_everything_it_started()
    {
        await using (var first = await ServerProcess.StartAsync(_options))
            (await first.TerminateAsync()).ShouldBe(0, first.Output);
        var started = Stopwatch.GetTimestamp();

        await using var second = await ServerProcess.StartAsync(_options);

        var ready = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"Ready on existing data after {ready.TotalSeconds:0.00} s");
        ready.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        second.Processes().Count.ShouldBeGreaterThan(1);
        (await second.TerminateAsync()).ShouldBe(0, second.Output);
        second.Processes().ShouldBeEmpty();
        second.Output.ShouldContain("PostgreSQL stopped");
    }

    [Fact]
    public async Task Ctrl_C_for_the_whole_process_group_ends_it_in_order()
    {
        await using var server = await ServerProcess.StartAsync(_options);

        (await server.InterruptAsync()).ShouldBe(0, server.Output);

        server.Processes().ShouldBeEmpty();
        // Had the signal reached the database, its supervisor would have found it gone.
        server.Output.ShouldContain("PostgreSQL stopped");
        server.Output.ShouldNotContain("ended unexpectedly");
    }

    [Theory]
    [InlineData("postgres.new")]
    [InlineData("postgres")]
    [InlineData("postgres/postmaster.pid")]
    public async Task A_stop_in_the_middle_of_a_first_start_leaves_nothing_running_and_nothing_broken(string moment)
    {
        await using var stopped = ServerProcess.Launch(_options);
        var sign = Path.Combine(_options.DataDirectory, moment);
        await Eventually.ShouldBeTrueAsync(() => Path.Exists(sign), $"{moment} appears");

        var exitCode = await stopped.InterruptAsync();

        exitCode.ShouldBe(0, stopped.Output);
        stopped.Processes().ShouldBeEmpty();
        await using var next = await ServerProcess.StartAsync(_options);
        next.Processes().Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task After_kill_9_the_next_start_adopts_the_database_that_went_on_running()
    {
        await using var killed = await ServerProcess.StartAsync(_options);
        await killed.KillAsync();
        var orphans = killed.Processes();
        orphans.ShouldNotBeEmpty();

        await using var next = await ServerProcess.StartAsync(_options);

        next.Output.ShouldContain("Adopted PostgreSQL process");
        next.Processes().ShouldContain(orphans[0]);
        (await next.TerminateAsync()).ShouldBe(0, next.Output);
        next.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_kill_9_of_both_the_next_start_recovers()
    {
        await using var killed = await ServerProcess.StartAsync(_options);
        await killed.KillAsync();
        foreach (var orphan in killed.Processes())
            await ServerProcess.SignalAsync("KILL", orphan.ToString());

        await using var next = await ServerProcess.StartAsync(_options);

        next.Output.ShouldNotContain("Adopted");
        using var answer = await next.Client.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_second_program_on_the_same_data_directory_says_so_and_exits()
    {
        await using var first = await ServerProcess.StartAsync(_options);

        await using var second = ServerProcess.Launch(_options);

        await ShouldRefuseAsync(second, $"Another Onsale is running on the data directory {_options.DataDirectory}");
        using var answer = await first.Client.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_nothing_is_left_running()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var server = ServerProcess.Launch(_options with { Port = port });

        await ShouldRefuseAsync(server, $"http://127.0.0.1:{port}: address already in use");
        server.Processes().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Onsale:DataDirectry", "/tmp/elsewhere", "there is no setting Onsale:DataDirectry")]
    [InlineData("Onsale:RateLimits:Bookin:PermitLimit", "3", "there is no setting 'Bookin'")]
    [InlineData("Onsale:RateLimits:Booking:PermitLimit", "x", "'x' at 'Onsale:RateLimits:Booking:PermitLimit'")]
    [InlineData("Onsale:Live:MaxConnections", "many", "'many' at 'Onsale:Live:MaxConnections'")]
    [InlineData("Onsale:AuditMinutes", "often", "'often' at 'Onsale:AuditMinutes'")]
    [InlineData("Onsale:KeyEncryptionKey", "short", "Onsale:KeyEncryptionKey must be 32 random bytes")]
    [InlineData("Logging:LogLevel:Default", "Loud", "'Loud' is not supported")]
    [InlineData("ConnectionStrings:Postgres", "postgres://me@here/onsale", "It looks like Host=localhost;")]
    public async Task A_setting_that_cannot_be_is_named_in_a_sentence(string setting, string value, string sentence)
    {
        await using var server = ServerProcess.Launch(_options with { Settings = Settings((setting, value)) });

        await ShouldRefuseAsync(server, sentence);
        server.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unreachable_PostgreSQL_is_named()
    {
        await using var server = ServerProcess.Launch(_options with
        {
            Settings = Settings(("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Username=nobody;Database=onsale")),
        });

        await ShouldRefuseAsync(
            server, "PostgreSQL at 127.0.0.1:1, database 'onsale', cannot be used: Connection refused");
    }

    [Fact]
    public void A_database_that_goes_away_during_the_start_is_told_in_a_sentence() =>
        ProgramRun.Explain(new Npgsql.NpgsqlException("Exception while reading from stream", new EndOfStreamException()))
            .ShouldBe("the database went away meanwhile (Exception while reading from stream). Start again when it answers.");

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var dataSource = Npgsql.NpgsqlDataSource.Create(database))
        await using (var command = dataSource.CreateCommand(
            "insert into schema_migrations (number, name, checksum) values (9999, '9999_later', '')"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var server = ServerProcess.Launch(
            _options with { Settings = Settings(("ConnectionStrings:Postgres", database)) });

        await ShouldRefuseAsync(server, "it was migrated by a newer version of Onsale");
    }

    [RootFact]
    public async Task It_runs_as_an_ordinary_user_too()
    {
        Directory.CreateDirectory(_options.DataDirectory);
        using (var chown = Process.Start("chown", ["nobody", _options.DataDirectory]))
            await chown.WaitForExitAsync();

        await using var server = await ServerProcess.StartAsync(_options with { UserName = "nobody" });

        File.Exists(Path.Combine(_options.DataDirectory, "postgres", "PG_VERSION")).ShouldBeTrue();
        (await server.TerminateAsync()).ShouldBe(0, server.Output);
        server.Processes().ShouldBeEmpty();
    }

    [RootFact]
    public async Task A_data_directory_that_it_may_not_write_is_named()
    {
        Directory.CreateDirectory(_options.DataDirectory);

        await using var server = ServerProcess.Launch(_options with { UserName = "nobody" });

        await ShouldRefuseAsync(server, $"The data directory {_options.DataDirectory} cannot be written");
    }

    /// <summary>One sentence, exit code 1, no stack trace.</summary>
    private static async Task ShouldRefuseAsync(ServerProcess server, string sentence)
    {
        (await server.ExitAsync()).ShouldBe(1, server.Output);
        server.Output.ShouldContain("Onsale cannot start: ");
        server.Output.ShouldContain(sentence);
        server.Output.ShouldNotContain("   at ");
    }

    private static Dictionary<string, string> Settings(params IEnumerable<(string Key, string Value)> settings) =>
        settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
}
