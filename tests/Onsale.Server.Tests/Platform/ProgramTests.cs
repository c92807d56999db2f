using System.Diagnostics;
using System.Net;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Platform;

/// <summary>The program as its operator meets it: a process that is started, stopped and killed.</summary>
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

    [LongFact]
    public async Task Ctrl_C_for_the_whole_process_group_ends_it_in_order()
    {
        await using var server = await ServerProcess.StartAsync(_options);

        (await server.InterruptAsync()).ShouldBe(0, server.Output);

        server.Processes().ShouldBeEmpty();
        // Had the signal reached the database, its supervisor would have found it gone.
        server.Output.ShouldContain("PostgreSQL stopped");
        server.Output.ShouldNotContain("ended unexpectedly");
    }

    [LongTheory]
    [LongInlineData("postgres.new")]
    [LongInlineData("postgres")]
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

    [LongFact]
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
}
