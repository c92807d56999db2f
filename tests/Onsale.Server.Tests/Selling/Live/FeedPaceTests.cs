using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Selling.Live;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>When a feed may speak again.</summary>
public sealed class FeedPaceTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 99)]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    [InlineData(10_000, 50)]
    public void What_a_message_is_late_by_is_given_to_the_next_but_no_more_than_50_milliseconds(int late, int rest)
    {
        var pace = new FeedPace(_time);
        Rest(pace).ShouldBe(100);

        Pass(100 + late);

        Rest(pace).ShouldBe(rest);
    }

    [Fact]
    public void What_a_step_itself_takes_is_part_of_its_tenth_of_a_second()
    {
        var pace = new FeedPace(_time);
        var began = _time.GetTimestamp();
        Pass(30);
        pace.RestAfter(began).TotalMilliseconds.ShouldBe(70);

        Pass(70);
        began = _time.GetTimestamp();
        Pass(180);
        pace.RestAfter(began).TotalMilliseconds.ShouldBe(-80, "it is sent at once");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_late_each_is_there_are_no_more_than_ten_a_second(int seed)
    {
        var random = new Random(seed);
        var pace = new FeedPace(_time);
        var sent = new List<long>();
        for (var i = 0; i < 2_000; i++)
        {
            sent.Add(_time.GetTimestamp());
            Pass(Math.Max(0, Rest(pace)) + random.Next(0, 200));
        }

        foreach (var span in (int[])[10, 100, 1_000])
        {
            // The first of them may have been late by 50 ms, and the last is not.
            var shortest = sent.Zip(sent.Skip(span), (from, to) => (to - from) / TimeSpan.TicksPerMillisecond).Min();
            shortest.ShouldBeGreaterThanOrEqualTo((span * 100) - 50);
        }
    }

    [Fact]
    public async Task A_step_that_finds_no_change_delays_no_message()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 8);
        var lanes = node.Services.GetRequiredService<EventLanes>();
        using var threads = new SendingThreads();
        using var feed = new EventFeed(
            @event.Id, lanes, threads, new LiveMetrics(node.Services.GetRequiredService<IMeterFactory>()),
            new LiveOptions(), _time, NullLogger.Instance);
        lanes.Changed += (eventId, _) =>
        {
            if (eventId == @event.Id)
                feed.MarkChanged();
        };
        using var stopping = new CancellationTokenSource();
        var run = feed.RunAsync(stopping.Token);
        var watched = new RecordingTransport();
        feed.Join(watched, since: null);
        await Eventually.ShouldBeTrueAsync(() => watched.Has("snapshot"), "it is given a beginning");

        // Seven at another node: a step that finds no change of a seat tells of them.
        feed.SetOthers(House.NewId(), 7);
        await Eventually.ShouldBeTrueAsync(() =>
        {
            if (watched.Has("\"count\":8"))
                return true;
            _time.Advance(TimeSpan.FromSeconds(2));
            feed.MarkChanged();
            return false;
        }, "the others are told of");

        // From here on the feed's time stands still: were it resting, it would rest for good.
        var guest = await Booker.GuestAsync(node);
        (await guest.HoldSeatsAsync(@event, 3)).Status.ShouldBe(201);
        await Eventually.ShouldBeTrueAsync(() => watched.Has("\"held\":[3]"), "the hold is told at once");

        await stopping.CancelAsync();
        await run;
    }

    private double Rest(FeedPace pace) => pace.RestAfter(_time.GetTimestamp()).TotalMilliseconds;

    private void Pass(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private sealed class RecordingTransport : ILiveTransport
    {
        private readonly ConcurrentQueue<string> _messages = new();

        public bool IsSilent => false;

        public bool Has(string text) => _messages.Any(message => message.Contains(text, StringComparison.Ordinal));

        public ValueTask SendAsync(LiveFrame frame)
        {
            _messages.Enqueue(Encoding.UTF8.GetString(frame.ServerSentEvent.Span));
            return ValueTask.CompletedTask;
        }

        public ValueTask TendAsync() => ValueTask.CompletedTask;

        public ValueTask CloseAsync(WatchEnd end) => ValueTask.CompletedTask;

        public void Abort()
        {
        }
    }
}
