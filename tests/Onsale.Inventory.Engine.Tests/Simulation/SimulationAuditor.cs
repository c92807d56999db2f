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
    private readonly ReplayedLog _log = new(tables);

    // By version; of a version that was lost and written again, all there were.
    private readonly Dictionary<long, List<SeatState[]>> _history =
        new() { [0] = [new SeatState[tables.Seats.Length]] };

    private int _entries;

    /// <summary>Every change of the log, in order.</summary>
    public IReadOnlyList<(long Version, Change Change)> Changes => _log.Changes;

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
        _log.Clear();
        _entries = 0;
        if (!looksOnlyForOversell)
            ReplayNewEntries();
    }

    public static void Require(bool isTrue, Finding finding, string message)
    {
        if (!isTrue)
            throw new AuditException(finding, message);
    }

    internal static bool Claims(BookingState state) => state <= BookingState.Confirmed;

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
            _log.Replay(version, at, ChangeLogCodec.Read(bytes), touched);
            if (!_history.TryGetValue(version, out var written))
                _history.Add(version, written = []);
            written.Add([.. _log.Seats]);
        }

        for (var seat = 0; seat < _log.Seats.Length; seat++)
            Require(_log.Seats[seat] == tables.Seats[seat].State, Finding.LogDiffers,
                $"seat {seat} is {_log.Seats[seat]} by the log");
        foreach (var (tier, blocked) in _log.PoolsBlocked)
            Require(blocked == tables.Pools[tier].Blocked, Finding.LogDiffers,
                $"{blocked} of tier {tier} are blocked by the log");
        foreach (var (tier, capacity) in _log.Capacities)
            Require(capacity == tables.Pools[tier].Total, Finding.LogDiffers,
                $"tier {tier} has {capacity} places by the log");
        foreach (var id in touched)
        {
            var booking = _log.Bookings[id];
            // The log names an address range once, where it is held from.
            Require(Same(booking with { AddressRange = 0 }, tables.Bookings[id] with { AddressRange = 0 }),
                Finding.LogDiffers, $"{booking}, not {tables.Bookings[id]}");
            var valid = tables.Tickets.Values.Count(ticket => ticket.Booking == id && ticket.IsValid);
            var due = booking.State == BookingState.Confirmed ? booking.Places.Length : 0;
            Require(valid == due, Finding.TicketsDiffer, $"{id} is {booking.State} and has {valid} valid tickets");
        }

        Require(_log.Bookings.Count == tables.Bookings.Count, Finding.LogDiffers,
            "there are bookings the log does not know");
        var nextDue = _log.Bookings.Values.Where(booking => booking.State <= BookingState.Paying)
            .Select(booking => booking.PayingUntil ?? booking.HeldUntil).Order().Cast<DateTimeOffset?>()
                .FirstOrDefault();
        Require(tables.NextDueAt == nextDue, Finding.RowsDiffer, $"next due is {tables.NextDueAt}, not {nextDue}");
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
            written!.Exists(
                seats => Enumerable.Range(0, seats.Length).All(seat => seats[seat] == snapshot.StateOf(seat))),
            Finding.BoardDiffers, $"the seats shown at version {snapshot.Version} never were");
    }

    public static bool Same(Booking one, Booking other) =>
        one with { Places = other.Places } == other && one.Places.SequenceEqual(other.Places);
}
