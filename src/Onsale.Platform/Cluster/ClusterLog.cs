namespace Onsale.Platform.Cluster;

/// <summary>Log messages of the node bus. Event ids 6001 to 6004 and 6012.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug,
        Message = "Publishing a message of topic {Topic} to the other nodes failed: {Reason}")]
    public static partial void MessageLost(ILogger logger, string topic, string reason);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning,
        Message = "Redis unavailable ({Reason}); sales continue, changes of other nodes show within two seconds")]
    public static partial void RedisUnavailable(ILogger logger, string reason);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Information, Message = "Redis connection restored")]
    public static partial void RedisRestored(ILogger logger);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Error,
        Message = "Redis cannot be used; without it changes of other nodes show within two seconds")]
    public static partial void RedisUnusable(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6012, Level = LogLevel.Error,
        Message = "A subscriber of node message topic {Topic} failed")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception, string topic);
}
