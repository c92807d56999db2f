using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// What a command brings along to be written in the transaction of its change (<see cref="InventoryCommand.Note"/>):
/// rows of other modules, such as who asked for it. Its statements must not fail: they would fail the batch.
/// </summary>
internal interface ICommitNote
{
    /// <summary>Adds the statements to the batch's second round trip.</summary>
    void AddTo(NpgsqlBatch batch);
}
