using Onsale.Inventory.Engine.Audit;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Log messages of the inventory engine. Event ids 20xx.</summary>
internal static partial class InventoryLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Critical,
        Message = "ALARM: memory and database disagreed on event {EventId}; a batch of {Commands} commands was rolled "
            + "back and the event is loaded again")]
    public static partial void Mismatch(ILogger logger, Exception? exception, Guid eventId, int commands);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Critical,
        Message = "ALARM: a command of event {EventId} broke an assertion in a batch of {Commands}; its neighbours are "
            + "decided one by one")]
    public static partial void Defect(ILogger logger, Exception? exception, Guid eventId, int commands);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning,
        Message =
            "Outcome of the commit of batch {BatchId} (event {EventId}, version {Version}) unknown; looking it up")]
    public static partial void OutcomeUnknown(
        ILogger logger, Exception? exception, Guid eventId, Guid batchId, long version);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning,
        Message = "A batch of {Commands} commands of event {EventId} is tried again: {Reason}")]
    public static partial void Retrying(ILogger logger, Guid eventId, int commands, string reason);

    [LoggerMessage(EventId = 2020, Level = LogLevel.Critical,
        Message = "ALARM: the database no longer holds a commit of event {EventId} that this node knows; it was "
            + "restored or failed over with loss, and the event is loaded again")]
    public static partial void HistoryLost(ILogger logger, Guid eventId);

    [LoggerMessage(EventId = 2021, Level = LogLevel.Critical,
        Message = "ALARM: a listener failed on an event of the lane of event {EventId}; the lane goes on")]
    public static partial void ListenerFailed(ILogger logger, Exception? exception, Guid eventId);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Critical,
        Message = "ALARM: the audit found {Faults} faults; the first: {First}")]
    public static partial void AuditFailed(ILogger logger, int faults, AuditFault first);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Information,
        Message = "The audit found no fault; events looked at: {Events}")]
    public static partial void AuditPassed(ILogger logger, int events);

    [LoggerMessage(EventId = 2009, Level = LogLevel.Critical,
        Message =
            "ALARM: the lane of event {EventId} ended by an exception; its queue was refused and the event's next "
            + "command starts a new lane")]
    public static partial void LaneFaulted(ILogger logger, Exception exception, Guid eventId);
}
