namespace Onsale.Inventory.Collections;

/// <summary>What is held and confirmed with each code of an event: how many bookings, and places by buyer.</summary>
internal sealed class CodeCounts
{
    private readonly List<Entry> _entries = [];

    /// <summary>Codes that were used; those behind have no uses.</summary>
    public int Count => _entries.Count;

    /// <summary>Bookings and places with a code.</summary>
    public (int Uses, int Tickets) this[int code] =>
        code < _entries.Count ? (_entries[code].Uses, _entries[code].Tickets) : default;

    /// <summary>Places that a buyer has in bookings with a code.</summary>
    public int TicketsOf(int code, Guid buyerId) => code < _entries.Count ? _entries[code].Buyers[buyerId] : 0;

    /// <summary>Counts bookings in, or out where the numbers are less than 0.</summary>
    /// <exception cref="InventoryCorruptException">More is given back than was taken.</exception>
    public void Add(int code, Guid buyerId, int uses, int tickets)
    {
        while (_entries.Count <= code)
            _entries.Add(new Entry());
        var entry = _entries[code];
        entry.Uses += uses;
        entry.Tickets += tickets;
        var ofBuyer = entry.Buyers[buyerId] + tickets;
        if (entry.Uses < 0 || entry.Tickets < 0 || ofBuyer < 0)
            throw new InventoryCorruptException(
                $"Code {code} would have {entry.Uses} uses, {ofBuyer} places of {buyerId}.");
        entry.Buyers[buyerId] = ofBuyer;
    }

    private sealed class Entry
    {
        public int Uses { get; set; }

        public int Tickets { get; set; }

        public GuidCounter Buyers { get; } = new();
    }
}
