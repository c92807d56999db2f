namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// Knows the rules of the waitlist on its own: after no batch is a place free that somebody in line for standing places
/// could have been offered, or should have had kept; and each entry goes with its booking.
/// </summary>
internal sealed class WaitlistAuditor(EventSettings settings)
{
    private static readonly (WaitlistState? From, WaitlistState To)[] s_transitions =
    [
        (null, WaitlistState.Waiting), (WaitlistState.Waiting, WaitlistState.Keeping),
        (WaitlistState.Waiting, WaitlistState.Offered), (WaitlistState.Waiting, WaitlistState.Left),
        (WaitlistState.Waiting, WaitlistState.LimitReached), (WaitlistState.Waiting, WaitlistState.Waiting),
        (WaitlistState.Keeping, WaitlistState.Waiting), (WaitlistState.Keeping, WaitlistState.Keeping),
        (WaitlistState.Offered, WaitlistState.Offered), (WaitlistState.Offered, WaitlistState.Bought),
        (WaitlistState.Offered, WaitlistState.Declined), (WaitlistState.Offered, WaitlistState.OfferExpired),
        (WaitlistState.Offered, WaitlistState.Left),
    ];

    private readonly SortedDictionary<int, WaitlistEntry> _entries = [];
    private EventStatus _status = settings.Status;

    public void Clear()
    {
        _entries.Clear();
        _status = settings.Status;
    }

    public void Replay(SettingsPatch patch) => _status = patch.Status ?? _status;

    public void Replay(WaitlistChanged change)
    {
        var before = _entries.GetValueOrDefault(change.Entry.Number);
        SimulationAuditor.Require(
            before?.State == change.From && s_transitions.Contains((change.From, change.Entry.State))
                && (before is not null || change.Entry.Number == _entries.Count + 1),
            Finding.LogDiffers, $"{before} became {change.Entry}");
        _entries[change.Entry.Number] = change.Entry;
    }

    public void AfterEntry(long version, DateTimeOffset at, IEnumerable<Booking> bookings, int freeStanding)
    {
        var byId = bookings.ToDictionary(booking => booking.Id);
        foreach (var entry in _entries.Values.Where(entry => entry.IsLive && entry.State != WaitlistState.Waiting))
        {
            var booking = byId[entry.BookingId!.Value];
            SimulationAuditor.Require(
                booking.IsLive
                    && booking.BuyerId == (entry.State == WaitlistState.Offered ? entry.BuyerId : Waitlist.KeptFor),
                Finding.LogDiffers, $"{entry} has {booking} at version {version}");
        }

        if (_status != EventStatus.Published || at < settings.OnSaleAt || at >= settings.OffSaleAt)
            return;
        foreach (var entry in _entries.Values.Where(entry => entry.IsWaiting && entry.Tiers is [TestEvents.Standing]))
        {
            var kept = entry.State == WaitlistState.Keeping ? byId[entry.BookingId!.Value].Places.Length : 0;
            SimulationAuditor.Require(
                freeStanding == 0 || (freeStanding + kept < entry.Quantity && (entry.WasKept || kept > 0)),
                Finding.Untrue, $"{freeStanding} places are free at version {version}, for which {entry} waits");
        }
    }
}
