using System.Collections.Frozen;
using Onsale.Inventory.Seating;

namespace Onsale.Server.Catalog.SeatingPlans;

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
