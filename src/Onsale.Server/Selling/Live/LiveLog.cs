namespace Onsale.Server.Selling.Live;

/// <summary>What the live feed logs. Event ids 60xx.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(EventId = 6010, Level = LogLevel.Error,
        Message = "The feed of event {EventId} failed; it goes on with its next step")]
    public static partial void FeedFailed(ILogger logger, Exception exception, Guid eventId);

    [LoggerMessage(EventId = 6011, Level = LogLevel.Error,
        Message = "Nodes cannot be heard; feeds go on with what the journal says")]
    public static partial void HubFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6012, Level = LogLevel.Error, Message = "A message between nodes could not be handled")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6013, Level = LogLevel.Error,
        Message = "A watcher could not be served; it is sent away, and comes back with its version")]
    public static partial void WatcherFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug, Message = "A message to the other nodes was lost: {Reason}")]
    public static partial void MessageLost(ILogger logger, string reason);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning,
        Message = "Redis is away ({Reason}); sales go on, other nodes' changes show within two seconds")]
    public static partial void RedisAway(ILogger logger, string reason);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Information, Message = "Redis is back")]
    public static partial void RedisBack(ILogger logger);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Error,
        Message = "Redis cannot be used; other nodes' changes show within two seconds without it")]
    public static partial void RedisUnusable(ILogger logger, Exception exception);
}
