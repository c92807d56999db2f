using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>What the waitlist's decisions need of the batch that they belong to.</summary>
internal interface IBatchChanges
{
    /// <summary>Changes recorded so far.</summary>
    int Count { get; }

    /// <summary>Applies a change and adds it to the batch's.</summary>
    void Record(Change change);

    /// <summary>Moves a booking to another state.</summary>
    Booking Transition(Booking booking, BookingState to);
}

/// <summary>
/// Decides who waits, and who is offered what comes back. A place that comes back is offered in the batch that brings
/// it back, before that batch's next hold is decided: nobody can take it in between.
/// </summary>
/// <remarks>
/// Order: as joined. The first party that the free places are enough for is offered them. A party before it that needs
/// more has what is free kept for it, once, for <see cref="InventoryLimits.WaitlistKeepMinutes"/>; when too few came by
/// then, the places go on. So a large party is not starved by single ones, and no place is kept for ever.
/// </remarks>
internal sealed class WaitlistDecider(
    EventInventory inventory, DateTimeOffset now, long version, HoldDecider holds, IBatchChanges batch)
{
    private int _offers;

    /// <summary>Whether free places may not be sold to others: offers of them wait for the next batch.</summary>
    public bool IsPending => inventory.Waitlist.HasMore && inventory.Waitlist.Waiting > 0;

    public CommandResult Join(JoinWaitlistCommand command)
    {
        var (settings, list) = (inventory.Settings, inventory.Waitlist);
        if (list.OfBuyer(command.BuyerId) is { } entry)
        {
            return entry.Quantity == command.Quantity && entry.Together == command.Together
                && entry.Tiers.AsSpan().SequenceEqual(command.Tiers.AsSpan())
                    ? CommandResult.Done
                    : CommandResult.Refuse(RefusalReason.AlreadyOnWaitlist);
        }

        if (settings.WaitlistOfferMinutes is null)
            return CommandResult.Refuse(RefusalReason.NoWaitlist);
        if (!IsSelling)
            return CommandResult.Refuse(new Refusal(RefusalReason.NotOnSale) { At = now });
        if (command.Quantity < 1 || command.Tiers.Any(tier => tier < 0 || tier >= settings.Tiers.Count)
            || command.Tiers.Distinct().Count() != command.Tiers.Length)
        {
            return CommandResult.Refuse(RefusalReason.UnknownPlace);
        }

        // An offer is of one tier: what needs another's place cannot be offered.
        if (command.Tiers.FirstOrDefault(tier => settings.Tiers[tier].Needs is not null, -1) is var alone and >= 0)
        {
            return CommandResult.Refuse(new Refusal(RefusalReason.TicketAlone)
            {
                Tier = alone,
                Needs = settings.Tiers[alone].Needs!.Value,
            });
        }

        if (holds.CheckLimit(command.BuyerId, command.Quantity) is { } limit)
            return CommandResult.Refuse(limit);
        if (list.Live >= InventoryLimits.MaxWaitlistEntries)
            return CommandResult.Refuse(
                new Refusal(RefusalReason.WaitlistFull) { Limit = InventoryLimits.MaxWaitlistEntries });
        var wanted = new WaitlistEntry
        {
            Id = command.EntryId,
            Number = list.Next,
            BuyerId = command.BuyerId,
            Tiers = command.Tiers,
            Quantity = command.Quantity,
            Together = command.Together,
            JoinedAt = now,
            ChangedAt = now,
        };
        if (FindPlaces(wanted, failed: null, out _) is { } places)
            return CommandResult.Refuse(new Refusal(RefusalReason.PlacesAvailable) { Tier = places[0].Tier });
        batch.Record(new WaitlistChanged(null, wanted));
        return CommandResult.Done;
    }

    public CommandResult Leave(LeaveWaitlistCommand command)
    {
        if (inventory.Waitlist.OfBuyer(command.BuyerId) is not { } entry)
            return CommandResult.Refuse(RefusalReason.NotOnWaitlist);
        if (entry.State != WaitlistState.Offered)
        {
            Release(entry);
            Change(entry, WaitlistState.Left);
            return CommandResult.Done;
        }

        // The entry follows its booking.
        var offer = inventory.FindLive(entry.BookingId!.Value)!;
        if (offer.State == BookingState.Paying)
            return CommandResult.Refuse(RefusalReason.PaymentInProgress);
        batch.Transition(offer, BookingState.Released);
        return CommandResult.Done;
    }

    /// <summary>A guest has signed in: their entry becomes the account's, unless that has one.</summary>
    public CommandResult Move(MoveWaitlistEntryCommand command)
    {
        if (inventory.Waitlist.OfBuyer(command.FromBuyerId) is not { } entry
            || command.FromBuyerId == command.ToBuyerId)
            return CommandResult.Done;
        if (entry.State == WaitlistState.Offered)
            return CommandResult.Done; // goes with its booking
        if (inventory.Waitlist.OfBuyer(command.ToBuyerId) is not null)
            return Leave(new LeaveWaitlistCommand(command.FromBuyerId));
        Change(entry with { BuyerId = command.ToBuyerId }, entry.State, entry.State);
        return CommandResult.Done;
    }

    /// <summary>A booking has changed: an entry whose places it keeps or offers follows.</summary>
    public void Follow(Booking booking)
    {
        if (inventory.Waitlist.OfBooking(booking.Id) is not { } entry)
            return;
        if (entry.State == WaitlistState.Keeping)
        {
            if (!booking.IsLive)
                Change(entry with { BookingId = null, WasKept = true }, WaitlistState.Waiting, entry.State);
            return;
        }

        switch (booking.State)
        {
            case BookingState.Confirmed:
                Change(entry, WaitlistState.Bought);
                break;
            case BookingState.Released:
                Change(entry, WaitlistState.Declined);
                break;
            case BookingState.Expired:
                Change(entry, WaitlistState.OfferExpired);
                break;
            default:
                if (booking.BuyerId != entry.BuyerId)
                    Reassign(entry, booking.BuyerId);
                break;
        }
    }

    /// <summary>
    /// Offers what is free to those who wait for it. False: there are more offers to make than one batch may; nothing
    /// that is free may be sold to others before they are made.
    /// </summary>
    public bool Settle()
    {
        var list = inventory.Waitlist;
        if (list.Waiting == 0 || (list.IsSettled && !list.HasMore) || !IsSelling)
            return true;
        list.HasMore = false;
        var failed = new HashSet<(int Tier, int Quantity, bool Together)>();
        for (var number = list.First; number < list.Next && inventory.Sum().Available > 0; number++)
        {
            if (list[number] is not { IsWaiting: true } entry)
                continue;
            if (_offers >= InventoryLimits.MaxOffersPerBatch)
            {
                list.HasMore = true;
                return false;
            }

            Serve(entry, failed);
        }

        list.IsSettled = true;
        return true;
    }

    private bool IsSelling => inventory.Settings.WaitlistOfferMinutes is not null
        && inventory.Settings.Status == EventStatus.Published
        && now >= inventory.Settings.OnSaleAt && now < inventory.Settings.OffSaleAt;

    private void Serve(WaitlistEntry entry, HashSet<(int Tier, int Quantity, bool Together)> failed)
    {
        var kept = entry.State == WaitlistState.Keeping ? inventory.FindLive(entry.BookingId!.Value) : null;
        ImmutableArray<Place>? places;
        Refusal? limit;
        if (kept is null)
        {
            places = FindPlaces(entry, failed, out limit);
        }
        else
        {
            // What is kept for the party counts for it, and only for it.
            foreach (var place in kept.Places)
                inventory.Unmark(place);
            places = FindPlaces(entry, failed: null, out limit);
            foreach (var place in kept.Places)
                inventory.Mark(place);
        }

        if (limit is not null)
        {
            Release(entry);
            Change(entry, WaitlistState.LimitReached);
        }
        else if (places is { } offered)
        {
            Release(entry);
            _offers++;
            Hold(entry, entry.BuyerId, offered, inventory.Settings.WaitlistOfferMinutes!.Value, WaitlistState.Offered);
        }
        else if (!entry.WasKept)
        {
            Keep(entry, kept);
        }
    }

    /// <summary>Places of one tier for the whole party; null: there are not enough, or not side by side.</summary>
    private ImmutableArray<Place>? FindPlaces(
        WaitlistEntry entry, HashSet<(int Tier, int Quantity, bool Together)>? failed, out Refusal? limit)
    {
        limit = holds.CheckLimit(entry.BuyerId, entry.Quantity);
        if (limit is not null)
            return null;
        foreach (var tier in TiersOf(entry))
        {
            var asked = (tier, entry.Quantity, entry.Together);
            if (inventory.CountsOf(tier).Available < entry.Quantity || failed?.Contains(asked) == true)
                continue;
            var hold = new HoldCommand(
                entry.Id, entry.BuyerId, [new QuantityRequest(tier, entry.Quantity, entry.Together)]);
            if (holds.Decide(hold, out var places, out _) is null)
                return places;
            failed?.Add(asked);
        }

        return null;
    }

    /// <summary>The tiers that an entry can be offered places of, the best first.</summary>
    private IEnumerable<int> TiersOf(WaitlistEntry entry)
    {
        var tiers = inventory.Settings.Tiers;
        return (entry.Tiers.IsEmpty ? Enumerable.Range(0, tiers.Count) : entry.Tiers)
            .Where(tier => tiers[tier].Needs is null);
    }

    /// <summary>Keeps what is free for a party that needs more, with what is kept for it already.</summary>
    private void Keep(WaitlistEntry entry, Booking? kept)
    {
        var missing = entry.Quantity - (kept?.Places.Length ?? 0);
        if (missing <= 0)
            return;
        foreach (var tier in kept is not null ? [kept.Places[0].Tier] : TiersOf(entry))
        {
            if (FindFree(entry.Id, tier, missing) is not { } free)
                continue;
            Release(entry);
            Hold(
                entry, Waitlist.KeptFor, kept is null ? free : Repriced(kept.Places).AddRange(free),
                InventoryLimits.WaitlistKeepMinutes, WaitlistState.Keeping, kept?.HeldUntil);
            return;
        }
    }

    /// <summary>Prices may have changed since the first of them was kept.</summary>
    private ImmutableArray<Place> Repriced(ImmutableArray<Place> places) =>
        [.. places.Select(place =>
        {
            var tier = inventory.Settings.Tiers[place.Tier];
            return tier.Priced(place, tier.Price);
        })];

    /// <summary>As many free places of a tier as there are, up to a number; null: none.</summary>
    private ImmutableArray<Place>? FindFree(Guid id, int tier, int atMost)
    {
        var quantity = Math.Min(atMost, inventory.CountsOf(tier).Available);
        while (quantity > 0)
        {
            var hold =
                new HoldCommand(id, Waitlist.KeptFor, [new QuantityRequest(tier, quantity)]) { IsBoxOffice = true };
            if (holds.Decide(hold, out var places, out _) is not { } refusal)
                return places;
            // Some of the free ones are for wheelchairs: those are not kept.
            quantity = Math.Min(refusal.Available, quantity - 1);
        }

        return null;
    }

    private void Hold(
        WaitlistEntry entry, Guid buyerId, ImmutableArray<Place> places, int minutes, WaitlistState state,
        DateTimeOffset? until = null)
    {
        var heldUntil = until ?? now.AddMinutes(minutes);
        if (heldUntil > inventory.Settings.OffSaleAt)
            heldUntil = inventory.Settings.OffSaleAt;
        var booking = new Booking
        {
            Id = BookingId(entry.Id),
            BuyerId = buyerId,
            State = BookingState.Held,
            HeldUntil = heldUntil,
            HoldVersion = version,
            Version = version,
            CreatedAt = now,
            ChangedAt = now,
            Places = places,
        };
        batch.Record(new BookingChanged(null, booking));
        Change(
            inventory.Waitlist[entry.Number]! with { BookingId = booking.Id }, state,
            inventory.Waitlist[entry.Number]!.State);
    }

    /// <summary>Frees what is kept for an entry.</summary>
    private void Release(WaitlistEntry entry)
    {
        if (entry.State != WaitlistState.Keeping)
            return;
        var kept = inventory.FindLive(entry.BookingId!.Value)!;
        // First the entry, so that it does not follow the booking's end.
        Change(entry with { BookingId = null }, WaitlistState.Waiting, entry.State);
        batch.Transition(kept, BookingState.Released);
    }

    private void Reassign(WaitlistEntry entry, Guid buyerId)
    {
        // The account waits already: one offer is enough, and this one is its first.
        if (inventory.Waitlist.OfBuyer(buyerId) is { } own)
        {
            if (own.State == WaitlistState.Offered)
            {
                Change(entry, WaitlistState.Left);
                return;
            }

            Release(own);
            Change(own, WaitlistState.Left);
        }

        Change(entry with { BuyerId = buyerId }, entry.State, entry.State);
    }

    /// <summary>Ends an entry.</summary>
    private void Change(WaitlistEntry entry, WaitlistState to) =>
        Change(inventory.Waitlist[entry.Number]!, to, inventory.Waitlist[entry.Number]!.State);

    private void Change(WaitlistEntry entry, WaitlistState to, WaitlistState from) =>
        batch.Record(new WaitlistChanged(from, entry with { State = to, ChangedAt = now }));

    /// <summary>
    /// A UUIDv7 that follows from the entry and from what the batch has done before: every node that decides the same
    /// gives the same.
    /// </summary>
    private Guid BookingId(Guid entryId)
    {
        Span<byte> bytes = stackalloc byte[16];
        entryId.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var salt = unchecked(((ulong)version << 20) + (ulong)batch.Count);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mix(high ^ Mix(salt)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix(low ^ Mix(~salt)));
        Span<byte> instant = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(instant, now.ToUnixTimeMilliseconds());
        instant[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
