using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>A new price of a tier.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Price">Minor units of the event's currency; bookings keep the price they were made at.</param>
public readonly record struct TierPrice(int Tier, long Price);

/// <summary>A new name of a tier.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Name">As buyers read it.</param>
public readonly record struct TierName(int Tier, string Name);

/// <summary>What buyers must take with a place of a tier from now on.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Needs">Number of a tier that needs none itself; null: its places are sold alone too.</param>
public readonly record struct TierNeed(int Tier, int? Needs);

/// <summary>A change of an event's settings. Members that are null or empty stay as they are.</summary>
public sealed record SettingsPatch
{
    /// <summary>Status of the event.</summary>
    public EventStatus? Status { get; init; }

    /// <summary>Start of the sales window.</summary>
    public DateTimeOffset? OnSaleAt { get; init; }

    /// <summary>End of the sales window.</summary>
    public DateTimeOffset? OffSaleAt { get; init; }

    /// <summary>How often a buyer may extend a hold.</summary>
    public int? HoldExtensions { get; init; }

    /// <summary>From when places for wheelchairs and their companions are sold like any others.</summary>
    public DateTimeOffset? CompanionsReleasedAt { get; init; }

    /// <summary>New prices, each tier at most once.</summary>
    public ImmutableArray<TierPrice> Prices { get; init; } = [];

    /// <summary>How long a hold lives, minutes; holds that are live keep their time.</summary>
    public int? HoldMinutes { get; init; }

    /// <summary>Held and confirmed places of one buyer; who has more keeps them.</summary>
    public int? MaxTicketsPerBuyer { get; init; }

    /// <summary>Whether a buyer may have one booking only.</summary>
    public bool? OneBookingPerBuyer { get; init; }

    /// <summary>Whether a selection by hand may not leave a single free seat.</summary>
    public bool? OrphanRule { get; init; }

    /// <summary>Until when a buyer may cancel a confirmed booking.</summary>
    public DateTimeOffset? CancellableUntil { get; init; }

    /// <summary>Takes <see cref="CancellableUntil"/> away: buyers cannot cancel.</summary>
    public bool ForbidsCancelling { get; init; }

    /// <summary>New names, each tier at most once.</summary>
    public ImmutableArray<TierName> Names { get; init; } = [];

    /// <summary>New fees and taxes, each tier at most once.</summary>
    public ImmutableArray<TierTerms> Terms { get; init; } = [];

    /// <summary>What places of tiers are sold with, each tier at most once.</summary>
    public ImmutableArray<TierNeed> Needs { get; init; } = [];

    /// <summary>New codes and what became of others, each at most once.</summary>
    public ImmutableArray<CodeChange> Codes { get; init; } = [];

    /// <summary>How long an offer to who waits is open, minutes; 0: no more waitlist.</summary>
    public int? WaitlistOfferMinutes { get; init; }

    /// <summary>How bookings can be paid later from now on; <see cref="PayLaterTerms.Off"/>: no more.</summary>
    public PayLaterTerms? PayLater { get; init; }

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => Status is null && OnSaleAt is null && OffSaleAt is null
        && HoldExtensions is null && CompanionsReleasedAt is null && Prices.IsEmpty && Needs.IsEmpty && !HasRules
        && !HasMore;

    /// <summary>Whether it changes more than status, window and prices.</summary>
    internal bool HasRules => HoldMinutes is not null || MaxTicketsPerBuyer is not null
        || OneBookingPerBuyer is not null || OrphanRule is not null || CancellableUntil is not null
        || ForbidsCancelling || !Names.IsEmpty;

    /// <summary>Whether it changes what came to the settings last.</summary>
    internal bool HasMore => !Codes.IsEmpty || !Terms.IsEmpty || WaitlistOfferMinutes is not null
        || PayLater is not null;

    /// <summary>Makes the event visible; it sells inside its sales window.</summary>
    public static SettingsPatch Publish() => new() { Status = EventStatus.Published };

    /// <summary>Makes the event a draft again; bookings stay what they are.</summary>
    public static SettingsPatch Unpublish() => new() { Status = EventStatus.Draft };

    /// <summary>Moves the sales window.</summary>
    public static SettingsPatch Reschedule(DateTimeOffset onSaleAt, DateTimeOffset offSaleAt) =>
        new() { OnSaleAt = onSaleAt, OffSaleAt = offSaleAt };

    /// <summary>Changes the price of a tier for holds to come.</summary>
    public static SettingsPatch ChangePrice(int tier, long price) => new() { Prices = [new TierPrice(tier, price)] };

    /// <summary>The settings after the change, at a new settings version.</summary>
    /// <exception cref="InventoryCorruptException">It names a tier that the event does not have.</exception>
    public EventSettings ApplyTo(EventSettings settings, long settingsVersion)
    {
        var tiers = settings.Tiers;
        if (!Prices.IsEmpty || !Names.IsEmpty || !Terms.IsEmpty || !Needs.IsEmpty)
        {
            var changed = tiers.ToArray();
            foreach (var (tier, price) in Prices)
                changed[Checked(tier)] = changed[tier] with { Price = price };
            foreach (var (tier, terms) in Terms)
                changed[Checked(tier)] = changed[tier] with { Terms = terms };
            foreach (var (tier, name) in Names)
                changed[Checked(tier)] = changed[tier] with { Name = name };
            foreach (var (tier, needs) in Needs)
                changed[Checked(tier)] = changed[tier] with { Needs = needs is { } other ? Checked(other) : null };
            tiers = changed;
        }

        return settings with
        {
            SettingsVersion = settingsVersion,
            Status = Status ?? settings.Status,
            OnSaleAt = OnSaleAt ?? settings.OnSaleAt,
            OffSaleAt = OffSaleAt ?? settings.OffSaleAt,
            HoldExtensions = HoldExtensions ?? settings.HoldExtensions,
            CompanionsReleasedAt = CompanionsReleasedAt ?? settings.CompanionsReleasedAt,
            HoldDuration = HoldMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : settings.HoldDuration,
            MaxTicketsPerBuyer = MaxTicketsPerBuyer ?? settings.MaxTicketsPerBuyer,
            OneBookingPerBuyer = OneBookingPerBuyer ?? settings.OneBookingPerBuyer,
            OrphanRule = OrphanRule ?? settings.OrphanRule,
            CancellableUntil = ForbidsCancelling ? null : CancellableUntil ?? settings.CancellableUntil,
            Tiers = tiers,
            Codes = settings.Codes.With(Codes),
            WaitlistOfferMinutes = WaitlistOfferMinutes is { } open ? open == 0 ? null : open
                : settings.WaitlistOfferMinutes,
            PayLater = PayLater is { } later ? later.IsOff ? null : later : settings.PayLater,
        };

        int Checked(int tier) => (uint)tier < (uint)settings.Tiers.Count
            ? tier
            : throw new InventoryCorruptException($"Event {settings.EventId} has no tier {tier} to change.");
    }

    /// <summary>
    /// The same change without what is so already; instants at the journal's resolution, a microsecond, so that all
    /// nodes hold the same.
    /// </summary>
    internal SettingsPatch DifferenceTo(EventSettings settings)
    {
        var difference = WithoutWhatIsSo(settings);
        // The change log has what a tier needs beside its price: see ChangeLogCodec.
        return difference with
        {
            Prices = difference.Prices.AddRange(difference.Needs
                .Where(need => !difference.Prices.Any(price => price.Tier == need.Tier))
                .Select(need => new TierPrice(need.Tier, settings.Tiers[need.Tier].Price))),
        };
    }

    private SettingsPatch WithoutWhatIsSo(EventSettings settings) => new()
    {
        Status = Status == settings.Status ? null : Status,
        OnSaleAt = Truncate(OnSaleAt) is var onSaleAt && onSaleAt == settings.OnSaleAt ? null : onSaleAt,
        OffSaleAt = Truncate(OffSaleAt) is var offSaleAt && offSaleAt == settings.OffSaleAt ? null : offSaleAt,
        HoldExtensions = HoldExtensions == settings.HoldExtensions ? null : HoldExtensions,
        CompanionsReleasedAt = Truncate(CompanionsReleasedAt) is var releasedAt
            && releasedAt == settings.CompanionsReleasedAt ? null : releasedAt,
        Prices = [.. Prices.Where(price => settings.Tiers[price.Tier].Price != price.Price)],
        Needs = [.. Needs.Where(need => settings.Tiers[need.Tier].Needs != need.Needs)],
        HoldMinutes = TimeSpan.FromMinutes(HoldMinutes ?? 0) == settings.HoldDuration ? null : HoldMinutes,
        MaxTicketsPerBuyer = MaxTicketsPerBuyer == settings.MaxTicketsPerBuyer ? null : MaxTicketsPerBuyer,
        OneBookingPerBuyer = OneBookingPerBuyer == settings.OneBookingPerBuyer ? null : OneBookingPerBuyer,
        OrphanRule = OrphanRule == settings.OrphanRule ? null : OrphanRule,
        CancellableUntil = ForbidsCancelling ? null
            : Truncate(CancellableUntil) is var until && until == settings.CancellableUntil ? null : until,
        ForbidsCancelling = ForbidsCancelling && settings.CancellableUntil is not null,
        Names = [.. Names.Where(name => settings.Tiers[name.Tier].Name != name.Name)],
        Terms = [.. Terms.Where(terms => settings.Tiers[terms.Tier].Terms != terms.Terms)],
        Codes = [.. Codes.Where(change => change.Number >= settings.Codes.Count
            || !settings.Codes[change.Number].Equals(change.Code))],
        WaitlistOfferMinutes = (WaitlistOfferMinutes ?? 0) == (settings.WaitlistOfferMinutes ?? 0)
            ? null : WaitlistOfferMinutes,
        PayLater = (PayLater is { IsOff: true } && settings.PayLater is null)
            || Truncated(PayLater) == settings.PayLater ? null : Truncated(PayLater),
    };

    private static PayLaterTerms? Truncated(PayLaterTerms? terms) =>
        terms is null ? null : terms with { EndsAt = Truncate(terms.EndsAt)!.Value };

    /// <summary>An instant at the journal's resolution.</summary>
    internal static DateTimeOffset? Truncate(DateTimeOffset? instant) => instant is { } at
        ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
        : null;
}
