using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Server.Selling.Live;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>What a reader that takes nothing costs while it does.</summary>
public sealed class SlowConnectionTests
{
    private const int FrameBytes = 64 * 1024;

    // Those of the ring, and the one that it is being sent.
    private const int MaxFramesAlive = LiveLimits.MaxFramesBehind + 1;

    [Fact]
    public async Task It_keeps_one_message_and_the_feeds_last_ones_however_many_come_and_is_sent_away()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var (ring, transport) = (new FrameRing(), new StuckTransport());
        var watcher = new LiveConnection(
            null!, transport, ring, new LiveMetrics(services.GetRequiredService<IMeterFactory>()), since: null,
            TimeProvider.System, NullLogger.Instance);
        watcher.Begin(Frame(), ring.Next);

        var frames = Send(LiveLimits.MaxFramesBehind - 1);
        transport.Sends.ShouldBe(1);
        AliveBytes().ShouldBeLessThanOrEqualTo(MaxFramesAlive * FrameBytes);
        watcher.Ended.IsCompleted.ShouldBeFalse();

        frames.AddRange(Send(1_000));
        transport.Sends.ShouldBe(1);
        AliveBytes().ShouldBeLessThanOrEqualTo(MaxFramesAlive * FrameBytes);
        AliveBytes().ShouldBeGreaterThan(0, "it is messages that are counted");
        // It lets even the close wait, so its connection is cut.
        await watcher.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        transport.IsAborted.ShouldBeTrue();
        transport.Sends.ShouldBe(1);

        // A frame of its own: nothing here may keep a message alive.
        [MethodImpl(MethodImplOptions.NoInlining)]
        List<WeakReference> Send(int count)
        {
            var sent = new List<WeakReference>(count);
            for (var i = 0; i < count; i++)
            {
                var frame = Frame();
                sent.Add(new WeakReference(frame));
                ring.Add(frame);
                watcher.Kick();
            }

            return sent;
        }

        int AliveBytes()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return frames.Count(frame => frame.IsAlive) * FrameBytes;
        }
    }

    private static LiveFrame Frame() => new(new byte[FrameBytes], ReadOnlyMemory<byte>.Empty);

    /// <summary>A connection whose peer has stopped reading: takes the first message and never has it away.</summary>
    private sealed class StuckTransport : ILiveTransport
    {
        private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Sends { get; private set; }

        public bool IsAborted => _cut.Task.IsCompleted;

        public bool IsSilent => false;

        public async ValueTask SendAsync(LiveFrame frame)
        {
            Sends++;
            await _cut.Task;
            throw new IOException("The connection was cut.");
        }

        public ValueTask TendAsync() => ValueTask.CompletedTask;

        public ValueTask CloseAsync(WatchEnd end) => ValueTask.CompletedTask;

        public void Abort() => _cut.TrySetResult();
    }
}
