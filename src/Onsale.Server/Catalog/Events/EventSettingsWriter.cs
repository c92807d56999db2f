using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// Writes decided changes of settings to the event and its tiers, in the transaction that decides them.
/// </summary>
internal sealed class EventSettingsWriter : IEventSettingsWriter
{
    private const string EventSql = """
        update events set status = coalesce($2, status), on_sale_at = coalesce($3, on_sale_at),
            off_sale_at = coalesce($4, off_sale_at), hold_extensions = coalesce($5, hold_extensions),
            companions_released_at = coalesce($6, companions_released_at)
        where id = $1
        """;

    private const string RulesSql = """
        update events set hold_minutes = coalesce($2, hold_minutes),
            max_tickets_per_buyer = coalesce($3, max_tickets_per_buyer),
            one_booking_per_buyer = coalesce($4, one_booking_per_buyer), orphan_rule = coalesce($5, orphan_rule),
            cancellable_until = case when $7 then null else coalesce($6, cancellable_until) end
        where id = $1
        """;

    private const string WaitlistSql = "update events set waitlist_offer_minutes = nullif($2, 0) where id = $1";

    private const string PayLaterSql = """
        update events set pay_later_days = $2, pay_later_ends_at = $3, pay_later_instructions = $4 where id = $1
        """;

    private const string NamesSql = """
        update tiers t set name = n.name
        from (select unnest($2) as number, unnest($3) as name) n
        where t.event_id = $1 and t.number = n.number
        """;

    private const string PricesSql = """
        update tiers t set price = p.price
        from (select unnest($2) as number, unnest($3) as price) p
        where t.event_id = $1 and t.number = p.number
        """;

    private const string TermsSql = """
        update tiers t set fee_fixed = w.fee_fixed, fee_basis_points = w.fee_basis_points,
            fee_from_buyer = w.fee_from_buyer, tax_basis_points = w.tax_basis_points, tax_added = w.tax_added
        from (select unnest($2) as number, unnest($3) as fee_fixed, unnest($4) as fee_basis_points,
            unnest($5) as fee_from_buyer, unnest($6) as tax_basis_points, unnest($7) as tax_added) w
        where t.event_id = $1 and t.number = w.number
        """;

    private const string NeedsSql = """
        update tiers t set needs_tier = n.needs
        from (select unnest($2) as number, unnest($3) as needs) n
        where t.event_id = $1 and t.number = n.number
        """;

    private const string CodeSql = """
        insert into codes (event_id, number, id, text, percent, amount, tiers, starts_at, ends_at, max_uses,
            max_tickets, max_tickets_per_buyer, opens_presale, is_ended)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (event_id, number) do update set text = excluded.text, percent = excluded.percent,
            amount = excluded.amount, tiers = excluded.tiers, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, max_uses = excluded.max_uses, max_tickets = excluded.max_tickets,
            max_tickets_per_buyer = excluded.max_tickets_per_buyer, opens_presale = excluded.opens_presale,
            is_ended = excluded.is_ended
        """;

    /// <summary>Writes a code as it becomes.</summary>
    public static NpgsqlBatchCommand CommandOf(Guid eventId, CodeChange change)
    {
        var (number, code) = change;
        return Command(
            CodeSql, Id(eventId), Parameter((short)number, NpgsqlDbType.Smallint), Id(code.Id),
            Parameter(code.Text, NpgsqlDbType.Text), Parameter((short?)code.Percent, NpgsqlDbType.Smallint),
            Parameter(code.Amount, NpgsqlDbType.Bigint),
            Parameter(code.Tiers.Select(tier => (short)tier).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            Parameter(code.StartsAt, NpgsqlDbType.TimestampTz), Parameter(code.EndsAt, NpgsqlDbType.TimestampTz),
            Parameter(code.MaxUses, NpgsqlDbType.Integer), Parameter(code.MaxTickets, NpgsqlDbType.Integer),
            Parameter(code.MaxTicketsPerBuyer, NpgsqlDbType.Integer),
            Parameter(code.OpensPresale, NpgsqlDbType.Boolean), Parameter(code.IsEnded, NpgsqlDbType.Boolean));
    }

    public void Add(NpgsqlBatch batch, Guid eventId, SettingsPatch patch)
    {
        foreach (var code in patch.Codes)
            batch.BatchCommands.Add(CommandOf(eventId, code));

        if (patch.Status is not null || patch.OnSaleAt is not null || patch.OffSaleAt is not null
            || patch.HoldExtensions is not null || patch.CompanionsReleasedAt is not null)
        {
            batch.BatchCommands.Add(Command(
                EventSql, Id(eventId),
                Parameter((short?)patch.Status, NpgsqlDbType.Smallint),
                Parameter(patch.OnSaleAt, NpgsqlDbType.TimestampTz),
                Parameter(patch.OffSaleAt, NpgsqlDbType.TimestampTz),
                Parameter((short?)patch.HoldExtensions, NpgsqlDbType.Smallint),
                Parameter(patch.CompanionsReleasedAt, NpgsqlDbType.TimestampTz)));
        }

        if (HasRules(patch))
        {
            batch.BatchCommands.Add(Command(
                RulesSql, Id(eventId),
                Parameter((short?)patch.HoldMinutes, NpgsqlDbType.Smallint),
                Parameter(patch.MaxTicketsPerBuyer, NpgsqlDbType.Integer),
                Parameter(patch.OneBookingPerBuyer, NpgsqlDbType.Boolean),
                Parameter(patch.OrphanRule, NpgsqlDbType.Boolean),
                Parameter(patch.CancellableUntil, NpgsqlDbType.TimestampTz),
                Parameter(patch.ForbidsCancelling, NpgsqlDbType.Boolean)));
        }

        if (patch.WaitlistOfferMinutes is { } minutes)
            batch.BatchCommands.Add(Command(
                WaitlistSql, Id(eventId), Parameter((short)minutes, NpgsqlDbType.Smallint)));

        if (patch.PayLater is { } later)
        {
            batch.BatchCommands.Add(Command(
                PayLaterSql, Id(eventId),
                Parameter(later.IsOff ? null : (short?)later.Days, NpgsqlDbType.Smallint),
                Parameter(later.IsOff ? null : (DateTimeOffset?)later.EndsAt, NpgsqlDbType.TimestampTz),
                Parameter(later.IsOff ? null : later.Instructions, NpgsqlDbType.Text)));
        }

        if (!patch.Names.IsEmpty)
        {
            batch.BatchCommands.Add(Command(
                NamesSql, Id(eventId),
                Column(patch.Names, NpgsqlDbType.Smallint, name => (short)name.Tier),
                Column(patch.Names, NpgsqlDbType.Text, name => name.Name)));
        }

        if (!patch.Prices.IsEmpty)
        {
            batch.BatchCommands.Add(Command(
                PricesSql, Id(eventId),
                Column(patch.Prices, NpgsqlDbType.Smallint, price => (short)price.Tier),
                Column(patch.Prices, NpgsqlDbType.Bigint, price => price.Price)));
        }

        if (!patch.Needs.IsEmpty)
        {
            batch.BatchCommands.Add(Command(
                NeedsSql, Id(eventId),
                Column(patch.Needs, NpgsqlDbType.Smallint, need => (short)need.Tier),
                Column(patch.Needs, NpgsqlDbType.Smallint, need => (short?)need.Needs)));
        }

        if (!patch.Terms.IsEmpty)
            batch.BatchCommands.Add(TermsCommandOf(eventId, patch));
    }

    private static NpgsqlBatchCommand TermsCommandOf(Guid eventId, SettingsPatch patch) => Command(
        TermsSql, Id(eventId),
        Column(patch.Terms, NpgsqlDbType.Smallint, terms => (short)terms.Tier),
        Column(patch.Terms, NpgsqlDbType.Bigint, terms => terms.Terms.FeeFixed),
        Column(patch.Terms, NpgsqlDbType.Integer, terms => terms.Terms.FeeBasisPoints),
        Column(patch.Terms, NpgsqlDbType.Boolean, terms => terms.Terms.FeeFromBuyer),
        Column(patch.Terms, NpgsqlDbType.Integer, terms => terms.Terms.TaxBasisPoints),
        Column(patch.Terms, NpgsqlDbType.Boolean, terms => terms.Terms.TaxAdded));

    private static bool HasRules(SettingsPatch patch) =>
        patch.HoldMinutes is not null || patch.MaxTicketsPerBuyer is not null || patch.OneBookingPerBuyer is not null
        || patch.OrphanRule is not null || patch.CancellableUntil is not null || patch.ForbidsCancelling;
}
