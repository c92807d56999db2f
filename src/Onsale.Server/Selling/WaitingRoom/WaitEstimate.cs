namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>How long a wait may take, as a range: whoever leaves shortens it, and a slower pace lengthens it.</summary>
internal static class WaitEstimate
{
    private const double LeastPart = 0.7;
    private const double MostPart = 1.5;

    /// <summary>Null: it cannot be said, as before the draw or while the line stands.</summary>
    public static QueueWait? Of(Room room, long? position)
    {
        if (position is not { } at || room.IsPaused || room.IsSoldOut || room.Pace <= 0)
            return null;
        var seconds = Math.Max(0, at - room.Served) * 60 / room.Pace;
        return new QueueWait((int)Math.Floor(seconds * LeastPart), (int)Math.Ceiling(seconds * MostPart));
    }
}
