using Npgsql;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Statements that are written with the change of a command. Made anew for each attempt to commit.</summary>
internal sealed class CommitNote(Func<IEnumerable<NpgsqlBatchCommand>> make) : ICommitNote
{
    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var command in make())
            batch.BatchCommands.Add(command);
    }
}
