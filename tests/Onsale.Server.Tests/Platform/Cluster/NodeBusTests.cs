using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Platform.Cluster;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Cluster;

internal static class Messages
{
    public const string Topic = "test";

    public static NodeMessage New(long number = 0) => new(Topic, $"{House.NewId()} {number}");
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
        using var here = _own.Subscribe(Messages.Topic, _here.Enqueue);
        using var there = _other.Subscribe(Messages.Topic, _there.Enqueue);
        var message = Messages.New(811);

        _own.Publish(message);

        await ShouldGetAsync(_here, message);
        await ShouldGetAsync(_there, message);
    }

    [Fact]
    public async Task Messages_of_one_node_come_as_they_are_and_in_their_order()
    {
        using var there = _other.Subscribe(Messages.Topic, _there.Enqueue);
        NodeMessage[] messages =
        [
            new NodeMessage(Messages.Topic, ""), new NodeMessage(Messages.Topic, "two  spaces"),
            .. Enumerable.Range(2, 200).Select(number => Messages.New(number)),
        ];

        foreach (var message in messages)
            _own.Publish(message);

        await ShouldGetAsync(_there, messages);
    }

    [Fact]
    public async Task Who_has_ended_its_subscription_hears_nothing_more()
    {
        using var there = _other.Subscribe(Messages.Topic, _there.Enqueue);
        var here = _other.Subscribe(Messages.Topic, _here.Enqueue);
        var (first, second) = (Messages.New(1), Messages.New(2));
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
        using var failing = _other.Subscribe(
            Messages.Topic, _ => throw new InvalidOperationException("A defect in a subscriber."));
        using var there = _other.Subscribe(Messages.Topic, _there.Enqueue);
        var message = Messages.New(1);

        Should.NotThrow(() => _own.Publish(message));

        await ShouldGetAsync(_there, message);
    }

    [Fact]
    public async Task A_message_of_another_topic_is_not_delivered()
    {
        using var other = _other.Subscribe("other", _here.Enqueue);
        using var there = _other.Subscribe(Messages.Topic, _there.Enqueue);
        var message = Messages.New();

        _own.Publish(message);

        await ShouldGetAsync(_there, message);
        _here.ShouldBeEmpty();
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
    private readonly List<RedisConnection> _connections = [];
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
        using var here = _own.Subscribe(Messages.Topic, own.Enqueue);
        using var there = _other.Subscribe(Messages.Topic, other.Enqueue);
        await Eventually.ShouldBeTrueAsync(() =>
        {
            bus.Publish(Messages.New(0));
            return !own.IsEmpty && !other.IsEmpty;
        }, "messages come back");
        var last = Messages.New(1);
        bus.Publish(last);
        await Eventually.ShouldBeTrueAsync(
            () => own.Contains(last) && other.Contains(last), "the last message comes back");
    }

    protected override async Task DisconnectAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task It_goes_on_by_itself_after_Redis_died_and_publishing_never_fails_meanwhile()
    {
        var heard = new ConcurrentQueue<NodeMessage>();
        using var subscription = _other.Subscribe(Messages.Topic, heard.Enqueue);
        var version = 0L;
        await ShouldHearAsync();

        await _redis.KillAsync();
        for (var i = 0; i < 100; i++)
            Should.NotThrow(() => _own.Publish(Messages.New(++version)));
        await _redis.RestartAsync();

        await ShouldHearAsync();

        Task ShouldHearAsync() => Eventually.ShouldBeTrueAsync(() =>
        {
            _own.Publish(Messages.New(++version));
            return heard.Any(message => long.Parse(message.Content.Split(' ')[1]) > version - 3);
        }, "messages come again");
    }

    [Fact]
    public async Task It_starts_while_Redis_is_away()
    {
        await _redis.KillAsync();
        var heard = new ConcurrentQueue<NodeMessage>();
        var own = Connect();
        var other = Connect();
        using var subscription = other.Subscribe(Messages.Topic, heard.Enqueue);
        Should.NotThrow(() => own.Publish(Messages.New(1)));

        await _redis.RestartAsync();

        await Eventually.ShouldBeTrueAsync(() =>
        {
            own.Publish(Messages.New(2));
            return !heard.IsEmpty;
        }, "messages come once Redis is there");
    }

    [Fact]
    public async Task A_Redis_that_never_was_there_is_told_to_the_operator()
    {
        await _redis.KillAsync();
        var log = new Lines();

        using var connection = new RedisConnection(_redis.ConnectionString, log);

        await Eventually.ShouldBeTrueAsync(
            () => log.Any(line => line.StartsWith("Redis unavailable", StringComparison.Ordinal)),
            "a warning is logged");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" x")]
    public void Text_without_a_topic_is_ignored(string text) => RedisBus.Read(text).ShouldBeNull();

    [Fact]
    public async Task Publishing_never_throws_on_a_bus_whose_configuration_is_wrong()
    {
        using var connection = new RedisConnection("no such option=1,,,", NullLogger.Instance);
        var bus = new RedisBus(connection, NullLogger.Instance);

        for (var i = 0; i < 100; i++)
        {
            Should.NotThrow(() => bus.Publish(Messages.New()));
            await Task.Yield();
        }
    }

    private RedisBus Connect()
    {
        var connection = new RedisConnection(_redis.ConnectionString, NullLogger.Instance);
        _connections.Add(connection);
        return new RedisBus(connection, NullLogger.Instance);
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
