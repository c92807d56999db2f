namespace Onsale.Inventory.Seating;

/// <summary>Two bits a seat, by ordinal, lowest bits first: the form that is kept in memory and sent.</summary>
public sealed class PackedSeatStates
{
    private readonly byte[] _bytes;

    /// <summary>All seats available.</summary>
    public PackedSeatStates(int seatCount)
    {
        SeatCount = seatCount;
        _bytes = new byte[(seatCount + 3) / 4];
    }

    /// <summary>Number of seats.</summary>
    public int SeatCount { get; }

    /// <summary>Four seats a byte; unused bits of the last byte are 0.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>State of a seat.</summary>
    public SeatState this[int seat]
    {
        get => (SeatState)((_bytes[seat >> 2] >> ((seat & 3) * 2)) & 3);
        set
        {
            var shift = (seat & 3) * 2;
            ref var cell = ref _bytes[seat >> 2];
            cell = (byte)((cell & ~(3 << shift)) | ((int)value << shift));
        }
    }

    /// <summary>An independent copy.</summary>
    public PackedSeatStates Clone()
    {
        var copy = new PackedSeatStates(SeatCount);
        _bytes.CopyTo(copy._bytes, 0);
        return copy;
    }
}
