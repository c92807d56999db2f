namespace Onsale.Server.Operate.Reports;

/// <summary>Bounds of reports.</summary>
internal static class ReportsLimits
{
    /// <summary>A sale up to this long is shown by the hour, a longer one by the day.</summary>
    public const int HourlyHours = 96;

    /// <summary>Bookings looked at for one seat: a much wanted one has some hundred holds.</summary>
    public const int MaxBookingsOfSeat = 200;

    /// <summary>The database may work this long on the sold seats of one event.</summary>
    public const int SeatSalesSeconds = 10;

    /// <summary>Past houses that one node builds at a time: each reads the event's change log.</summary>
    public const int MaxReplays = 1;

    /// <summary>Answered with 503 while so many are built.</summary>
    public const int ReplayRetryAfterSeconds = 5;
}
