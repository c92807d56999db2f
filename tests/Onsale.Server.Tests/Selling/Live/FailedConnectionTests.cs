using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onsale.Server.Selling.Live;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>Nobody waits for what a watcher does, so a defect there must make itself heard.</summary>
public sealed class FailedConnectionTests
{
    private readonly Notes _notes = new();
    private readonly FrameRing _ring = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task It_is_logged_counted_and_sent_away(bool isLate, bool failsToClose)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var drops = new MeterListener();
        var reasons = new ConcurrentQueue<string?>();
        drops.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "onsale.live.drops")
                listener.EnableMeasurementEvents(instrument);
        };
        drops.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Enqueue(tags[0].Value as string));
        drops.Start();
        var transport = new BrokenTransport(isLate, failsToClose);
        var watcher = new LiveConnection(
            null!, transport, _ring, new LiveMetrics(meters), since: null, TimeProvider.System, _notes);

        watcher.Begin(new LiveFrame(new byte[1], new byte[1]), _ring.Next);

        await watcher.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        reasons.ShouldBe(["Failed"]);
        transport.Closed.ShouldBe(WatchEnd.Failed);
        transport.IsAborted.ShouldBe(failsToClose);
        _notes.Errors.Count.ShouldBe(failsToClose ? 2 : 1);
        _notes.Errors.ShouldAllBe(exception => exception is NotSupportedException);
    }

    private sealed class BrokenTransport(bool isLate, bool failsToClose) : ILiveTransport
    {
        public WatchEnd? Closed { get; private set; }

        public bool IsAborted { get; private set; }

        public bool IsSilent => false;

        public async ValueTask SendAsync(LiveFrame frame)
        {
            if (isLate)
                await Task.Yield();
            throw new NotSupportedException("A defect.");
        }

        public ValueTask TendAsync() => ValueTask.CompletedTask;

        public ValueTask CloseAsync(WatchEnd end)
        {
            Closed = end;
            return failsToClose ? throw new NotSupportedException("Another defect.") : ValueTask.CompletedTask;
        }

        public void Abort() => IsAborted = true;
    }

    private sealed class Notes : ILogger
    {
        public ConcurrentQueue<Exception?> Errors { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Errors.Enqueue(exception);
    }
}
