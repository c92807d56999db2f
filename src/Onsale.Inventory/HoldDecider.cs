using System.Collections.Immutable;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>Decides which places a hold gets, or why it gets none. Leaves the inventory as it was.</summary>
internal sealed class HoldDecider(EventInventory inventory, DateTimeOffset now)
{
    /// <summary>Null and the places, or the refusal.</summary>
    public Refusal? Decide(HoldCommand command, out ImmutableArray<Place> places, out int? code)
    {
        (places, code) = ([], null);
        var wanted = Count(command);
        var refusal = CheckForm(command, wanted) ?? FindCode(command, wanted, out code)
            ?? CheckRules(command, wanted, code);
        if (refusal is not null)
            return refusal;

        var chosen = ImmutableArray.CreateBuilder<Place>((int)wanted);
        foreach (var request in command.Requests)
        {
            refusal = request switch
            {
                SeatsRequest seats => ByHand(seats.Seats, chosen, command.IsBoxOffice),
                QuantityRequest quantity => ByQuantity(quantity, chosen),
                _ => throw new InvalidOperationException($"Unknown request {request.GetType().Name}."),
            };
            if (refusal is not null)
                break;
        }

        // By number: the builder's enumerator is an object of its own.
        for (var i = 0; i < chosen.Count; i++)
            inventory.Unmark(chosen[i]);
        refusal ??= (command.IsBoxOffice ? null : CheckNeeds(chosen)) ?? CheckCode(code, chosen);
        if (refusal is null)
            places = command.IsFree ? [.. chosen.Select(place => place with { Price = 0 })] : Priced(chosen, code);
        return refusal;
    }

    /// <summary>Number of the code that the hold gives, or why it cannot be used for so many places.</summary>
    private Refusal? FindCode(HoldCommand command, long wanted, out int? code)
    {
        code = null;
        if (command.Code is not { } text)
            return null;
        var unusable = new Refusal(RefusalReason.CodeUnusable);
        if (inventory.Settings.Codes.Find(text) is not { } number)
            return unusable;
        var terms = inventory.Settings.Codes[number];
        if (now < terms.StartsAt || now >= terms.EndsAt)
            return unusable;
        var (uses, tickets) = inventory.UsesOf(number);
        if (uses >= terms.MaxUses || tickets + wanted > terms.MaxTickets
            || inventory.TicketsOf(number, command.BuyerId) + wanted > terms.MaxTicketsPerBuyer)
        {
            return unusable;
        }

        code = number;
        return null;
    }

    /// <summary>
    /// A code is for one of the places at least, so that no use is spent on nothing; before the sale, for all of them.
    /// </summary>
    private Refusal? CheckCode(int? code, ImmutableArray<Place>.Builder chosen)
    {
        if (code is not { } number)
            return null;
        var terms = inventory.Settings.Codes[number];
        var isFor = now < inventory.Settings.OnSaleAt
            ? chosen.All(place => terms.IsFor(place.Tier))
            : chosen.Any(place => terms.IsFor(place.Tier));
        return isFor ? null : new Refusal(RefusalReason.CodeUnusable);
    }

    /// <summary>
    /// What is sold only with a place of another tier comes with one, in the same booking: the other booking of a buyer
    /// could be cancelled alone.
    /// </summary>
    private Refusal? CheckNeeds(ImmutableArray<Place>.Builder chosen)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            var tier = chosen[i].Tier;
            if (inventory.Settings.Tiers[tier].Needs is { } needs && !Contains(chosen, needs))
                return new Refusal(RefusalReason.TicketAlone) { Tier = tier, Needs = needs };
        }

        return null;
    }

    private static bool Contains(ImmutableArray<Place>.Builder chosen, int tier)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            if (chosen[i].Tier == tier)
                return true;
        }

        return false;
    }

    private ImmutableArray<Place> Priced(ImmutableArray<Place>.Builder chosen, int? code)
    {
        var reducing = code is { } number ? inventory.Settings.Codes[number] : null;
        for (var i = 0; i < chosen.Count; i++)
        {
            var tier = inventory.Settings.Tiers[chosen[i].Tier];
            chosen[i] = reducing?.IsFor(chosen[i].Tier) == true
                ? tier.Priced(chosen[i], reducing.Reduce(tier.Price))
                : tier.Priced(chosen[i], tier.Price);
        }

        return chosen.DrainToImmutable();
    }

    private static long Count(HoldCommand command)
    {
        var count = 0L;
        foreach (var request in command.Requests)
            count += request is SeatsRequest seats ? seats.Seats.Length : ((QuantityRequest)request).Quantity;
        return count;
    }

    /// <summary>
    /// Malformed requests, which the HTTP layer already rejects. Refused here so that none can break its batch.
    /// </summary>
    private static Refusal? CheckForm(HoldCommand command, long wanted)
    {
        foreach (var request in command.Requests)
        {
            if (request is QuantityRequest { Quantity: < 1 } quantity)
                return new Refusal(RefusalReason.UnknownPlace) { Tier = quantity.Tier };
        }

        return wanted == 0 ? new Refusal(RefusalReason.UnknownPlace) : null;
    }

    private Refusal? CheckRules(HoldCommand command, long wanted, int? code)
    {
        var settings = inventory.Settings;
        if (command.IsBoxOffice)
        {
            return settings.Status == EventStatus.Cancelled ? new Refusal(RefusalReason.NotOnSale) { At = now }
                : CheckSize(wanted);
        }

        var hasBegun = now >= settings.OnSaleAt || (code is { } number && settings.Codes[number].OpensPresale);
        if (settings.Status != EventStatus.Published || !hasBegun || now >= settings.OffSaleAt)
            return new Refusal(RefusalReason.NotOnSale) { At = now };
        if ((CheckLimit(command.BuyerId, wanted) ?? CheckAddress(command.Address, wanted)) is { } refusal)
            return refusal;
        return CheckSize(wanted);
    }

    private static Refusal? CheckSize(long wanted) => wanted > InventoryLimits.MaxPlacesPerBooking
        ? new Refusal(RefusalReason.LimitExceeded) { Limit = InventoryLimits.MaxPlacesPerBooking, Has = 0 }
        : null;

    /// <summary>Why a buyer may not have that many more places, or null.</summary>
    public Refusal? CheckLimit(Guid buyerId, long more)
    {
        var settings = inventory.Settings;
        var has = inventory.PlacesOf(buyerId);
        if (settings.OneBookingPerBuyer && has > 0)
            return new Refusal(RefusalReason.OneBookingPerBuyer) { Limit = settings.MaxTicketsPerBuyer, Has = has };
        return has + more > settings.MaxTicketsPerBuyer
            ? new Refusal(RefusalReason.LimitExceeded) { Limit = settings.MaxTicketsPerBuyer, Has = has }
            : null;
    }

    private Refusal? CheckAddress(AddressBudget? address, long more)
    {
        if (address is not { } budget)
            return null;
        var limit = Math.Max(budget.MaxPlaces, inventory.Settings.MaxTicketsPerBuyer);
        var held = inventory.HeldPlacesOfRange(budget.Range);
        return held + more > limit
            ? new Refusal(RefusalReason.TooManyHeld) { Limit = limit, Has = held }
            : null;
    }

    private Refusal? ByHand(ImmutableArray<int> seats, ImmutableArray<Place>.Builder chosen, bool isBoxOffice)
    {
        var layout = inventory.Settings.Layout;
        List<int>? taken = null;
        for (var i = 0; i < seats.Length; i++)
        {
            var seat = seats[i];
            if (seat < 0 || seat >= layout.SeatCount)
                return new Refusal(RefusalReason.UnknownPlace) { Seats = [seat] };
            // A seat that is asked for twice is taken the second time.
            if (inventory.Seats[seat] != SeatState.Available || seats.AsSpan()[..i].Contains(seat))
                (taken ??= []).Add(seat);
        }

        if (taken is not null)
            return new Refusal(RefusalReason.SeatsUnavailable) { Seats = taken };
        if (!isBoxOffice && CheckCompanions(seats) is { } alone)
            return alone;
        if (inventory.Settings.OrphanRule && !isBoxOffice && CheckOrphans(seats) is { } refusal)
            return refusal;
        foreach (var seat in seats)
            Add(chosen, layout.TierOf(seat), seat);
        return null;
    }

    /// <summary>Places for wheelchairs and their companions are kept for those who need them.</summary>
    private bool IsReserved => inventory.Settings.Layout.HasAttributes
        && (inventory.Settings.CompanionsReleasedAt is not { } releasedAt || now < releasedAt);

    /// <summary>A companion's place goes with the wheelchair's place beside it, or with companions in between.</summary>
    private Refusal? CheckCompanions(ImmutableArray<int> seats)
    {
        if (!IsReserved)
            return null;
        var layout = inventory.Settings.Layout;
        var alone = seats.Where(seat => layout.AttributesOf(seat).HasFlag(SeatAttributes.Companion)
            && !Reaches(seat, +1) && !Reaches(seat, -1)).Order().ToList();
        return alone.Count == 0 ? null : new Refusal(RefusalReason.CompanionAlone) { Seats = alone };

        bool Reaches(int seat, int step)
        {
            while (true)
            {
                var next = seat + step;
                if (next < 0 || next >= layout.SeatCount || !layout.IsAdjacentToNext(Math.Min(seat, next))
                    || !seats.Contains(next))
                {
                    return false;
                }

                var attributes = layout.AttributesOf(next);
                if (attributes.HasFlag(SeatAttributes.Wheelchair))
                    return true;
                if (!attributes.HasFlag(SeatAttributes.Companion))
                    return false;
                seat = next;
            }
        }
    }

    private Refusal? CheckOrphans(ImmutableArray<int> seats)
    {
        var orphans = OrphanRule.OrphansLeftBy(inventory, seats);
        // The rule protects the organiser from unsaleable seats; it must not stop a party that has no other choice.
        return orphans.Count > 0
            && BestAvailable.CanSeatWithoutOrphan(
                inventory, inventory.Settings.Layout.TierOf(seats[0]), seats.Length,
                SeatWish.Of(SeatNeeds.None, IsReserved))
                ? new Refusal(RefusalReason.OrphanSeat) { Seats = orphans }
                : null;
    }

    private Refusal? ByQuantity(QuantityRequest request, ImmutableArray<Place>.Builder chosen)
    {
        if (request.Tier < 0 || request.Tier >= inventory.Settings.Tiers.Count)
            return new Refusal(RefusalReason.UnknownPlace) { Tier = request.Tier };
        var available = inventory.CountsOf(request.Tier).Available;
        if (available < request.Quantity)
            return new Refusal(RefusalReason.SoldOut) { Tier = request.Tier, Available = available };
        if (inventory.Settings.Tiers[request.Tier].Kind == TierKind.Quantity)
        {
            for (var i = 0; i < request.Quantity; i++)
                Add(chosen, request.Tier, Place.ByQuantity);
            return null;
        }

        var wish = SeatWish.Of(request.Needs, IsReserved);
        var choice = request.Together
            ? BestAvailable.Together(inventory, request.Tier, request.Quantity, wish)
            : BestAvailable.Choose(inventory, request.Tier, request.Quantity, wish);
        if (choice is null)
            return NoneFits(request, wish, available);
        foreach (var seat in choice.Seats)
            Add(chosen, request.Tier, seat);
        return null;
    }

    /// <summary>Of those that are free, too few may be chosen; else they are not where the party needs them.</summary>
    private Refusal NoneFits(QuantityRequest request, SeatWish wish, int available)
    {
        if (wish.Excluded != SeatAttributes.None && inventory.Settings.Layout.HasAttributes)
            available = BestAvailable.CountAllowed(inventory, request.Tier, wish);
        var reason = available < request.Quantity ? RefusalReason.SoldOut : RefusalReason.NotAdjacent;
        return new Refusal(reason) { Tier = request.Tier, Available = available };
    }

    private void Add(ImmutableArray<Place>.Builder chosen, int tier, int seat)
    {
        var place = new Place(tier, seat, inventory.Settings.Tiers[tier].Price);
        inventory.Mark(place);
        chosen.Add(place);
    }
}
