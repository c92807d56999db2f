using System.Globalization;
using StackExchange.Redis;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// The bus of several nodes: Redis publish/subscribe. Redis may be away at the start, die, be flushed or cut off at any
/// time; the client reconnects and subscribes again by itself.
/// </summary>
internal sealed class RedisBus : INodeBus, IDisposable
{
    private const string Channel = "onsale:nodes:v1";

    private readonly InProcessBus _local;
    private readonly Task<ConnectionMultiplexer?> _connecting;
    private readonly ILogger<RedisBus> _logger;

    public RedisBus(string configuration, ILogger<RedisBus> logger)
    {
        (_logger, _local) = (logger, new InProcessBus(logger));
        // Takes seconds while Redis is away, and neither a start nor a sale waits for it.
        _connecting = Task.Run(() => ConnectAsync(configuration));
    }

    // Only asked for once it is there, so nothing waits for it.
    private ConnectionMultiplexer? Connection => _connecting.GetAwaiter().GetResult();

    public void Publish(NodeMessage message)
    {
        if (!_connecting.IsCompletedSuccessfully || Connection is not { } redis)
            return;
        try
        {
            redis.GetSubscriber().Publish(Channel, Write(message), CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            // Lost, as a message may be: the next look at the journal finds the change.
            LiveLog.MessageLost(_logger, exception.Message);
        }
    }

    public IDisposable Subscribe(Action<NodeMessage> handler) => _local.Subscribe(handler);

    public void Dispose()
    {
        if (_connecting.IsCompletedSuccessfully)
            Connection?.Dispose();
        else
            _ = _connecting.ContinueWith(_ => Connection?.Dispose(), TaskScheduler.Default);
    }

    internal static string Write(NodeMessage message) => message switch
    {
        CommittedMessage committed => string.Create(
            CultureInfo.InvariantCulture, $"c {committed.EventId} {committed.Version}"),
        ViewersMessage viewers => string.Create(
            CultureInfo.InvariantCulture, $"v {viewers.EventId} {viewers.NodeId} {viewers.Count}"),
        GuestEndedMessage guest => $"g {guest.GuestId}",
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    /// <summary>Null: not a message of this version; other versions of the program may share the channel.</summary>
    internal static NodeMessage? Read(string text)
    {
        var parts = text.Split(' ');
        return parts switch
        {
            ["c", var id, var version]
                when Guid.TryParse(id, out var eventId)
                && long.TryParse(version, CultureInfo.InvariantCulture, out var number) =>
                new CommittedMessage(eventId, number),
            ["v", var id, var node, var count]
                when Guid.TryParse(id, out var eventId) && Guid.TryParse(node, out var nodeId)
                && int.TryParse(count, CultureInfo.InvariantCulture, out var number) =>
                new ViewersMessage(eventId, nodeId, number),
            ["g", var id] when Guid.TryParse(id, out var guestId) => new GuestEndedMessage(guestId),
            _ => null,
        };
    }

    /// <summary>Null: what Redis is asked for is wrong, and no waiting mends it.</summary>
    private async Task<ConnectionMultiplexer?> ConnectAsync(string configuration)
    {
        try
        {
            var options = ConfigurationOptions.Parse(configuration);
            options.AbortOnConnectFail = false;
            var redis = await ConnectionMultiplexer.ConnectAsync(options);
            redis.ConnectionFailed += (_, failure) =>
                LiveLog.RedisAway(_logger, failure.Exception?.Message ?? failure.FailureType.ToString());
            // One that was away from the beginning has not failed since.
            if (!redis.IsConnected)
                LiveLog.RedisAway(_logger, "it does not answer");
            redis.ConnectionRestored += (_, _) => LiveLog.RedisBack(_logger);
            await redis.GetSubscriber().SubscribeAsync(Channel, (_, value) => Take(value), CommandFlags.FireAndForget);
            return redis;
        }
        catch (Exception exception)
        {
            LiveLog.RedisUnusable(_logger, exception);
            return null;
        }
    }

    private void Take(string? text)
    {
        if (text is not null && Read(text) is { } message)
            _local.Publish(message);
    }
}
