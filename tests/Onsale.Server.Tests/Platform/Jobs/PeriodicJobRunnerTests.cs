using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Onsale.Platform.Jobs;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Jobs;

public sealed class PeriodicJobRunnerTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lines _log = new();
    private readonly string _name = $"test-{House.NewId()}";
    private int _rounds;

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task Round_that_throws_is_logged_counted_and_repeated()
    {
        using var failures = new FailureCount(_name);
        var run = RunAsync(() => _rounds <= 3 ? throw new InvalidOperationException("a defect") : Task.CompletedTask);

        await Eventually.ShouldBeTrueAsync(() => _rounds >= 6, "rounds go on after failures");
        await StopAsync(run);

        failures.Value.ShouldBe(3);
        _log.Count(line => line.Contains($"ALARM: background job {_name} failed", StringComparison.Ordinal)).ShouldBe(3);
        _log.ShouldContain(line => line.Contains("succeeded again after 3 failures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hand_written_loop_without_the_runner_ends_at_the_first_exception()
    {
        // The control: what the runner is for.
        var run = Task.Run(async () =>
        {
            while (!_stopping.IsCancellationRequested)
            {
                _rounds++;
                await Task.Yield();
                if (_rounds == 2)
                    throw new InvalidOperationException("a defect");
            }
        });

        await Should.ThrowAsync<InvalidOperationException>(run);
        _rounds.ShouldBe(2);
    }

    [Fact]
    public async Task Database_that_is_unavailable_is_no_alarm()
    {
        var run = RunAsync(() => _rounds == 1
            ? throw new NpgsqlException("cannot connect", new TimeoutException())
            : Task.CompletedTask);

        await Eventually.ShouldBeTrueAsync(() => _rounds >= 2, "the next round follows");
        await StopAsync(run);

        _log.ShouldContain(line => line.Contains("could not reach the database", StringComparison.Ordinal));
        _log.ShouldNotContain(line => line.Contains("ALARM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelled_work_of_a_round_that_is_not_the_stop_counts_as_a_failure()
    {
        var run = RunAsync(() => _rounds == 1 ? throw new OperationCanceledException() : Task.CompletedTask);

        await Eventually.ShouldBeTrueAsync(() => _rounds >= 2, "the next round follows");
        await StopAsync(run);

        _log.ShouldContain(line => line.Contains("ALARM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_interrupts_a_round_and_ends_the_loop_without_a_failure()
    {
        var run = RunAsync(() => Task.Delay(Timeout.Infinite, _stopping.Token));
        await Eventually.ShouldBeTrueAsync(() => _rounds == 1, "a round runs");

        await StopAsync(run);

        _log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_background_job_of_the_program_is_run_by_it()
    {
        await using var node = await OnsaleNode.StartAsync();

        var jobs = node.Services.GetServices<IHostedService>().OfType<PeriodicJobService>().Select(job => job.Name);

        jobs.ShouldBe(
            [
                "accounts-cleanup", "ended-guests", "ended-sessions", "due-holds", "due-events", "audit", "ended-leases",
                "abandoned-payments", "kept-payments", "reconciliation", "cancelled-events", "guest-transfers",
                "live-viewers", "waiting-rooms",
                "waiting-room-leader", "waiting-room-loads", "waiting-room-cleanup", "send-mails", "measure-mails",
                "delete-old-mails", "expired-account-links", "outbox", "outbox-sweep", "event-views", "invoices",
                "invoices-sweep", "used-work", "later-holds", "pictures",
                "read-only", "limit-overrides", "rehearsals", "sale-reminders", "watch-database", "report-node",
                "watch-dependencies",
            ],
            ignoreOrder: true);
    }

    private Task RunAsync(Func<Task> round)
    {
        var job = new PeriodicJob(_name, TimeSpan.FromMilliseconds(1), _ =>
        {
            _rounds++;
            return round();
        }, RunsAtStart: true);
        return new PeriodicJobRunner(job, TimeProvider.System, _log).RunAsync(_stopping.Token);
    }

    private async Task StopAsync(Task run)
    {
        await _stopping.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class FailureCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        public FailureCount(string job)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == JobMetrics.FailureCounter)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                if (tags.Length > 0 && Equals(tags[0].Value, job))
                    Interlocked.Add(ref _value, value);
            });
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Enqueue(formatter(state, exception));
    }
}
