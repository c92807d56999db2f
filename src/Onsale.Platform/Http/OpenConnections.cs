using System.Diagnostics.Metrics;

namespace Onsale.Platform.Http;

/// <summary>How many connections this node has open, upgraded ones too, and the most that it takes.</summary>
internal sealed partial class OpenConnections
{
    private const int LogIntervalSeconds = 60;

    private readonly TimeProvider _time;
    private readonly ILogger<OpenConnections> _logger;
    private readonly Counter<long> _refused;
    private int _count;
    private long _refusedSinceLog;
    private long _loggedAt;

    public OpenConnections(TimeProvider time, IMeterFactory meters, ILogger<OpenConnections> logger)
        : this(DescriptorLimit.MaxConnections(), time, meters, logger)
    {
    }

    internal OpenConnections(int max, TimeProvider time, IMeterFactory meters, ILogger<OpenConnections> logger)
    {
        (Max, _time, _logger) = (max, time, logger);
        _loggedAt = time.GetTimestamp() - (LogIntervalSeconds * time.TimestampFrequency);
        _refused = meters.Create("Onsale.Connections").CreateCounter<long>(
            "onsale.connections.refused.full", "{connection}",
            "Connections closed because the node had as many as its file descriptors allow.");
    }

    /// <summary>The most connections at a time.</summary>
    public int Max { get; }

    /// <summary>Connections whose sockets are open.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a connection; false, and noted as refused, when there are too many.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= Max)
            return true;
        Leave();
        NoteRefused();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);

    private void NoteRefused()
    {
        _refused.Add(1);
        Interlocked.Increment(ref _refusedSinceLog);
        var loggedAt = Volatile.Read(ref _loggedAt);
        if (_time.GetElapsedTime(loggedAt).TotalSeconds >= LogIntervalSeconds
            && Interlocked.CompareExchange(ref _loggedAt, _time.GetTimestamp(), loggedAt) == loggedAt)
        {
            LogFull(Interlocked.Exchange(ref _refusedSinceLog, 0), Max);
        }
    }

    [LoggerMessage(EventId = 9022, Level = LogLevel.Warning,
        Message = "Refused {Connections} connections: {Limit} are open, as many as the limit of open files allows")]
    private partial void LogFull(long connections, int limit);
}
