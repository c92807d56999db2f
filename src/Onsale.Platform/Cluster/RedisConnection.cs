using StackExchange.Redis;

namespace Onsale.Platform.Cluster;

/// <summary>
/// The one connection to Redis that all of this node share. Redis may be unavailable at the start, die, be flushed or
/// cut off at any time; the client reconnects by itself, and neither a start nor a sale waits for it.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly Task<ConnectionMultiplexer?> _connecting;
    private readonly ILogger _logger;

    public RedisConnection(string configuration, ILogger logger)
    {
        _logger = logger;
        // Takes seconds while Redis is unavailable.
        _connecting = Task.Run(() => ConnectAsync(configuration));
    }

    /// <summary>Completes when there is a connection, up or down; null: the configuration is wrong for good.</summary>
    public Task<ConnectionMultiplexer?> Connecting => _connecting;

    /// <summary>Null while there is none, and while it is down.</summary>
    public ConnectionMultiplexer? Live =>
        _connecting.IsCompletedSuccessfully && _connecting.GetAwaiter().GetResult() is { IsConnected: true } redis
            ? redis
            : null;

    public void Dispose()
    {
        if (_connecting.IsCompletedSuccessfully)
            _connecting.GetAwaiter().GetResult()?.Dispose();
        else
            _ = _connecting.ContinueWith(
                connecting => connecting.GetAwaiter().GetResult()?.Dispose(), TaskScheduler.Default);
    }

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
            return redis;
        }
        catch (Exception exception)
        {
            ClusterLog.RedisUnusable(_logger, exception);
            return null;
        }
    }
}
