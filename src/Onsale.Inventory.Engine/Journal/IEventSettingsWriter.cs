using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// Writes a change of settings to the event's own rows, in the transaction of the batch that decided it; implemented by
/// the module that owns those tables.
/// </summary>
internal interface IEventSettingsWriter
{
    /// <summary>Adds the statements to the batch's second round trip.</summary>
    void Add(NpgsqlBatch batch, Guid eventId, SettingsPatch patch);
}
