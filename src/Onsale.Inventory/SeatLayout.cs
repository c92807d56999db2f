namespace Onsale.Inventory;

/// <summary>
/// What the decisions need to know of an event's numbered seats: immutable, shared by all readers, and small (about
/// ten bytes a seat). Ordinals run section by section, row by row, and along each row in seat order.
/// </summary>
public sealed class SeatLayout
{
    private readonly byte[] _tiers;
    private readonly int[] _rowStarts;
    private readonly int[] _rowOfSeat;
    private readonly short[] _rowSections;
    private readonly float[] _distances;
    private readonly bool[] _adjacentToNext;

    /// <param name="tiers">Tier number of each seat by ordinal.</param>
    /// <param name="rowStarts">First ordinal of each row, ascending, starting with 0.</param>
    /// <param name="rowSections">Section index of each row; rows of one section stand together, front to back.</param>
    /// <param name="distances">Distance of each seat to the plan's focal point, in the plan's own unit.</param>
    /// <param name="adjacentToNext">Whether seat i and seat i + 1 stand side by side: false at a row's end and at an aisle.</param>
    /// <exception cref="ArgumentException">The arrays do not fit one another.</exception>
    public SeatLayout(byte[] tiers, int[] rowStarts, short[] rowSections, float[] distances, bool[] adjacentToNext)
    {
        if (tiers.Length != distances.Length || tiers.Length != adjacentToNext.Length)
            throw new ArgumentException("Tiers, distances and adjacency must have one element a seat.");
        if (rowStarts.Length != rowSections.Length)
            throw new ArgumentException("Row starts and row sections must have one element a row.");
        if (tiers.Length > InventoryLimits.MaxSeatsPerEvent)
            throw new ArgumentException($"An event has at most {InventoryLimits.MaxSeatsPerEvent} numbered seats.");

        _rowOfSeat = new int[tiers.Length];
        for (var row = 0; row < rowStarts.Length; row++)
        {
            var end = row + 1 < rowStarts.Length ? rowStarts[row + 1] : tiers.Length;
            if ((row == 0 && rowStarts[0] != 0) || end <= rowStarts[row])
                throw new ArgumentException($"Row {row} is empty or out of order.");
            Array.Fill(_rowOfSeat, row, rowStarts[row], end - rowStarts[row]);
            if (adjacentToNext[end - 1])
                throw new ArgumentException($"The last seat of row {row} has no neighbour after it.");
        }

        if (rowStarts.Length == 0 && tiers.Length > 0)
            throw new ArgumentException("Seats need rows.");
        (_tiers, _rowStarts, _rowSections, _distances, _adjacentToNext) =
            (tiers, rowStarts, rowSections, distances, adjacentToNext);
    }

    /// <summary>An event without numbered seats.</summary>
    public static SeatLayout Empty { get; } = new([], [], [], [], []);

    /// <summary>Number of seats; ordinals are 0 … SeatCount − 1.</summary>
    public int SeatCount => _tiers.Length;

    /// <summary>Number of rows.</summary>
    public int RowCount => _rowStarts.Length;

    /// <summary>Tier number of a seat.</summary>
    public int TierOf(int seat) => _tiers[seat];

    /// <summary>Row index of a seat.</summary>
    public int RowOf(int seat) => _rowOfSeat[seat];

    /// <summary>Section index of a row.</summary>
    public int SectionOf(int row) => _rowSections[row];

    /// <summary>First ordinal of a row.</summary>
    public int RowStart(int row) => _rowStarts[row];

    /// <summary>Ordinal after the last seat of a row.</summary>
    public int RowEnd(int row) => row + 1 < _rowStarts.Length ? _rowStarts[row + 1] : _tiers.Length;

    /// <summary>Distance of a seat to the focal point.</summary>
    public float DistanceOf(int seat) => _distances[seat];

    /// <summary>Whether this seat and the next ordinal stand side by side.</summary>
    public bool IsAdjacentToNext(int seat) => _adjacentToNext[seat];
}
