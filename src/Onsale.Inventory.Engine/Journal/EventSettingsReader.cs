using Npgsql;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Reads the rules of an event as its inventory needs them.</summary>
internal sealed class EventSettingsReader(ISeatLayoutSource layouts)
{
    private const string EventSql = """
        select i.settings_version, e.status, e.on_sale_at, e.off_sale_at, e.hold_minutes, e.max_tickets_per_buyer,
            e.one_booking_per_buyer, e.orphan_rule, e.cancellable_until, e.seating_plan_id, e.currency,
            e.hold_extensions, e.companions_released_at, e.waitlist_offer_minutes, e.pay_later_days,
            e.pay_later_ends_at, e.pay_later_instructions
        from events e join inventory i on i.event_id = e.id where e.id = $1
        """;

    private const string TiersSql = """
        select number, id, name, kind, price, category, fee_fixed, fee_basis_points, fee_from_buyer, tax_basis_points,
            tax_added, needs_tier
        from tiers where event_id = $1 order by number
        """;

    private const string CodesSql = """
        select id, text, percent, amount, tiers, starts_at, ends_at, max_uses, max_tickets, max_tickets_per_buyer,
            opens_presale, is_ended, number
        from codes where event_id = $1 order by number
        """;

    /// <summary>Null: there is no such event.</summary>
    public async Task<EventSettings?> ReadAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken)
    {
        if (await ReadTiersOfAsync(connection, eventId, cancellationToken) is not (var settings, var categories))
            return null;
        if (settings.SeatingPlanId is not { } planId)
            return settings;
        var layout = await layouts.FindAsync(planId, category => categories[category], cancellationToken)
            ?? throw new InventoryCorruptException($"Event {eventId} has seating plan {planId}, which does not exist.");
        return settings with { Layout = layout };
    }

    /// <summary>The same without the seat layout, which only deciding needs. Null: there is no such event.</summary>
    public static async Task<EventSettings?> ReadTermsAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken) =>
        (await ReadTiersOfAsync(connection, eventId, cancellationToken))?.Settings;

    private static async Task<(EventSettings Settings, Dictionary<string, int> Categories)?> ReadTiersOfAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(EventSql, Id(eventId)));
        batch.BatchCommands.Add(Command(TiersSql, Id(eventId)));
        batch.BatchCommands.Add(Command(CodesSql, Id(eventId)));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            return null;
        var settings = ReadEvent(rows, eventId);
        await rows.NextResultAsync(cancellationToken);
        var (tiers, tierOfCategory) = await ReadTiersAsync(rows, cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        return (settings with { Tiers = tiers, Codes = await ReadCodesAsync(rows, cancellationToken) }, tierOfCategory);
    }

    private static EventSettings ReadEvent(NpgsqlDataReader row, Guid eventId) => new()
    {
        EventId = eventId,
        SettingsVersion = row.GetInt64(0),
        Status = (EventStatus)row.GetInt16(1),
        OnSaleAt = row.GetFieldValue<DateTimeOffset>(2),
        OffSaleAt = row.GetFieldValue<DateTimeOffset>(3),
        HoldDuration = TimeSpan.FromMinutes(row.GetInt16(4)),
        MaxTicketsPerBuyer = row.GetInt32(5),
        OneBookingPerBuyer = row.GetBoolean(6),
        OrphanRule = row.GetBoolean(7),
        CancellableUntil = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        SeatingPlanId = row.IsDBNull(9) ? null : row.GetGuid(9),
        Currency = row.GetString(10),
        HoldExtensions = row.GetInt16(11),
        CompanionsReleasedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
        WaitlistOfferMinutes = row.IsDBNull(13) ? null : row.GetInt16(13),
        PayLater = row.IsDBNull(14)
            ? null
            : new PayLaterTerms(row.GetInt16(14), row.GetFieldValue<DateTimeOffset>(15), row.GetString(16)),
        Tiers = [],
        Layout = SeatLayout.Empty,
    };

    private static async Task<EventCodes> ReadCodesAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var codes = new List<CodeSettings>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetInt16(12) != codes.Count)
                throw new InventoryCorruptException($"Numbers of codes have a gap before {rows.GetInt16(12)}.");
            codes.Add(new CodeSettings(rows.GetGuid(0), rows.GetString(1))
            {
                Percent = rows.IsDBNull(2) ? null : rows.GetInt16(2),
                Amount = rows.IsDBNull(3) ? null : rows.GetInt64(3),
                Tiers = [.. rows.GetFieldValue<short[]>(4)],
                StartsAt = rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5),
                EndsAt = rows.IsDBNull(6) ? null : rows.GetFieldValue<DateTimeOffset>(6),
                MaxUses = rows.IsDBNull(7) ? null : rows.GetInt32(7),
                MaxTickets = rows.IsDBNull(8) ? null : rows.GetInt32(8),
                MaxTicketsPerBuyer = rows.IsDBNull(9) ? null : rows.GetInt32(9),
                OpensPresale = rows.GetBoolean(10),
                IsEnded = rows.GetBoolean(11),
            });
        }

        return codes.Count == 0 ? EventCodes.None : new EventCodes(codes);
    }

    private static async Task<(List<TierSettings> Tiers, Dictionary<string, int> TierOfCategory)> ReadTiersAsync(
        NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var tiers = new List<TierSettings>();
        var tierOfCategory = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            var number = rows.GetInt16(0);
            if (number != tiers.Count)
                throw new InventoryCorruptException($"Tier numbers have a gap before {number}.");
            tiers.Add(new TierSettings(
                rows.GetGuid(1), rows.GetString(2), (TierKind)rows.GetInt16(3), rows.GetInt64(4))
            {
                Needs = rows.IsDBNull(11) ? null : rows.GetInt16(11),
                Terms = new PriceTerms(
                    rows.GetInt64(6), rows.GetInt32(7), rows.GetBoolean(8), rows.GetInt32(9), rows.GetBoolean(10)),
            });
            if (!rows.IsDBNull(5))
                tierOfCategory[rows.GetString(5)] = number;
        }

        return (tiers, tierOfCategory);
    }
}
