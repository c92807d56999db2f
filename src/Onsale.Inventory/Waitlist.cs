namespace Onsale.Inventory;

/// <summary>
/// The parties that wait for places of one event, in the order in which they joined. Part of
/// <see cref="EventInventory"/>, which alone changes it.
/// </summary>
public sealed class Waitlist
{
    // By number, beginning with _first; null: ended.
    private readonly List<WaitlistEntry?> _entries = [];
    private readonly Dictionary<Guid, int> _byBuyer = [];
    private readonly Dictionary<Guid, int> _byBooking = [];
    private int _first = 1;

    /// <summary>The buyer of bookings that keep places for a party until there are enough: nobody.</summary>
    public static Guid KeptFor => Guid.Empty;

    /// <summary>The number of the next entry.</summary>
    public int Next => _first + _entries.Count;

    /// <summary>Entries in line or with an open offer.</summary>
    public int Live => _byBuyer.Count;

    /// <summary>Entries in line.</summary>
    public int Waiting { get; private set; }

    /// <summary>Lowest number that may be live.</summary>
    internal int First => _first;

    /// <summary>
    /// Whether every free place was offered, as far as the rules allow, since places last came back. Not part of the
    /// state: it saves asking the whole list again.
    /// </summary>
    internal bool IsSettled { get; set; }

    /// <summary>Whether there are more offers to make than one batch could.</summary>
    internal bool HasMore { get; set; }

    /// <summary>A live entry by its number, or null.</summary>
    public WaitlistEntry? this[int number] =>
        number >= _first && number < Next ? _entries[number - _first] : null;

    /// <summary>The live entry of a buyer, or null.</summary>
    public WaitlistEntry? OfBuyer(Guid buyerId) =>
        _byBuyer.TryGetValue(buyerId, out var number) ? this[number] : null;

    /// <summary>The live entry whose places a booking keeps or offers, or null.</summary>
    public WaitlistEntry? OfBooking(Guid bookingId) =>
        _byBooking.Count > 0 && _byBooking.TryGetValue(bookingId, out var number) ? this[number] : null;

    /// <summary>Live entries, in order.</summary>
    public IEnumerable<WaitlistEntry> LiveEntries => _entries.OfType<WaitlistEntry>();

    /// <summary>Takes up what the tables hold: live entries and the last one, in order of their numbers.</summary>
    /// <exception cref="InventoryCorruptException">The entries are not in order.</exception>
    internal void Load(IEnumerable<WaitlistEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Number < Next)
                throw new InventoryCorruptException($"Entry {entry.Number} of a waitlist is out of order.");
            if (_entries.Count == 0)
                _first = entry.Number;
            while (Next < entry.Number)
                _entries.Add(null);
            _entries.Add(null);
            if (entry.IsLive)
                Store(entry);
        }
    }

    /// <summary>Applies one change.</summary>
    /// <exception cref="InventoryCorruptException">It does not fit.</exception>
    internal void Apply(WaitlistChanged change)
    {
        var entry = change.Entry;
        if (change.From is null)
        {
            if (entry.Number != Next || !entry.IsWaiting || OfBuyer(entry.BuyerId) is not null)
                throw new InventoryCorruptException($"Entry {entry.Number} of a waitlist does not follow {Next - 1}.");
            _entries.Add(null);
        }
        else if (this[entry.Number] is not { } known || known.Id != entry.Id || known.State != change.From)
        {
            throw new InventoryCorruptException($"Entry {entry.Number} of a waitlist is not {change.From}.");
        }
        else
        {
            Forget(known);
        }

        if (entry.IsLive)
            Store(entry);
        else
            DropEnded();
    }

    private void Store(WaitlistEntry entry)
    {
        _entries[entry.Number - _first] = entry;
        if (!_byBuyer.TryAdd(entry.BuyerId, entry.Number))
            throw new InventoryCorruptException($"Buyer {entry.BuyerId} is on a waitlist twice.");
        if (entry.BookingId is { } booking)
            _byBooking[booking] = entry.Number;
        if (entry.IsWaiting)
            Waiting++;
    }

    private void Forget(WaitlistEntry entry)
    {
        _entries[entry.Number - _first] = null;
        _byBuyer.Remove(entry.BuyerId);
        if (entry.BookingId is { } booking)
            _byBooking.Remove(booking);
        if (entry.IsWaiting)
            Waiting--;
    }

    /// <summary>Gives back the room of those who came first and are gone, now and then.</summary>
    private void DropEnded()
    {
        const int atOnce = 64;
        if (_entries.Count < atOnce || _entries[0] is not null)
            return;
        var ended = _entries.FindIndex(entry => entry is not null);
        // The last number stays known.
        ended = ended < 0 ? _entries.Count - 1 : ended;
        if (ended < atOnce)
            return;
        _entries.RemoveRange(0, ended);
        _first += ended;
    }
}
