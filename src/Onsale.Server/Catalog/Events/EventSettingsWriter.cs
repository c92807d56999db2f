using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events;

/// <summary>Writes decided changes of settings to the event and its tiers, in the transaction that decides them.</summary>
internal sealed class EventSettingsWriter : IEventSettingsWriter
{
    private const string EventSql = """
        update events set status = coalesce($2, status), on_sale_at = coalesce($3, on_sale_at),
            off_sale_at = coalesce($4, off_sale_at), hold_extensions = coalesce($5, hold_extensions)
        where id = $1
        """;

    private const string PricesSql = """
        update tiers t set price = p.price
        from (select unnest($2) as number, unnest($3) as price) p
        where t.event_id = $1 and t.number = p.number
        """;

    public void Add(NpgsqlBatch batch, Guid eventId, SettingsPatch patch)
    {
        if (patch.Status is not null || patch.OnSaleAt is not null || patch.OffSaleAt is not null
            || patch.HoldExtensions is not null)
        {
            batch.BatchCommands.Add(Command(
                EventSql, Id(eventId),
                Parameter((short?)patch.Status, NpgsqlDbType.Smallint),
                Parameter(patch.OnSaleAt, NpgsqlDbType.TimestampTz),
                Parameter(patch.OffSaleAt, NpgsqlDbType.TimestampTz),
                Parameter((short?)patch.HoldExtensions, NpgsqlDbType.Smallint)));
        }

        if (!patch.Prices.IsEmpty)
        {
            batch.BatchCommands.Add(Command(
                PricesSql, Id(eventId),
                Parameter(patch.Prices.Select(price => (short)price.Tier).ToArray(),
                    NpgsqlDbType.Array | NpgsqlDbType.Smallint),
                Parameter(patch.Prices.Select(price => price.Price).ToArray(),
                    NpgsqlDbType.Array | NpgsqlDbType.Bigint)));
        }
    }
}
