using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// The database's tables, modelled on their own: rows, and the conditions under which they take a batch. Shares nothing
/// with the code under test but the records that cross the journal.
/// </summary>
internal sealed class SimulatedTables(EventSettings settings, int poolCapacity)
{
    private const int MaxPast = 8;

    private readonly List<Action> _past = [];

    public EventSettings Settings { get; set; } = settings;

    public SeatRow[] Seats { get; } = new SeatRow[settings.Layout.SeatCount];

    public Dictionary<int, TierCounts> Pools { get; } = settings.Tiers
        .Select((tier, number) => (tier, number))
        .Where(item => item.tier.Kind == TierKind.Quantity)
        .ToDictionary(item => item.number, _ => new TierCounts(poolCapacity, 0, 0, 0));

    public Dictionary<Guid, Booking> Bookings { get; } = [];

    public Dictionary<int, (int Uses, int Tickets)> Codes { get; } = [];

    public Dictionary<int, WaitlistEntry> Waitlist { get; } = [];

    public Dictionary<Guid, (Guid Fingerprint, Guid Booking)> Keys { get; } = [];

    /// <summary>Nothing in the tables forbids it; what knows of used keys must.</summary>
    public int KeysUsedTwice { get; private set; }

    public Dictionary<string, (Guid Booking, bool IsValid)> Tickets { get; } = [];

    public List<(long Version, Guid BatchId, DateTimeOffset At, byte[] Changes)> Log { get; } = [];

    public long Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; } = DateTimeOffset.MinValue;

    public DateTimeOffset? NextDueAt { get; private set; }

    /// <summary>Why the tables do not take a batch; null: they do.</summary>
    public string? WhyNot(BatchCommit commit)
    {
        if (commit.Entry.Version != Version + 1)
            return $"version {commit.Entry.Version} after {Version}";
        foreach (var write in commit.Writes.Seats)
        {
            if (Seats[write.Seat] != new SeatRow(write.OldState, write.OldBooking))
                return $"seat {write.Seat} is {Seats[write.Seat]}";
            if (write.NewState is SeatState.Held or SeatState.Sold != write.NewBooking is not null)
                return $"seat {write.Seat} would be {write.NewState} of {write.NewBooking}";
        }

        foreach (var write in commit.Writes.Pools)
        {
            var pool = After(write);
            if (pool.Held < 0 || pool.Sold < 0 || pool.Blocked < 0 || pool.Available < 0)
                return $"pool {write.Tier} would be {pool}";
        }

        if (commit.Writes.InsertedBookings.FirstOrDefault(booking => Bookings.ContainsKey(booking.Id)) is { } twice)
            return $"booking {twice.Id} exists";
        foreach (var (oldState, booking) in commit.Writes.UpdatedBookings)
        {
            if (!Bookings.TryGetValue(booking.Id, out var row) || row.State != oldState)
                return $"booking {booking.Id} is {row?.State}, not {oldState}";
        }

        foreach (var write in commit.Writes.Codes)
        {
            var after = commit.Writes.SettingsChanges.Aggregate(
                Settings, (before, change) => change.Patch.ApplyTo(before, change.SettingsVersion));
            var (uses, tickets) = After(write);
            if (uses < 0 || tickets < 0 || uses > after.Codes[write.Code].MaxUses)
                return $"code {write.Code} would have {uses} uses";
        }

        return commit.Writes.Tickets.SelectMany(ticket => ticket.Codes).Any(Tickets.ContainsKey)
            ? "a ticket code exists"
            : null;
    }

    /// <summary>What a failover to a standby that is behind does: the last batches have never been.</summary>
    public bool LoseLast(int batches)
    {
        if (batches > _past.Count)
            return false;
        _past[^batches]();
        _past.RemoveRange(_past.Count - batches, batches);
        return true;
    }

    public void Write(BatchCommit commit)
    {
        Remember();
        foreach (var write in commit.Writes.Seats)
            Seats[write.Seat] = new SeatRow(write.NewState, write.NewBooking);
        foreach (var write in commit.Writes.Pools)
            Pools[write.Tier] = After(write);
        foreach (var write in commit.Writes.Codes)
            Codes[write.Code] = After(write);
        foreach (var booking in commit.Writes.InsertedBookings)
            Bookings[booking.Id] = booking with { Extensions = 0 };
        foreach (var (_, booking) in commit.Writes.UpdatedBookings)
        {
            var row = Bookings[booking.Id];
            Bookings[booking.Id] = booking with
            {
                HeldUntil = row.HeldUntil,
                Extensions = row.Extensions,
                Places = row.Places,
            };
        }

        foreach (var booking in commit.Writes.MovedBookings)
            Bookings[booking.Id] = Bookings[booking.Id] with { Places = booking.Places };

        foreach (var booking in commit.Writes.ExtendedBookings)
        {
            var row = Bookings[booking.Id];
            Bookings[booking.Id] = row with { HeldUntil = booking.HeldUntil, Extensions = booking.Extensions };
        }

        foreach (var (booking, codes) in commit.Writes.Tickets)
        {
            foreach (var code in codes)
                Tickets[code] = (booking.Id, true);
        }

        foreach (var voided in commit.Writes.VoidedBookings)
        {
            foreach (var code in Tickets.Where(
                ticket => ticket.Value.Booking == voided).Select(ticket => ticket.Key).ToList())
                Tickets[code] = (voided, false);
        }

        foreach (var (key, booking) in commit.Keys)
        {
            if (!Keys.TryAdd(key.KeyHash, (key.Fingerprint, booking)))
                KeysUsedTwice++;
        }

        foreach (var write in commit.Writes.Waitlist)
            Waitlist[write.Entry.Number] = write.Entry;
        foreach (var change in commit.Writes.SettingsChanges)
            Settings = change.Patch.ApplyTo(Settings, Settings.SettingsVersion + 1);
        var entry = commit.Entry;
        Log.Add((entry.Version, entry.BatchId, entry.At, ChangeLogCodec.Write(entry.Changes)));
        (Version, ChangedAt, NextDueAt) = (entry.Version, entry.At, commit.NextDueAt);
    }

    public EventInventory Load()
    {
        var seats = new PackedSeatStates(Seats.Length);
        for (var seat = 0; seat < Seats.Length; seat++)
            seats[seat] = Seats[seat].State;
        var claiming = Bookings.Values.Where(booking => booking.State <= BookingState.Confirmed).ToList();
        return new EventInventory(Settings, new InventorySnapshot(
            Version, Log.Count == 0 ? null : Log[^1].BatchId, ChangedAt, seats, new Dictionary<int, TierCounts>(Pools),
            [.. claiming.Where(booking => booking.State != BookingState.Confirmed)],
            claiming.GroupBy(booking => booking.BuyerId)
                .ToDictionary(buyer => buyer.Key, buyer => buyer.Sum(booking => booking.Places.Length)),
            [.. Keys.Values.Select(key => key.Booking)])
        {
            Waitlist = [.. Waitlist.Values.Where(entry => entry.IsLive || entry.Number == Waitlist.Count)
                .OrderBy(entry => entry.Number)],
            CodeUses =
            [
                .. claiming.Where(booking => booking.Code is not null)
                    .GroupBy(booking => (booking.Code!.Value, booking.BuyerId))
                    .Select(used => new CodeUse(
                        used.Key.Value, used.Key.BuyerId, used.Count(), used.Sum(booking => booking.Places.Length))),
            ],
        });
    }

    private void Remember()
    {
        var (settings, seats, log) = (Settings, (SeatRow[])Seats.Clone(), Log.Count);
        var (version, changedAt, nextDueAt) = (Version, ChangedAt, NextDueAt);
        var restore = RestorerOf(Pools) + RestorerOf(Codes) + RestorerOf(Bookings) + RestorerOf(Keys)
            + RestorerOf(Tickets)
            + RestorerOf(Waitlist);
        if (_past.Count == MaxPast)
            _past.RemoveAt(0);
        _past.Add(() =>
        {
            restore();
            seats.CopyTo(Seats, 0);
            Log.RemoveRange(log, Log.Count - log);
            (Settings, Version, ChangedAt, NextDueAt) = (settings, version, changedAt, nextDueAt);
        });
    }

    private static Action RestorerOf<TKey, TValue>(Dictionary<TKey, TValue> rows) where TKey : notnull
    {
        var copy = new Dictionary<TKey, TValue>(rows);
        return () =>
        {
            rows.Clear();
            foreach (var (key, value) in copy)
                rows.Add(key, value);
        };
    }

    private (int Uses, int Tickets) After(CodeWrite write)
    {
        var (uses, tickets) = Codes.GetValueOrDefault(write.Code);
        return (uses + write.Uses, tickets + write.Tickets);
    }

    private TierCounts After(PoolWrite write)
    {
        var pool = Pools[write.Tier];
        return pool with
        {
            Held = pool.Held + write.Held,
            Sold = pool.Sold + write.Sold,
            Blocked = pool.Blocked + write.Blocked,
            Total = pool.Total + write.Capacity,
        };
    }
}

internal readonly record struct SeatRow(SeatState State, Guid? Booking);
