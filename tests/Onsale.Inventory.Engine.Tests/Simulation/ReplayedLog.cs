using static Onsale.Inventory.Engine.Tests.Simulation.SimulationAuditor;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// The change log of a simulation, replayed by rules of its own: each change must be one that can follow those before
/// it, at the prices and within the times of that moment. Knows nothing of the rows that the changes left.
/// </summary>
internal sealed class ReplayedLog(SimulatedTables tables)
{
    private static readonly (BookingState? From, BookingState To)[] s_transitions =
    [
        (null, BookingState.Held), (BookingState.Held, BookingState.Held),
        (BookingState.Held, BookingState.Paying), (BookingState.Held, BookingState.Confirmed),
        (BookingState.Held, BookingState.Released), (BookingState.Held, BookingState.Expired),
        (BookingState.Paying, BookingState.Held), (BookingState.Paying, BookingState.Paying),
        (BookingState.Paying, BookingState.Confirmed), (BookingState.Paying, BookingState.Released),
        (BookingState.Paying, BookingState.Expired), (BookingState.Confirmed, BookingState.Cancelled),
    ];

    private readonly Dictionary<Guid, Booking> _bookings = [];
    private readonly Dictionary<int, int> _firstCapacities = CapacitiesOf(tables);
    private readonly Dictionary<int, int> _capacities = CapacitiesOf(tables);
    private readonly Dictionary<int, int> _poolsBlocked = tables.Pools.ToDictionary(pool => pool.Key, _ => 0);
    private readonly long[] _firstPrices = [.. tables.Settings.Tiers.Select(tier => tier.Price)];
    private readonly long[] _prices = [.. tables.Settings.Tiers.Select(tier => tier.Price)];
    private readonly List<(long Version, Change Change)> _changes = [];
    private readonly WaitlistAuditor _waiting = new(tables.Settings);
    private DateTimeOffset _lastEntryAt = DateTimeOffset.MinValue;
    private int? _freeNeeds;

    /// <summary>Every change, in order.</summary>
    public IReadOnlyList<(long Version, Change Change)> Changes => _changes;

    /// <summary>Every booking there ever was, as it is now.</summary>
    public IReadOnlyDictionary<Guid, Booking> Bookings => _bookings;

    /// <summary>State of each numbered seat.</summary>
    public SeatState[] Seats { get; } = new SeatState[tables.Seats.Length];

    /// <summary>Places of each tier by quantity that are out of sale.</summary>
    public IReadOnlyDictionary<int, int> PoolsBlocked => _poolsBlocked;

    /// <summary>All places of each tier by quantity.</summary>
    public IReadOnlyDictionary<int, int> Capacities => _capacities;

    /// <summary>Before the first entry.</summary>
    public void Clear()
    {
        _bookings.Clear();
        _changes.Clear();
        Array.Clear(Seats);
        _firstPrices.CopyTo(_prices, 0);
        _freeNeeds = null;
        _waiting.Clear();
        foreach (var tier in _poolsBlocked.Keys)
            (_poolsBlocked[tier], _capacities[tier]) = (0, _firstCapacities[tier]);
        _lastEntryAt = DateTimeOffset.MinValue;
    }

    /// <summary>Replays the next entry.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="at">When it was written.</param>
    /// <param name="changes">Its changes.</param>
    /// <param name="touched">Takes the bookings that it changes.</param>
    public void Replay(long version, DateTimeOffset at, IEnumerable<Change> changes, HashSet<Guid> touched)
    {
        Require(at >= _lastEntryAt, Finding.LogDiffers, $"time went back at version {version}");
        _lastEntryAt = at;
        foreach (var change in changes)
        {
            Replay(version, at, change, touched);
            _changes.Add((version, change));
        }

        _waiting.AfterEntry(version, at, _bookings.Values, FreeOf(TestEvents.Standing));
    }

    private static Dictionary<int, int> CapacitiesOf(SimulatedTables tables) =>
        tables.Pools.ToDictionary(pool => pool.Key, pool => pool.Value.Total);

    private void Replay(long version, DateTimeOffset at, Change change, HashSet<Guid> touched)
    {
        switch (change)
        {
            case SeatsBlocked blocked:
                foreach (var seat in blocked.Seats)
                    Seats[seat] = blocked.Blocked ? SeatState.Blocked : SeatState.Available;
                break;
            case PoolBlocked blocked:
                _poolsBlocked[blocked.Tier] += blocked.Quantity;
                break;
            case PoolResized resized:
                _capacities[resized.Tier] += resized.Delta;
                break;
            case SettingsChanged { Patch: var patch }:
                foreach (var (tier, price) in patch.Prices)
                    _prices[tier] = price;
                foreach (var (_, needs) in patch.Needs)
                    _freeNeeds = needs;
                _waiting.Replay(patch);
                break;
            case WaitlistChanged waitlist:
                _waiting.Replay(waitlist);
                break;
            case BookingMoved { Booking: var moved } move:
                var old = _bookings[moved.Id];
                Require(
                    old.State == BookingState.Confirmed && moved.Version == version
                    && moved with { Places = old.Places, Version = old.Version, ChangedAt = old.ChangedAt } == old
                    && moved.Places.Select(place => place.Price).SequenceEqual(old.Places.Select(place => place.Price)),
                    Finding.LogDiffers, $"{old} moved to {moved}");
                foreach (var (from, to) in move.Moves)
                {
                    Require(Seats[from] == SeatState.Sold && Seats[to] == SeatState.Available,
                        Finding.LogDiffers, $"seat {from} is {Seats[from]} and moved to {to}, {Seats[to]}");
                    (Seats[from], Seats[to]) = (SeatState.Available, SeatState.Sold);
                }

                _bookings[moved.Id] = moved;
                touched.Add(moved.Id);
                break;
            case BookingChanged { Booking: var booking } changed:
                var before = _bookings.GetValueOrDefault(booking.Id);
                Require(changed.From == before?.State && s_transitions.Contains((before?.State, booking.State)),
                    Finding.LogDiffers, $"{booking.Id} went from {before?.State} to {booking.State}");
                Require(booking.Version == version, Finding.LogDiffers, $"{booking} at version {version}");
                if (!IsProlonged(before, booking))
                {
                    CheckExtension(before, booking);
                    CheckTime(before, booking, at);
                }

                Require(before is not null || booking.Places.All(place => IsPriced(booking, place)),
                    Finding.LogDiffers, $"{booking} is not at the prices of version {version}");
                Require(before is not null || IsAccompanied(booking), Finding.LogDiffers, $"{booking} is held alone");
                _bookings[booking.Id] = booking;
                touched.Add(booking.Id);
                var state = booking.State == BookingState.Confirmed ? SeatState.Sold
                    : Claims(booking.State) ? SeatState.Held : SeatState.Available;
                foreach (var place in booking.Places.Where(place => place.Seat >= 0))
                    Seats[place.Seat] = state;
                break;
        }
    }

    /// <summary>Nobody but who waits has a place alone that is sold only with another's.</summary>
    private bool IsAccompanied(Booking booking) => _freeNeeds is not { } needs || booking.BuyerId == Waitlist.KeptFor
        || booking.Places.All(place => place.Tier != TestEvents.Free)
        || booking.Places.Any(place => place.Tier == needs);

    private int FreeOf(int pool) => _capacities[pool] - _poolsBlocked[pool] - _bookings.Values
        .Where(booking => Claims(booking.State)).Sum(booking => booking.Places.Count(place => place.Tier == pool));

    /// <summary>
    /// Half of the tier's price with the code, rounded down; all of it without, and of what the code is not for; with
    /// the tier's fee and tax.
    /// </summary>
    private bool IsPriced(Booking booking, Place place)
    {
        var full = _prices[place.Tier];
        var isHalf = booking.Code is not null && place.Tier is TestEvents.Seated or TestEvents.Standing;
        return place == (tables.Settings.Tiers[place.Tier] with { Price = full })
            .Priced(new Place(place.Tier, place.Seat, full), isHalf ? full / 2 : full);
    }

    /// <summary>
    /// Given back the time of an outage: nothing else of it changed, and it never costs the buyer time.
    /// </summary>
    private static bool IsProlonged(Booking? before, Booking after) =>
        before is not null && before.IsLive && after.State == before.State && after.Extensions == before.Extensions
        && after.HeldUntil > before.HeldUntil && after.HeldUntil - before.HeldUntil <= OnSaleSimulation.MaxOutage
        && after.PayingUntil - before.PayingUntil == (
            before.PayingUntil is null ? null : after.HeldUntil - before.HeldUntil);

    /// <summary>
    /// A hold's end moves only by an extension: forward, by no more than half of the longest hold time there is, as
    /// often as the event allows, and not past the sale's end; or once for who pays later, and not past the event's
    /// last day.
    /// </summary>
    private void CheckExtension(Booking? before, Booking after)
    {
        if (before is null || (before.State, after.State) != (BookingState.Held, BookingState.Held))
        {
            Require(
                (after.HeldUntil, after.Extensions) == (before?.HeldUntil ?? after.HeldUntil, before?.Extensions ?? 0),
                Finding.LogDiffers, $"{before} became {after}");
            return;
        }

        var by = after.HeldUntil - before.HeldUntil;
        if (after.IsPaidLater)
        {
            var terms = tables.Settings.PayLater!;
            Require(!before.IsPaidLater && by > TimeSpan.Zero && after.HeldUntil <= terms.EndsAt
                && after.HeldUntil <= after.ChangedAt.AddDays(terms.Days),
                Finding.LogDiffers, $"{before} is to be paid later as {after}");
            return;
        }

        Require(after.Extensions == before.Extensions + 1 && after.Extensions <= tables.Settings.HoldExtensions
            && by > TimeSpan.Zero && by <= OnSaleSimulation.MaxHold / 2 && after.HeldUntil <= tables.Settings.OffSaleAt,
            Finding.LogDiffers, $"{before} was extended to {after}");
    }

    /// <summary>Nothing is held past its time, and nothing is taken before it.</summary>
    private static void CheckTime(Booking? before, Booking after, DateTimeOffset at)
    {
        if (before is null)
            return;
        if (after.State == BookingState.Expired || before.State == BookingState.Held)
        {
            Require(at >= before.HeldUntil == (after.State == BookingState.Expired), Finding.LogDiffers,
                $"{before} became {after.State} at {at:O}");
        }
    }
}
