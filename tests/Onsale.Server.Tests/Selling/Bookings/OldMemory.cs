using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

internal static class OldMemory
{
    /// <summary>
    /// Waits until a lane's memory is too old to refuse a hold at once: what can only be refused then waits in the
    /// queue as well, and a database's clock that has jumped is noticed.
    /// </summary>
    public static Task TooOldToRefuseAsync(this EventLane lane) => Eventually.ShouldBeTrueAsync(
        () => lane.Availability.Age.TotalMilliseconds > LaneLimits.MaxRefusalAgeMilliseconds,
        "memory is too old to refuse");
}
