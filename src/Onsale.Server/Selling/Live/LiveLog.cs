namespace Onsale.Server.Selling.Live;

/// <summary>Log messages of the live feed. Event ids 6010 to 6019.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(EventId = 6010, Level = LogLevel.Error,
        Message = "A step of the live feed of event {EventId} failed; the feed continues with its next step")]
    public static partial void FeedFailed(ILogger logger, Exception exception, Guid eventId);

    [LoggerMessage(EventId = 6013, Level = LogLevel.Error,
        Message = "Sending to a live connection failed; it is closed and can reconnect with its last version")]
    public static partial void WatcherFailed(ILogger logger, Exception exception);
}
