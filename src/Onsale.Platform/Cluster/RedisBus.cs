using StackExchange.Redis;

namespace Onsale.Platform.Cluster;

/// <summary>
/// The bus of several nodes: Redis publish/subscribe. The client subscribes again by itself after an interruption.
/// </summary>
internal sealed class RedisBus : INodeBus
{
    private static readonly RedisChannel s_channel = RedisChannel.Literal("onsale:nodes:v1");

    private readonly InProcessBus _local;
    private readonly RedisConnection _connection;
    private readonly ILogger _logger;

    public RedisBus(RedisConnection connection, ILogger logger)
    {
        (_connection, _logger, _local) = (connection, logger, new InProcessBus(logger));
        _ = SubscribeAsync();
    }

    public void Publish(NodeMessage message)
    {
        try
        {
            if (_connection.Connecting is { IsCompletedSuccessfully: true } connecting
                && connecting.GetAwaiter().GetResult() is { } redis)
            {
                redis.GetSubscriber().Publish(s_channel, Write(message), CommandFlags.FireAndForget);
            }
        }
        catch (Exception exception)
        {
            // Whatever it is: the publisher is an event's lane, which a lost hint must not stop. The next read of the
            // journal finds the change.
            ClusterLog.MessageLost(_logger, message.Topic, exception.Message);
        }
    }

    public IDisposable Subscribe(string topic, Action<NodeMessage> handler) => _local.Subscribe(topic, handler);

    internal static string Write(NodeMessage message) => $"{message.Topic} {message.Content}";

    /// <summary>Null: not a message of this version; other versions of the program may share the channel.</summary>
    internal static NodeMessage? Read(string text) => text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        ? new NodeMessage(text[..end], text[(end + 1)..])
        : null;

    private async Task SubscribeAsync()
    {
        try
        {
            if (await _connection.Connecting is { } redis)
            {
                // By a queue: handlers that are given instead run side by side, in no order.
                var queue = await redis.GetSubscriber().SubscribeAsync(s_channel, CommandFlags.FireAndForget);
                queue.OnMessage(received => Deliver(received.Message));
            }
        }
        catch (Exception exception)
        {
            ClusterLog.RedisUnusable(_logger, exception);
        }
    }

    private void Deliver(string? text)
    {
        if (text is not null && Read(text) is { } message)
            _local.Publish(message);
    }
}
