using System.Collections.Frozen;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// What a buyer may need to know of a seat. The bits are in seat maps, the names of
/// <see cref="SeatAttributeNames"/> in plan files.
/// </summary>
[Flags]
internal enum SeatAttributes : byte
{
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

/// <summary>The names of attributes in plan files and in the API.</summary>
internal static class SeatAttributeNames
{
    /// <summary>In the order in which files are written.</summary>
    public static readonly IReadOnlyList<(string Name, SeatAttributes Attribute)> All =
    [
        ("wheelchair", SeatAttributes.Wheelchair), ("companion", SeatAttributes.Companion),
        ("restrictedView", SeatAttributes.RestrictedView), ("aisle", SeatAttributes.Aisle),
    ];

    private static readonly FrozenDictionary<string, SeatAttributes> ByName =
        All.ToFrozenDictionary(one => one.Name, one => one.Attribute, StringComparer.Ordinal);

    public static SeatAttributes? Find(string name) => ByName.TryGetValue(name, out var attribute) ? attribute : null;

    /// <summary>Null where there are none.</summary>
    public static string[]? NamesOf(SeatAttributes attributes) => attributes == SeatAttributes.None
        ? null
        : [.. All.Where(one => attributes.HasFlag(one.Attribute)).Select(one => one.Name)];
}
