namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Bounds of selling by the organiser.</summary>
internal static class CounterLimits
{
    public const int MaxSearchCharacters = 100;

    /// <summary>Bookings that one search finds by its words.</summary>
    public const int MaxSearchedBookings = 1_000;

    /// <summary>Seats that one search finds by their labels.</summary>
    public const int MaxSearchedSeats = 200;

    /// <summary>Rows of the change log read for one booking; it has a handful.</summary>
    public const int MaxHistoryEntries = 200;

    public const int MaxReasonCharacters = 500;

    /// <summary>Exports that one node writes at a time: each has a connection of its own.</summary>
    public const int MaxExports = 2;

    /// <summary>Answered with 503 while so many are written.</summary>
    public const int ExportRetryAfterSeconds = 10;

    /// <summary>Rows of an export between two flushes.</summary>
    public const int ExportFlushRows = 500;

    /// <summary>How often bookings of events that were called off are looked for.</summary>
    public const int CancelledEventsSeconds = 3;

    /// <summary>Bookings of such an event taken up at a time.</summary>
    public const int CancelledBatchBookings = 100;
}
