using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Most memory that all lanes of a node may take, by their own estimates.</summary>
/// <param name="MaxBytes">Past it, idle lanes are dropped.</param>
internal sealed record LaneMemory(long MaxBytes)
{
    /// <summary>A part of what this process may use, a container's limit included.</summary>
    public static LaneMemory OfThisProcess() => new(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 100 * JournalLimits.MaxLaneMemoryPercent);
}
