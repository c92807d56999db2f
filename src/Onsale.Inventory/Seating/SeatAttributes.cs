namespace Onsale.Inventory.Seating;

/// <summary>
/// What a buyer may need to know of a seat. The bits are in seat maps.
/// </summary>
[Flags]
public enum SeatAttributes : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A place for a wheelchair.</summary>
    Wheelchair = 1,

    /// <summary>Beside a place for a wheelchair, for a companion.</summary>
    Companion = 2,

    /// <summary>Something stands in the way of the view.</summary>
    RestrictedView = 4,

    /// <summary>At an aisle.</summary>
    Aisle = 8,
}

/// <summary>What a party needs of the seats that the house chooses for it.</summary>
[Flags]
public enum SeatNeeds : byte
{
    /// <summary>Nothing: places for wheelchairs and their companions are left to those who need them.</summary>
    None = 0,

    /// <summary>A place for a wheelchair; the others of the party beside it.</summary>
    Wheelchair = 1,

    /// <summary>One of the seats at an aisle.</summary>
    Aisle = 2,

    /// <summary>Nothing in the way of the view of any of them.</summary>
    FullView = 4,
}
