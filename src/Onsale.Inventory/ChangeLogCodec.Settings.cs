using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Onsale.Inventory;

/// <content>Changes of the settings: what is left out of a patch is left out of the bytes.</content>
public static partial class ChangeLogCodec
{
    // First byte.
    private const byte HasStatus = 1;
    private const byte HasOnSaleAt = 2;
    private const byte HasOffSaleAt = 4;
    private const byte HasHoldExtensions = 8;
    private const byte HasRules = 16;
    private const byte HasCompanionsReleasedAt = 32;
    private const byte HasMore = 64;

    // First byte of the rules.
    private const byte HasHoldMinutes = 1;
    private const byte HasMaxTickets = 2;
    private const byte HasOneBooking = 4;
    private const byte HasOrphanRule = 8;
    private const byte HasCancellableUntil = 16;
    private const byte HasForbidsCancelling = 32;
    private const byte HasNames = 64;

    // First byte of what came later still.
    private const byte HasCodes = 1;
    private const byte HasWaitlist = 2;
    private const byte HasTerms = 4;
    private const byte HasPayLater = 8;

    private static void Write(ChangeLogWriter writer, SettingsPatch patch)
    {
        writer.Byte((byte)((patch.Status is null ? 0 : HasStatus)
            | (patch.OnSaleAt is null ? 0 : HasOnSaleAt) | (patch.OffSaleAt is null ? 0 : HasOffSaleAt)
            | (patch.HoldExtensions is null ? 0 : HasHoldExtensions) | (patch.HasRules ? HasRules : 0)
            | (patch.CompanionsReleasedAt is null ? 0 : HasCompanionsReleasedAt) | (patch.HasMore ? HasMore : 0)));
        if (patch.Status is { } status)
            writer.Byte((byte)status);
        if (patch.OnSaleAt is { } onSaleAt)
            writer.Instant(onSaleAt);
        if (patch.OffSaleAt is { } offSaleAt)
            writer.Instant(offSaleAt);
        if (patch.HoldExtensions is { } holdExtensions)
            writer.Byte((byte)holdExtensions);
        if (patch.CompanionsReleasedAt is { } releasedAt)
            writer.Instant(releasedAt);
        writer.Number(patch.Needs.Length + patch.Prices.Length);
        WriteNeeds(writer, patch);
        foreach (var (tier, price) in patch.Prices)
        {
            writer.Number(tier);
            writer.Number(price);
        }

        if (patch.HasRules)
            WriteRules(writer, patch);
        if (patch.HasMore)
            WriteMore(writer, patch);
    }

    /// <summary>What came to the settings that can be changed later: a part of its own behind the first.</summary>
    private static void WriteRules(ChangeLogWriter writer, SettingsPatch patch)
    {
        writer.Byte((byte)((patch.HoldMinutes is null ? 0 : HasHoldMinutes)
            | (patch.MaxTicketsPerBuyer is null ? 0 : HasMaxTickets)
            | (patch.OneBookingPerBuyer is null ? 0 : HasOneBooking)
            | (patch.OrphanRule is null ? 0 : HasOrphanRule)
            | (patch.CancellableUntil is null ? 0 : HasCancellableUntil)
            | (patch.ForbidsCancelling ? HasForbidsCancelling : 0)
            | (patch.Names.IsEmpty ? 0 : HasNames)));
        if (patch.HoldMinutes is { } minutes)
            writer.Number(minutes);
        if (patch.MaxTicketsPerBuyer is { } tickets)
            writer.Number(tickets);
        if (patch.OneBookingPerBuyer is { } oneBooking)
            writer.Byte(oneBooking ? (byte)1 : (byte)0);
        if (patch.OrphanRule is { } orphanRule)
            writer.Byte(orphanRule ? (byte)1 : (byte)0);
        if (patch.CancellableUntil is { } until)
            writer.Instant(until);
        if (patch.Names.IsEmpty)
            return;
        writer.Number(patch.Names.Length);
        foreach (var (tier, name) in patch.Names)
        {
            writer.Number(tier);
            writer.Text(name);
        }
    }

    private static SettingsPatch ReadPatch(ref ChangeLogReader reader)
    {
        var members = reader.Byte();
        const int known =
            HasStatus | HasOnSaleAt | HasOffSaleAt | HasHoldExtensions | HasRules | HasCompanionsReleasedAt
            | HasMore;
        if (members > known)
            throw new InventoryCorruptException($"Unknown members {members} of a settings change.");
        EventStatus? status = (members & HasStatus) == 0 ? null : StatusOf(reader.Byte());
        DateTimeOffset? onSaleAt = (members & HasOnSaleAt) == 0 ? null : reader.Instant();
        DateTimeOffset? offSaleAt = (members & HasOffSaleAt) == 0 ? null : reader.Instant();
        int? holdExtensions = (members & HasHoldExtensions) == 0 ? null : reader.Byte();
        DateTimeOffset? releasedAt = (members & HasCompanionsReleasedAt) == 0 ? null : reader.Instant();
        var (prices, needs) = ReadPrices(ref reader);
        var patch = new SettingsPatch
        {
            Status = status,
            OnSaleAt = onSaleAt,
            OffSaleAt = offSaleAt,
            HoldExtensions = holdExtensions,
            CompanionsReleasedAt = releasedAt,
            Prices = prices,
            Needs = needs,
        };
        if ((members & HasRules) != 0)
            patch = ReadRules(ref reader, patch);
        return (members & HasMore) == 0 ? patch : ReadMore(ref reader, patch);
    }

    /// <summary>
    /// What a tier needs is written as a price below 0, before a price of the same tier: a program of the release
    /// before takes the one and then the other, and is left with the price that is so. −1: nothing; −2: tier 0, and so
    /// on.
    /// </summary>
    private static void WriteNeeds(ChangeLogWriter writer, SettingsPatch patch)
    {
        foreach (var (tier, needs) in patch.Needs)
        {
            if (!patch.Prices.Any(price => price.Tier == tier))
                throw new InvalidOperationException($"A change of what tier {tier} needs must have its price.");
            writer.Number(tier);
            writer.Number(needs is { } other ? -2 - other : -1);
        }
    }

    private static (ImmutableArray<TierPrice> Prices, ImmutableArray<TierNeed> Needs) ReadPrices(
        ref ChangeLogReader reader)
    {
        var (prices, needs) = (ImmutableArray.CreateBuilder<TierPrice>(), ImmutableArray.CreateBuilder<TierNeed>());
        for (var left = reader.Count(); left > 0; left--)
        {
            var (tier, price) = (reader.Int(), reader.Number());
            if (price >= 0)
                prices.Add(new TierPrice(tier, price));
            else if (price >= -2 - InventoryLimits.MaxTiersPerEvent)
                needs.Add(new TierNeed(tier, price == -1 ? null : (int)(-2 - price)));
            else
                throw new InventoryCorruptException($"Price {price} of a tier.");
        }

        return (prices.DrainToImmutable(), needs.DrainToImmutable());
    }

    private static SettingsPatch ReadRules(ref ChangeLogReader reader, SettingsPatch patch)
    {
        var members = reader.Byte();
        if (members is 0 or > 127)
            throw new InventoryCorruptException($"Unknown rules {members} of a settings change.");
        patch = patch with
        {
            HoldMinutes = (members & HasHoldMinutes) == 0 ? null : reader.Int(),
            MaxTicketsPerBuyer = (members & HasMaxTickets) == 0 ? null : reader.Int(),
            OneBookingPerBuyer = (members & HasOneBooking) == 0 ? null : reader.Flag(),
            OrphanRule = (members & HasOrphanRule) == 0 ? null : reader.Flag(),
            CancellableUntil = (members & HasCancellableUntil) == 0 ? null : reader.Instant(),
            ForbidsCancelling = (members & HasForbidsCancelling) != 0,
        };
        if ((members & HasNames) == 0)
            return patch;
        var names = new TierName[reader.Count()];
        for (var i = 0; i < names.Length; i++)
            names[i] = new TierName(reader.Int(), reader.Text());
        return patch with { Names = ImmutableCollectionsMarshal.AsImmutableArray(names) };
    }

    private static EventStatus StatusOf(byte number) => number <= (byte)EventStatus.Cancelled
        ? (EventStatus)number
        : throw new InventoryCorruptException($"Unknown event status {number}.");
}
