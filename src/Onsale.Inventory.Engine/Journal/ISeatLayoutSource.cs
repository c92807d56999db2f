using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Seating plans as the inventory needs them; implemented by the module that keeps plans.</summary>
internal interface ISeatLayoutSource
{
    /// <summary>The layout of a plan's seats with their tiers; null: there is no such plan.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="tierOfCategory">The tier number of a category of the plan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<SeatLayout?> FindAsync(Guid planId, Func<string, int> tierOfCategory, CancellationToken cancellationToken);
}
