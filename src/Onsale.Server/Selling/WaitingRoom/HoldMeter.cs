using System.Numerics;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// What a node sees of the holds of one event with a room: how many, how long, how many were turned away. Counters of
/// powers of two, so that measuring costs a hold next to nothing.
/// </summary>
internal sealed class HoldMeter(TimeProvider time)
{
    // The upper bounds are 1, 2, 4 … 2¹⁵ milliseconds.
    private readonly int[] _durations = new int[16];
    private int _holds;
    private int _refused;
    private long _since = time.GetTimestamp();

    /// <summary>A hold was asked for.</summary>
    public void Begin() => Interlocked.Increment(ref _holds);

    /// <summary>A hold was answered.</summary>
    /// <param name="startedAt">Timestamp.</param>
    /// <param name="isRefused">Whether it found a full queue.</param>
    public void End(long startedAt, bool isRefused)
    {
        var milliseconds = (uint)Math.Clamp(time.GetElapsedTime(startedAt).TotalMilliseconds, 0, 32_000);
        var bucket = Math.Min(_durations.Length - 1, 32 - BitOperations.LeadingZeroCount(milliseconds));
        Interlocked.Increment(ref _durations[bucket]);
        if (isRefused)
            Interlocked.Increment(ref _refused);
    }

    /// <summary>What was seen since the last call.</summary>
    /// <param name="viewers">Connections to the live feed.</param>
    public RoomLoad Take(int viewers)
    {
        var seconds = Math.Max(0.1, time.GetElapsedTime(_since).TotalSeconds);
        _since = time.GetTimestamp();
        var durations = _durations.Select((_, bucket) => Interlocked.Exchange(ref _durations[bucket], 0)).ToArray();
        return new RoomLoad(
            Interlocked.Exchange(ref _holds, 0) / seconds, P99(durations), Interlocked.Exchange(ref _refused, 0),
            viewers);
    }

    private static double P99(int[] durations)
    {
        var above = durations.Sum() / 100;
        for (var bucket = durations.Length - 1; bucket >= 0; bucket--)
        {
            if (durations[bucket] > above)
                return 1 << bucket;
            above -= durations[bucket];
        }

        return 0;
    }
}
