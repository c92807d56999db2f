using System.Globalization;
using StackExchange.Redis;

namespace Onsale.Server.Live;

/// <summary>
/// The bus of several nodes: Redis publish/subscribe. Redis may be away at the start, die, be flushed or cut off at any
/// time; the client reconnects and subscribes again by itself.
/// </summary>
internal sealed partial class RedisBus : INodeBus, IDisposable
{
    private const string Channel = "onsale:nodes:v1";

    private readonly InProcessBus _local = new();
    private readonly Lazy<ConnectionMultiplexer> _redis;
    private readonly ILogger<RedisBus> _logger;

    public RedisBus(string configuration, ILogger<RedisBus> logger)
    {
        _logger = logger;
        _redis = new Lazy<ConnectionMultiplexer>(() => Connect(configuration));
    }

    public void Publish(NodeMessage message)
    {
        try
        {
            _redis.Value.GetSubscriber().Publish(Channel, Write(message), CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            // Lost, as a message may be: the next look at the journal finds the change.
            LogLost(exception.Message);
        }
    }

    public IDisposable Subscribe(Action<NodeMessage> handler)
    {
        _ = _redis.Value;
        return _local.Subscribe(handler);
    }

    public void Dispose()
    {
        if (_redis.IsValueCreated)
            _redis.Value.Dispose();
    }

    internal static string Write(NodeMessage message) => message switch
    {
        CommittedMessage committed => string.Create(CultureInfo.InvariantCulture, $"c {committed.EventId} {committed.Version}"),
        ViewersMessage viewers => string.Create(
            CultureInfo.InvariantCulture, $"v {viewers.EventId} {viewers.NodeId} {viewers.Count}"),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    /// <summary>Null: not a message of this version; other versions of the program may share the channel.</summary>
    internal static NodeMessage? Read(string text)
    {
        var parts = text.Split(' ');
        return parts switch
        {
            ["c", var id, var version] when Guid.TryParse(id, out var eventId)
                && long.TryParse(version, CultureInfo.InvariantCulture, out var number) => new CommittedMessage(eventId, number),
            ["v", var id, var node, var count] when Guid.TryParse(id, out var eventId) && Guid.TryParse(node, out var nodeId)
                && int.TryParse(count, CultureInfo.InvariantCulture, out var number) => new ViewersMessage(eventId, nodeId, number),
            _ => null,
        };
    }

    private ConnectionMultiplexer Connect(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        options.ConnectRetry = int.MaxValue;
        options.SyncTimeout = 2000;
        var redis = ConnectionMultiplexer.Connect(options);
        redis.ConnectionFailed += (_, failure) => LogDisconnected(failure.Exception?.Message ?? failure.FailureType.ToString());
        redis.ConnectionRestored += (_, _) => LogRestored();
        redis.GetSubscriber().Subscribe(Channel, (_, value) =>
        {
            if (Read(value!) is { } message)
                _local.Publish(message);
        });
        return redis;
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug, Message = "A message to the other nodes was lost: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning,
        Message = "Redis is away ({Reason}); sales go on, other nodes' changes show within two seconds")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Information, Message = "Redis is back")]
    private partial void LogRestored();
}
