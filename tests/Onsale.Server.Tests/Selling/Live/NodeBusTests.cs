using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Server.Selling.Live;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

internal static class Ids
{
    public static Guid New() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}

/// <summary>What every bus promises, as two nodes see it.</summary>
public abstract class NodeBusCompliance : IAsyncLifetime
{
    private readonly ConcurrentQueue<NodeMessage> _here = new();
    private readonly ConcurrentQueue<NodeMessage> _there = new();
    private INodeBus _own = null!;
    private INodeBus _other = null!;

    private protected abstract Task<(INodeBus Own, INodeBus Other)> ConnectAsync();

    protected abstract Task DisconnectAsync();

    public async Task InitializeAsync() => (_own, _other) = await ConnectAsync();

    public Task DisposeAsync() => DisconnectAsync();

    [Fact]
    public async Task A_message_reaches_every_node_once_also_its_own()
    {
        using var here = _own.Subscribe(_here.Enqueue);
        using var there = _other.Subscribe(_there.Enqueue);
        var message = new CommittedMessage(Ids.New(), 811);

        _own.Publish(message);

        await ShouldGetAsync(_here, message);
        await ShouldGetAsync(_there, message);
    }

    [Fact]
    public async Task Messages_of_one_node_come_as_they_are_and_in_their_order()
    {
        using var there = _other.Subscribe(_there.Enqueue);
        var eventId = Ids.New();
        NodeMessage[] messages =
        [
            new CommittedMessage(eventId, 1), new ViewersMessage(eventId, Ids.New(), 12_345),
            new GuestEndedMessage(Ids.New()), new CommittedMessage(eventId, long.MaxValue), new ViewersMessage(eventId, Ids.New(), 0),
            .. Enumerable.Range(2, 200).Select(version => new CommittedMessage(eventId, version)),
        ];

        foreach (var message in messages)
            _own.Publish(message);

        await ShouldGetAsync(_there, messages);
    }

    [Fact]
    public async Task Who_has_ended_its_subscription_hears_nothing_more()
    {
        using var there = _other.Subscribe(_there.Enqueue);
        var here = _other.Subscribe(_here.Enqueue);
        var (first, second) = (new CommittedMessage(Ids.New(), 1), new CommittedMessage(Ids.New(), 2));
        _own.Publish(first);
        await ShouldGetAsync(_here, first);

        here.Dispose();
        here.Dispose();
        _own.Publish(second);

        await ShouldGetAsync(_there, first, second);
        _here.ShouldBe([first]);
    }

    [Fact]
    public async Task A_subscriber_that_fails_takes_nothing_from_the_others()
    {
        using var failing = _other.Subscribe(_ => throw new InvalidOperationException("A defect in a subscriber."));
        using var there = _other.Subscribe(_there.Enqueue);
        var message = new CommittedMessage(Ids.New(), 1);

        Should.NotThrow(() => _own.Publish(message));

        await ShouldGetAsync(_there, message);
    }

    private static Task ShouldGetAsync(ConcurrentQueue<NodeMessage> queue, params NodeMessage[] messages) =>
        Eventually.ShouldPassAsync(() =>
        {
            queue.ShouldBe(messages);
            return Task.CompletedTask;
        });
}

public sealed class InProcessBusTests : NodeBusCompliance
{
    private protected override Task<(INodeBus Own, INodeBus Other)> ConnectAsync()
    {
        var bus = new InProcessBus(NullLogger<InProcessBus>.Instance);
        return Task.FromResult<(INodeBus, INodeBus)>((bus, bus));
    }

    protected override Task DisconnectAsync() => Task.CompletedTask;
}

public sealed class RedisBusTests : NodeBusCompliance
{
    private RedisServer _redis = null!;
    private RedisBus _own = null!;
    private RedisBus _other = null!;

    private protected override async Task<(INodeBus Own, INodeBus Other)> ConnectAsync()
    {
        _redis = await RedisServer.StartAsync();
        (_own, _other) = (Connect(), Connect());
        await ShouldHearAsync(_own);
        await ShouldHearAsync(_other);
        return (_own, _other);
    }

    /// <summary>It is connected: what it says is heard, to the last message, by both.</summary>
    private async Task ShouldHearAsync(RedisBus bus)
    {
        var (own, other) = (new ConcurrentQueue<NodeMessage>(), new ConcurrentQueue<NodeMessage>());
        using var here = _own.Subscribe(own.Enqueue);
        using var there = _other.Subscribe(other.Enqueue);
        await Eventually.ShouldBeTrueAsync(() =>
        {
            bus.Publish(new CommittedMessage(Ids.New(), 0));
            return !own.IsEmpty && !other.IsEmpty;
        }, "messages come back");
        var last = new CommittedMessage(Ids.New(), 1);
        bus.Publish(last);
        await Eventually.ShouldBeTrueAsync(
            () => own.Contains(last) && other.Contains(last), "the last message comes back");
    }

    protected override async Task DisconnectAsync()
    {
        _own.Dispose();
        _other.Dispose();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task It_goes_on_by_itself_after_Redis_died_and_publishing_never_fails_meanwhile()
    {
        var heard = new ConcurrentQueue<NodeMessage>();
        using var subscription = _other.Subscribe(heard.Enqueue);
        var version = 0L;
        await ShouldHearAsync();

        await _redis.KillAsync();
        for (var i = 0; i < 100; i++)
            Should.NotThrow(() => _own.Publish(new CommittedMessage(Ids.New(), ++version)));
        await _redis.RestartAsync();

        await ShouldHearAsync();

        Task ShouldHearAsync() => Eventually.ShouldBeTrueAsync(() =>
        {
            _own.Publish(new CommittedMessage(Ids.New(), ++version));
            return heard.OfType<CommittedMessage>().Any(message => message.Version > version - 3);
        }, "messages come again");
    }

    [Fact]
    public async Task It_starts_while_Redis_is_away()
    {
        await _redis.KillAsync();
        var heard = new ConcurrentQueue<NodeMessage>();
        using var own = Connect();
        using var other = Connect();
        using var subscription = other.Subscribe(heard.Enqueue);
        Should.NotThrow(() => own.Publish(new CommittedMessage(Ids.New(), 1)));

        await _redis.RestartAsync();

        await Eventually.ShouldBeTrueAsync(() =>
        {
            own.Publish(new CommittedMessage(Ids.New(), 2));
            return !heard.IsEmpty;
        }, "messages come once Redis is there");
    }

    [Fact]
    public async Task A_Redis_that_never_was_there_is_told_to_the_operator()
    {
        await _redis.KillAsync();
        var log = new Lines();

        using var bus = new RedisBus(_redis.ConnectionString, log);

        await Eventually.ShouldBeTrueAsync(
            () => log.Any(line => line.StartsWith("Redis is away", StringComparison.Ordinal)), "a warning is logged");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("c 0197 1")]
    [InlineData("c 01970000-0000-7000-8000-000000000000 many")]
    [InlineData("v 01970000-0000-7000-8000-000000000000 1")]
    [InlineData("c 01970000-0000-7000-8000-000000000000 1 2")]
    public void What_other_versions_of_the_program_may_say_is_passed_over(string text) =>
        RedisBus.Read(text).ShouldBeNull();

    private RedisBus Connect() => new(_redis.ConnectionString, NullLogger<RedisBus>.Instance);

    private sealed class Lines : ConcurrentQueue<string>, ILogger<RedisBus>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Enqueue(formatter(state, exception));
    }
}
