using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>What a command of the organiser comes to: a refusal, or at most one change.</summary>
internal readonly record struct OrganiserDecision(Refusal? Refusal, Change? Change);

/// <summary>
/// Decides what organisers change: blocks, capacity, settings and codes. Each command is decided on the state that the
/// ones before it left and changes nothing itself.
/// </summary>
internal static class OrganiserDecider
{
    private static readonly OrganiserDecision s_done = new(Refusal: null, Change: null);

    public static OrganiserDecision Decide(EventInventory inventory, InventoryCommand command) => command switch
    {
        BlockSeatsCommand block => BlockSeats(inventory, block),
        BlockPoolCommand block => BlockPool(inventory, block),
        ResizePoolCommand resize => ResizePool(inventory, resize),
        ChangeSettingsCommand change => ChangeSettings(inventory, change),
        PutCodeCommand put => PutCode(inventory, put),
        _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of an organiser."),
    };

    private static OrganiserDecision BlockSeats(EventInventory inventory, BlockSeatsCommand command)
    {
        if (command.Seats.Any(seat => seat < 0 || seat >= inventory.Seats.SeatCount))
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        var needed = command.Blocked ? SeatState.Available : SeatState.Blocked;
        var seats = command.Seats.Distinct().ToImmutableArray();
        var others = seats.Where(seat => inventory.Seats[seat] != needed).ToList();
        if (others.Count > 0)
            return Refuse(new Refusal(RefusalReason.CannotBlock) { Seats = others });
        return seats.Length > 0 ? Accept(new SeatsBlocked(seats, command.Blocked)) : s_done;
    }

    private static OrganiserDecision BlockPool(EventInventory inventory, BlockPoolCommand command)
    {
        if (!IsPool(inventory.Settings, command.Tier))
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        var counts = inventory.CountsOf(command.Tier);
        if (command.Quantity > counts.Available || -(long)command.Quantity > counts.Blocked)
        {
            return Refuse(new Refusal(RefusalReason.CannotBlock)
            {
                Tier = command.Tier,
                Available = counts.Available,
            });
        }

        return command.Quantity != 0 ? Accept(new PoolBlocked(command.Tier, command.Quantity)) : s_done;
    }

    private static OrganiserDecision ResizePool(EventInventory inventory, ResizePoolCommand command)
    {
        if (!IsPool(inventory.Settings, command.Tier))
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        var counts = inventory.CountsOf(command.Tier);
        if (-(long)command.Delta > counts.Available)
        {
            return Refuse(new Refusal(RefusalReason.CapacityBelowSold)
            {
                Tier = command.Tier,
                Available = counts.Available,
            });
        }

        if (counts.Total + (long)command.Delta > InventoryLimits.MaxPlacesPerPool)
            return Refuse(new Refusal(RefusalReason.InvalidSettings) { Tier = command.Tier });
        return command.Delta != 0 ? Accept(new PoolResized(command.Tier, command.Delta)) : s_done;
    }

    private static OrganiserDecision ChangeSettings(EventInventory inventory, ChangeSettingsCommand command)
    {
        var (settings, patch) = (inventory.Settings, command.Patch);
        if (command.SettingsVersion is { } version && version != settings.SettingsVersion)
            return Refuse(new Refusal(RefusalReason.StaleSettings));
        foreach (var (tier, price) in patch.Prices)
        {
            if (tier < 0 || tier >= settings.Tiers.Count)
                return Refuse(new Refusal(RefusalReason.UnknownPlace) { Tier = tier });
            if (price < 0)
                return Refuse(new Refusal(RefusalReason.InvalidSettings) { Tier = tier });
        }

        if (patch.Terms.Any(terms => terms.Tier < 0 || terms.Tier >= settings.Tiers.Count))
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        if (patch.Names.Any(name => name.Tier < 0 || name.Tier >= settings.Tiers.Count))
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        if (patch.Needs.Any(need => need.Tier < 0 || need.Tier >= settings.Tiers.Count
            || need.Needs < 0 || need.Needs >= settings.Tiers.Count))
        {
            return Refuse(new Refusal(RefusalReason.UnknownPlace));
        }

        // A code is changed by a command of its own, which knows what it is used for.
        if (!AreValid(patch) || !patch.Codes.IsEmpty)
            return Refuse(new Refusal(RefusalReason.InvalidSettings));

        patch = patch.DifferenceTo(settings);
        // What a note writes changes the event too: the new settings version tells every node and every editor.
        if (patch.IsEmpty && command.Note is null)
            return s_done;
        var after = patch.ApplyTo(settings, settings.SettingsVersion + 1);
        // An event that was called off stays so: its buyers have been told.
        if (after.OffSaleAt <= after.OnSaleAt
            || after.HoldExtensions is < 0 or > InventoryLimits.MaxHoldExtensions
            || (settings.Status == EventStatus.Cancelled && after.Status != EventStatus.Cancelled)
            || patch.Prices.DistinctBy(price => price.Tier).Count() != patch.Prices.Length
            || after.Tiers.Any(tier => tier.Needs is { } needs && after.Tiers[needs].Needs is not null))
        {
            return Refuse(new Refusal(RefusalReason.InvalidSettings));
        }

        return Accept(new SettingsChanged(after.SettingsVersion, patch));
    }

    private static OrganiserDecision PutCode(EventInventory inventory, PutCodeCommand command)
    {
        var (settings, codes) = (inventory.Settings, inventory.Settings.Codes);
        if (command.SettingsVersion is { } version && version != settings.SettingsVersion)
            return Refuse(new Refusal(RefusalReason.StaleSettings));
        var number = codes.Find(command.Code.Id) ?? codes.Count;
        var after = command.Code with
        {
            StartsAt = SettingsPatch.Truncate(command.Code.StartsAt),
            EndsAt = SettingsPatch.Truncate(command.Code.EndsAt),
        };
        if (CodeDecider.Check(after, number, settings, inventory.UsesOf(number)) is { } refusal)
            return Refuse(refusal);
        var patch = new SettingsPatch { Codes = [new CodeChange(number, after)] }.DifferenceTo(settings);
        return !patch.IsEmpty ? Accept(new SettingsChanged(settings.SettingsVersion + 1, patch)) : s_done;
    }

    private static bool AreValid(SettingsPatch patch) =>
        patch.HoldMinutes is null or (>= 1 and <= InventoryLimits.MaxHoldMinutes)
        && patch.MaxTicketsPerBuyer is null or >= 1
        && patch.WaitlistOfferMinutes is null or 0 or (>= InventoryLimits.MinWaitlistOfferMinutes
            and <= InventoryLimits.MaxWaitlistOfferMinutes)
        && patch.PayLater is null or { IsValid: true }
        && patch.Terms.All(terms => terms.Terms.IsValid)
        && patch.Terms.DistinctBy(terms => terms.Tier).Count() == patch.Terms.Length
        && patch.Names.DistinctBy(name => name.Tier).Count() == patch.Names.Length
        && patch.Needs.DistinctBy(need => need.Tier).Count() == patch.Needs.Length
        && patch.Names.All(name => name.Name.Length is > 0 and <= InventoryLimits.MaxTierNameCharacters);

    private static bool IsPool(EventSettings settings, int tier) =>
        tier >= 0 && tier < settings.Tiers.Count && settings.Tiers[tier].Kind == TierKind.Quantity;

    private static OrganiserDecision Accept(Change change) => new(Refusal: null, change);

    private static OrganiserDecision Refuse(Refusal refusal) => new(refusal, Change: null);
}
