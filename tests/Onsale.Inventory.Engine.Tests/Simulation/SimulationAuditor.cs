using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Tests.Simulation;

internal enum Finding
{
    /// <summary>One place was sold or set aside twice.</summary>
    Oversell,

    /// <summary>A counter or seat row does not say what the bookings say.</summary>
    RowsDiffer,

    /// <summary>A buyer has more than the limit, or an address range holds more.</summary>
    OverLimit,

    /// <summary>Two bookings were made with one idempotency key.</summary>
    KeyUsedTwice,

    /// <summary>The change log has a gap, an impossible change, or leads elsewhere than to the tables.</summary>
    LogDiffers,

    /// <summary>A confirmed booking without one valid ticket a place, or another one with a valid ticket.</summary>
    TicketsDiffer,

    /// <summary>A reader is shown what never was.</summary>
    BoardDiffers,

    /// <summary>A caller was told something that is not true.</summary>
    Untrue,

    /// <summary>A command was never answered, or a lane raised an alarm.</summary>
    Broken,
}

internal sealed class AuditException(Finding finding, string message) : Exception($"{finding}: {message}")
{
    public Finding Finding => finding;
}

/// <summary>
/// Knows the rules on its own and looks at the tables after every step: whatever lanes, faults and chance did, these
/// hold. What callers were told is weighed against the change log at the end.
/// </summary>
/// <param name="tables">What it looks at.</param>
/// <param name="looksOnlyForOversell">For controls with a guard off, in which smaller things break first.</param>
internal sealed class SimulationAuditor(SimulatedTables tables, bool looksOnlyForOversell = false)
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

    private readonly Dictionary<Guid, Booking> _replayed = [];
    private readonly SeatState[] _seats = new SeatState[tables.Seats.Length];
    private readonly Dictionary<int, int> _firstCapacities =
        tables.Pools.ToDictionary(pool => pool.Key, pool => pool.Value.Total);

    private readonly Dictionary<int, int> _capacities =
        tables.Pools.ToDictionary(pool => pool.Key, pool => pool.Value.Total);

    private readonly Dictionary<int, int> _poolsBlocked = tables.Pools.ToDictionary(pool => pool.Key, _ => 0);
    private readonly long[] _prices = [.. tables.Settings.Tiers.Select(tier => tier.Price)];
    private readonly long[] _firstPrices = [.. tables.Settings.Tiers.Select(tier => tier.Price)];

    private int? _freeNeeds;

    // By version; of a version that was lost and written again, all there were.
    private readonly Dictionary<long, List<SeatState[]>> _history =
        new() { [0] = [new SeatState[tables.Seats.Length]] };
    private readonly WaitlistAuditor _waiting = new(tables.Settings);
    private DateTimeOffset _lastEntryAt = DateTimeOffset.MinValue;
    private int _entries;

    /// <summary>Every change of the log, in order.</summary>
    public List<(long Version, Change Change)> Changes { get; } = [];

    public void AfterStep(IEnumerable<AvailabilityView> boards)
    {
        if (looksOnlyForOversell)
        {
            CheckClaims();
            return;
        }

        if (_entries < tables.Log.Count)
        {
            CheckRows();
            CheckBuyers();
            CheckCodes();
            Require(tables.KeysUsedTwice == 0, Finding.KeyUsedTwice, $"{tables.KeysUsedTwice} keys");
            ReplayNewEntries();
        }

        foreach (var board in boards)
            CheckBoard(board);
    }

    /// <summary>The last entries were lost: what remains is replayed from the beginning.</summary>
    public void Restart()
    {
        _replayed.Clear();
        Changes.Clear();
        Array.Clear(_seats);
        _firstPrices.CopyTo(_prices, 0);
        _freeNeeds = null;
        _waiting.Clear();
        foreach (var tier in _poolsBlocked.Keys)
            (_poolsBlocked[tier], _capacities[tier]) = (0, _firstCapacities[tier]);
        (_lastEntryAt, _entries) = (DateTimeOffset.MinValue, 0);
        if (!looksOnlyForOversell)
            ReplayNewEntries();
    }

    public static void Require(bool isTrue, Finding finding, string message)
    {
        if (!isTrue)
            throw new AuditException(finding, message);
    }

    private static bool Claims(BookingState state) => state <= BookingState.Confirmed;

    /// <summary>Who has each seat, and how many places of each pool are gone, by the bookings alone.</summary>
    private (Guid?[] Seats, Dictionary<int, (int Held, int Sold)> Pools) CheckClaims()
    {
        var seats = new Guid?[tables.Seats.Length];
        var pools = tables.Pools.ToDictionary(pool => pool.Key, _ => (Held: 0, Sold: 0));
        foreach (var booking in tables.Bookings.Values.Where(booking => Claims(booking.State)))
        {
            foreach (var place in booking.Places)
            {
                if (place.Seat >= 0)
                {
                    Require(seats[place.Seat] is null, Finding.Oversell,
                        $"seat {place.Seat} belongs to {seats[place.Seat]} and to {booking.Id}");
                    seats[place.Seat] = booking.Id;
                    continue;
                }

                var (held, sold) = pools[place.Tier];
                pools[place.Tier] = booking.State == BookingState.Confirmed ? (held, sold + 1) : (held + 1, sold);
            }
        }

        foreach (var (tier, (held, sold)) in pools)
        {
            Require(held + sold <= tables.Pools[tier].Total, Finding.Oversell,
                $"{held} + {sold} of {tables.Pools[tier].Total} places of tier {tier}");
        }

        return (seats, pools);
    }

    private void CheckRows()
    {
        var (seats, pools) = CheckClaims();
        var layout = tables.Settings.Layout;
        foreach (var booking in tables.Bookings.Values.Where(booking => Claims(booking.State)))
        {
            var attributes = booking.Places.Where(place => place.IsSeat)
                .Aggregate(SeatAttributes.None, (all, place) => all | layout.AttributesOf(place.Seat));
            Require(
                !attributes.HasFlag(SeatAttributes.Companion) || attributes.HasFlag(SeatAttributes.Wheelchair),
                Finding.OverLimit, $"{booking} has a companion's place alone");
        }

        foreach (var (tier, row) in tables.Pools)
        {
            Require(
                pools[tier] == (row.Held, row.Sold), Finding.RowsDiffer, $"tier {tier} is {row}, not {pools[tier]}");
            Require(row.Available >= 0, Finding.RowsDiffer, $"tier {tier} is {row}");
        }

        for (var seat = 0; seat < seats.Length; seat++)
        {
            var row = tables.Seats[seat];
            var expected = seats[seat] is not { } owner ? null
                : tables.Bookings[owner].State == BookingState.Confirmed ? SeatState.Sold : (SeatState?)SeatState.Held;
            Require(
                row.Booking == seats[seat], Finding.RowsDiffer, $"seat {seat} is of {row.Booking}, not {seats[seat]}");
            Require(expected is null ? row.State is SeatState.Available or SeatState.Blocked : row.State == expected,
                Finding.RowsDiffer, $"seat {seat} is {row.State}, not {expected}");
        }
    }

    private void CheckBuyers()
    {
        foreach (var buyer in tables.Bookings.Values.Where(
            booking => Claims(booking.State)).GroupBy(booking => booking.BuyerId))
        {
            var places = buyer.Sum(booking => booking.Places.Length);
            if (buyer.Key == Waitlist.KeptFor)
                continue;
            Require(places <= tables.Settings.MaxTicketsPerBuyer, Finding.OverLimit, $"{buyer.Key} has {places}");
        }

        foreach (var range in tables.Bookings.Values.Where(
            booking => booking.State < BookingState.Confirmed).GroupBy(booking => booking.AddressRange))
        {
            var places = range.Sum(booking => booking.Places.Length);
            Require(range.Key == 0 || places <= OnSaleSimulation.MaxPlacesOfRange, Finding.OverLimit,
                $"address range {range.Key} holds {places}");
        }
    }

    /// <summary>As many uses as there may be, counted as the bookings are.</summary>
    private void CheckCodes()
    {
        var uses = tables.Bookings.Values.Where(booking => Claims(booking.State) && booking.Code is not null).ToList();
        Require(uses.Count <= OnSaleSimulation.MaxUsesOfCode, Finding.OverLimit, $"{uses.Count} uses of the code");
        Require(
            tables.Codes.GetValueOrDefault(0) == (uses.Count, uses.Sum(booking => booking.Places.Length)),
            Finding.RowsDiffer, $"the code counts {tables.Codes.GetValueOrDefault(0)}, its bookings are {uses.Count}");
        foreach (var buyer in uses.GroupBy(booking => booking.BuyerId))
        {
            var places = buyer.Sum(booking => booking.Places.Length);
            Require(places <= OnSaleSimulation.MaxTicketsOfCodePerBuyer, Finding.OverLimit,
                $"{buyer.Key} has {places} with the code");
        }
    }

    private void ReplayNewEntries()
    {
        var touched = new HashSet<Guid>();
        for (; _entries < tables.Log.Count; _entries++)
        {
            var (version, _, at, bytes) = tables.Log[_entries];
            Require(version == _entries + 1, Finding.LogDiffers, $"entry {_entries + 1} has version {version}");
            Require(at >= _lastEntryAt, Finding.LogDiffers, $"time went back at version {version}");
            _lastEntryAt = at;
            foreach (var change in ChangeLogCodec.Read(bytes))
            {
                Replay(version, at, change, touched);
                Changes.Add((version, change));
            }

            _waiting.AfterEntry(version, at, _replayed.Values, FreeOf(TestEvents.Standing));
            if (!_history.TryGetValue(version, out var written))
                _history.Add(version, written = []);
            written.Add([.. _seats]);
        }

        for (var seat = 0; seat < _seats.Length; seat++)
            Require(_seats[seat] == tables.Seats[seat].State, Finding.LogDiffers,
                $"seat {seat} is {_seats[seat]} by the log");
        foreach (var (tier, blocked) in _poolsBlocked)
            Require(blocked == tables.Pools[tier].Blocked, Finding.LogDiffers,
                $"{blocked} of tier {tier} are blocked by the log");
        foreach (var (tier, capacity) in _capacities)
            Require(capacity == tables.Pools[tier].Total, Finding.LogDiffers,
                $"tier {tier} has {capacity} places by the log");
        foreach (var id in touched)
        {
            // The log names an address range once, where it is held from.
            Require(Same(_replayed[id] with { AddressRange = 0 }, tables.Bookings[id] with { AddressRange = 0 }),
                Finding.LogDiffers,
                $"{_replayed[id]}, not {tables.Bookings[id]}");
            var valid = tables.Tickets.Values.Count(ticket => ticket.Booking == id && ticket.IsValid);
            var due = _replayed[id].State == BookingState.Confirmed ? _replayed[id].Places.Length : 0;
            Require(
                valid == due, Finding.TicketsDiffer, $"{id} is {_replayed[id].State} and has {valid} valid tickets");
        }

        Require(
            _replayed.Count == tables.Bookings.Count, Finding.LogDiffers, "there are bookings the log does not know");
        var nextDue = _replayed.Values.Where(booking => booking.State <= BookingState.Paying)
            .Select(booking => booking.PayingUntil ?? booking.HeldUntil).Order().Cast<DateTimeOffset?>()
                .FirstOrDefault();
        Require(tables.NextDueAt == nextDue, Finding.RowsDiffer, $"next due is {tables.NextDueAt}, not {nextDue}");
    }

    private void Replay(long version, DateTimeOffset at, Change change, HashSet<Guid> touched)
    {
        switch (change)
        {
            case SeatsBlocked blocked:
                foreach (var seat in blocked.Seats)
                    _seats[seat] = blocked.Blocked ? SeatState.Blocked : SeatState.Available;
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
                var old = _replayed[moved.Id];
                Require(
                    old.State == BookingState.Confirmed && moved.Version == version
                    && moved with { Places = old.Places, Version = old.Version, ChangedAt = old.ChangedAt } == old
                    && moved.Places.Select(place => place.Price).SequenceEqual(old.Places.Select(place => place.Price)),
                    Finding.LogDiffers, $"{old} moved to {moved}");
                foreach (var (from, to) in move.Moves)
                {
                    Require(_seats[from] == SeatState.Sold && _seats[to] == SeatState.Available,
                        Finding.LogDiffers, $"seat {from} is {_seats[from]} and moved to {to}, {_seats[to]}");
                    (_seats[from], _seats[to]) = (SeatState.Available, SeatState.Sold);
                }

                _replayed[moved.Id] = moved;
                touched.Add(moved.Id);
                break;
            case BookingChanged { Booking: var booking } changed:
                var before = _replayed.GetValueOrDefault(booking.Id);
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
                _replayed[booking.Id] = booking;
                touched.Add(booking.Id);
                var state = booking.State == BookingState.Confirmed ? SeatState.Sold
                    : Claims(booking.State) ? SeatState.Held : SeatState.Available;
                foreach (var place in booking.Places.Where(place => place.Seat >= 0))
                    _seats[place.Seat] = state;
                break;
        }
    }

    /// <summary>Nobody but who waits has a place alone that is sold only with another's.</summary>
    private bool IsAccompanied(Booking booking) => _freeNeeds is not { } needs || booking.BuyerId == Waitlist.KeptFor
        || booking.Places.All(place => place.Tier != TestEvents.Free)
        || booking.Places.Any(place => place.Tier == needs);

    private int FreeOf(int pool) => _capacities[pool] - _poolsBlocked[pool] - _replayed.Values
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

    /// <summary>Given back the time of an outage: nothing else of it changed, and it never costs the buyer time.</summary>
    private static bool IsProlonged(Booking? before, Booking after) =>
        before is not null && before.IsLive && after.State == before.State && after.Extensions == before.Extensions
        && after.HeldUntil > before.HeldUntil && after.HeldUntil - before.HeldUntil <= OnSaleSimulation.MaxOutage
        && after.PayingUntil - before.PayingUntil == (
            before.PayingUntil is null ? null : after.HeldUntil - before.HeldUntil);

    /// <summary>
    /// A hold's end moves only by an extension: forward, by no more than half of the longest hold time there is, as often
    /// as the event allows, and not past the sale's end; or once for who pays later, and not past the event's last day.
    /// </summary>
    private void CheckExtension(Booking? before, Booking after)
    {
        if (before is null || (before.State, after.State) != (BookingState.Held, BookingState.Held))
        {
            Require((after.HeldUntil, after.Extensions) == (before?.HeldUntil ?? after.HeldUntil, before?.Extensions ?? 0),
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

    private void CheckBoard(AvailabilityView board)
    {
        if (!board.IsLoaded)
            return;
        var snapshot = board.Snapshot();
        Require(
            _history.TryGetValue(snapshot.Version, out var written), Finding.BoardDiffers,
            $"version {snapshot.Version}");
        Require(
            written!.Exists(seats => Enumerable.Range(0, seats.Length).All(seat => seats[seat] == snapshot.StateOf(seat))),
            Finding.BoardDiffers, $"the seats shown at version {snapshot.Version} never were");
    }

    public static bool Same(Booking one, Booking other) =>
        one with { Places = other.Places } == other && one.Places.SequenceEqual(other.Places);
}
