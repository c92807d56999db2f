namespace Onsale.Inventory.Seating;

/// <summary>
/// What the decisions need to know of an event's numbered seats: immutable, shared by all readers, and small (six
/// bytes a seat, of which five may be shared by all events of a plan). Ordinals run section by section, row by row, and
/// along each row in seat order.
/// </summary>
public sealed class SeatLayout
{
    private const int SeatsInBlock = 64;

    private readonly byte[] _tiers;
    private readonly int[] _rowStarts;

    // The row of every sixty-fourth seat; its neighbours' rows are a few steps on.
    private readonly int[] _rowOfBlock;
    private readonly short[] _rowSections;
    private readonly float[] _distances;
    private readonly bool[] _adjacentToNext;
    private readonly SeatAttributes[]? _attributes;

    /// <param name="tiers">Tier number of each seat by ordinal.</param>
    /// <param name="rowStarts">First ordinal of each row, ascending, starting with 0.</param>
    /// <param name="rowSections">Section index of each row; rows of one section stand together, front to back.</param>
    /// <param name="distances">Distance of each seat to the plan's focal point, in the plan's own unit.</param>
    /// <param name="adjacentToNext">
    /// Whether seat i and seat i + 1 stand side by side: false at a row's end and at an aisle.
    /// </param>
    /// <param name="attributes">What is special about each seat; null where nothing is about any.</param>
    /// <exception cref="ArgumentException">The arrays do not fit one another.</exception>
    public SeatLayout(
        byte[] tiers, int[] rowStarts, short[] rowSections, float[] distances, bool[] adjacentToNext,
        SeatAttributes[]? attributes = null)
    {
        if (tiers.Length != distances.Length || tiers.Length != adjacentToNext.Length
            || (attributes is not null && tiers.Length != attributes.Length))
            throw new ArgumentException("Tiers, distances, adjacency and attributes must have one element a seat.");
        if (rowStarts.Length != rowSections.Length)
            throw new ArgumentException("Row starts and row sections must have one element a row.");
        if (tiers.Length > InventoryLimits.MaxSeatsPerEvent)
            throw new ArgumentException($"An event has at most {InventoryLimits.MaxSeatsPerEvent} numbered seats.");

        _rowOfBlock = new int[(tiers.Length + SeatsInBlock - 1) / SeatsInBlock];
        for (var row = 0; row < rowStarts.Length; row++)
        {
            var end = row + 1 < rowStarts.Length ? rowStarts[row + 1] : tiers.Length;
            if ((row == 0 && rowStarts[0] != 0) || end <= rowStarts[row] || end > tiers.Length)
                throw new ArgumentException($"Row {row} is empty or out of order.");
            for (var block = (rowStarts[row] + SeatsInBlock - 1) / SeatsInBlock; block * SeatsInBlock < end; block++)
                _rowOfBlock[block] = row;
            if (adjacentToNext[end - 1])
                throw new ArgumentException($"The last seat of row {row} has no neighbour after it.");
        }

        if (rowStarts.Length == 0 && tiers.Length > 0)
            throw new ArgumentException("Seats need rows.");
        (_tiers, _rowStarts, _rowSections, _distances, _adjacentToNext, _attributes) =
            (tiers, rowStarts, rowSections, distances, adjacentToNext, attributes);
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
    public int RowOf(int seat)
    {
        var row = _rowOfBlock[seat / SeatsInBlock];
        while (seat >= RowEnd(row))
            row++;
        return row;
    }

    /// <summary>Section index of a row.</summary>
    public int SectionOf(int row) => _rowSections[row];

    /// <summary>First ordinal of a row.</summary>
    public int RowStart(int row) => _rowStarts[row];

    /// <summary>Ordinal after the last seat of a row.</summary>
    public int RowEnd(int row) => row + 1 < _rowStarts.Length ? _rowStarts[row + 1] : _tiers.Length;

    /// <summary>Distance of a seat to the focal point.</summary>
    public float DistanceOf(int seat) => _distances[seat];

    /// <summary>Whether any seat has attributes.</summary>
    public bool HasAttributes => _attributes is not null;

    /// <summary>What is special about a seat.</summary>
    public SeatAttributes AttributesOf(int seat) => _attributes is null ? SeatAttributes.None : _attributes[seat];

    /// <summary>Whether this seat and the next ordinal stand side by side.</summary>
    public bool IsAdjacentToNext(int seat) => _adjacentToNext[seat];
}
