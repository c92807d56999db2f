using StackExchange.Redis;

namespace Onsale.Platform.Cluster;

/// <summary>
/// The bus of several nodes: Redis publish/subscribe. Redis may be unavailable at the start, die, be flushed or cut off
/// at any time; the client reconnects and subscribes again by itself.
/// </summary>
internal sealed class RedisBus : INodeBus, IDisposable
{
    private static readonly RedisChannel s_channel = RedisChannel.Literal("onsale:nodes:v1");

    private readonly InProcessBus _local;
    private readonly Task<ConnectionMultiplexer?> _connecting;
    private readonly ILogger<RedisBus> _logger;

    public RedisBus(string configuration, ILogger<RedisBus> logger)
    {
        (_logger, _local) = (logger, new InProcessBus(logger));
        // Takes seconds while Redis is unavailable, and neither a start nor a sale waits for it.
        _connecting = Task.Run(() => ConnectAsync(configuration));
    }

    // Only read once the task has completed, so nothing waits for it.
    private ConnectionMultiplexer? Connection => _connecting.GetAwaiter().GetResult();

    public void Publish(NodeMessage message)
    {
        try
        {
            if (_connecting.IsCompletedSuccessfully && Connection is { } redis)
                redis.GetSubscriber().Publish(s_channel, Write(message), CommandFlags.FireAndForget);
        }
        catch (Exception exception)
        {
            // Whatever it is: the publisher is an event's lane, which a lost hint must not stop. The next read of the
            // journal finds the change.
            ClusterLog.MessageLost(_logger, message.Topic, exception.Message);
        }
    }

    public IDisposable Subscribe(string topic, Action<NodeMessage> handler) => _local.Subscribe(topic, handler);

    public void Dispose()
    {
        if (_connecting.IsCompletedSuccessfully)
            Connection?.Dispose();
        else
            _ = _connecting.ContinueWith(_ => Connection?.Dispose(), TaskScheduler.Default);
    }

    internal static string Write(NodeMessage message) => $"{message.Topic} {message.Content}";

    /// <summary>Null: not a message of this version; other versions of the program may share the channel.</summary>
    internal static NodeMessage? Read(string text) => text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        ? new NodeMessage(text[..end], text[(end + 1)..])
        : null;

    /// <summary>Null: the configuration is wrong, and retrying cannot mend it.</summary>
    private async Task<ConnectionMultiplexer?> ConnectAsync(string configuration)
    {
        try
        {
            var options = ConfigurationOptions.Parse(configuration);
            options.AbortOnConnectFail = false;
            var redis = await ConnectionMultiplexer.ConnectAsync(options);
            redis.ConnectionFailed += (_, failure) =>
                ClusterLog.RedisUnavailable(_logger, failure.Exception?.Message ?? failure.FailureType.ToString());
            // One that was unavailable from the beginning raises no event.
            if (!redis.IsConnected)
                ClusterLog.RedisUnavailable(_logger, "no answer");
            redis.ConnectionRestored += (_, _) => ClusterLog.RedisRestored(_logger);
            await redis.GetSubscriber().SubscribeAsync(
                s_channel, (_, value) => Deliver(value), CommandFlags.FireAndForget);
            return redis;
        }
        catch (Exception exception)
        {
            ClusterLog.RedisUnusable(_logger, exception);
            return null;
        }
    }

    private void Deliver(string? text)
    {
        if (text is not null && Read(text) is { } message)
            _local.Publish(message);
    }
}
