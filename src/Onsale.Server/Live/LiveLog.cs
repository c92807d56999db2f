namespace Onsale.Server.Live;

/// <summary>What the live feed logs. Event ids 60xx.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(EventId = 6010, Level = LogLevel.Error,
        Message = "The feed of event {EventId} failed; it goes on with its next step")]
    public static partial void FeedFailed(ILogger logger, Exception exception, Guid eventId);

    [LoggerMessage(EventId = 6011, Level = LogLevel.Error, Message = "Nodes cannot be heard; feeds go on with what the journal says")]
    public static partial void HubFailed(ILogger logger, Exception exception);
}
