namespace Onsale.Inventory.Tests;

/// <summary>
/// Decides batches and remembers bookings and keys, as the tables would: what a test needs to look at decisions alone.
/// </summary>
internal sealed class BoxOffice(EventInventory inventory)
{
    private readonly Dictionary<Guid, Booking> _bookings = [];
    private readonly Dictionary<Guid, NewKey> _keys = [];

    public BoxOffice(EventSettings settings, int poolCapacity = 10)
        : this(TestEvents.InventoryOf(settings, poolCapacity: poolCapacity))
    {
    }

    public EventInventory Inventory => inventory;

    public DateTimeOffset Now { get; set; } = TestEvents.Now;

    public bool KeepsDueHolds { get; set; }

    public BatchDecision Batch(params InventoryCommand[] commands)
    {
        var keys = _keys.ToDictionary(
            pair => pair.Key, pair => new UsedKey(pair.Value.Key.Fingerprint, _bookings[pair.Value.BookingId]));
        var decision = InventoryDecider.Decide(
            inventory,
            new BatchContext(Now, keys, new Dictionary<Guid, Booking>(_bookings)) { KeepsDueHolds = KeepsDueHolds },
            commands);
        if (decision.Changes.Count > 0)
            inventory.Advance(EntryOf(decision));
        foreach (var change in decision.Changes.OfType<BookingChanged>())
            _bookings[change.Booking.Id] = change.Booking;
        foreach (var change in decision.Changes.OfType<BookingReassigned>())
            _bookings[change.Booking.Id] = change.Booking;
        foreach (var change in decision.Changes.OfType<BookingMoved>())
            _bookings[change.Booking.Id] = change.Booking;
        foreach (var key in decision.Keys)
            _keys.Add(key.Key.KeyHash, key);
        return decision;
    }

    /// <summary>The log entry that a decision, made on the version before, leads to.</summary>
    public LogEntry EntryOf(BatchDecision decision)
    {
        var version = inventory.Version + 1;
        return new LogEntry(version, TestEvents.Id((int)version), Now, decision.Changes);
    }

    public CommandResult Do(InventoryCommand command) => Batch(command).Results.ShouldHaveSingleItem();

    /// <summary>Does what must succeed.</summary>
    public Booking Succeed(InventoryCommand command)
    {
        var result = Do(command);
        result.Refusal.ShouldBeNull();
        return result.Booking.ShouldNotBeNull();
    }

    /// <summary>Does what must be refused, and leave no trace.</summary>
    public Refusal Fail(InventoryCommand command)
    {
        var decision = Batch(command);
        decision.Changes.ShouldBeEmpty();
        decision.Keys.ShouldBeEmpty();
        return decision.Results.ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
    }

    public Booking BookingOf(int number) => BookingOf(TestEvents.Id(number));

    public Booking BookingOf(Guid id) => _bookings[id];

    public Booking? FindBooking(int number) => _bookings.GetValueOrDefault(TestEvents.Id(number));

    /// <summary>Booking 1 of buyer 100, two standing places, brought to a state.</summary>
    public static BoxOffice WithBookingIn(BookingState state, EventSettings? settings = null)
    {
        var office = new BoxOffice(settings ?? TestEvents.Settings());
        var (id, buyer) = (TestEvents.Id(1), TestEvents.Id(100));
        office.Succeed(TestEvents.HoldStanding(1, 100, 2));
        switch (state)
        {
            case BookingState.Paying or BookingState.Confirmed or BookingState.Cancelled:
                office.Succeed(new StartPaymentCommand(id, buyer));
                if (state == BookingState.Paying)
                    break;
                office.Succeed(new ConfirmCommand(id, 1, TestEvents.Codes(1, 2)));
                if (state == BookingState.Cancelled)
                    office.Succeed(new CancelCommand(id, buyer));
                break;
            case BookingState.Released:
                office.Succeed(new CancelCommand(id, buyer));
                break;
            case BookingState.Expired:
                office.Now += TimeSpan.FromMinutes(10);
                office.Batch(new SweepCommand());
                break;
        }

        office.BookingOf(1).State.ShouldBe(state);
        return office;
    }
}
