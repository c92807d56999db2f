using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Two servers on one database that nobody else uses, each with its crowd.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly OnsaleNode[] _nodes;
    private bool _isDisposed;

    private TwoNodes(OnsaleNode[] nodes, string database)
    {
        (_nodes, Database) = (nodes, database);
        Crowds = [.. nodes.Select(node => new Crowd(node))];
        Watch = new InventoryWatch(nodes);
        DataSource = NpgsqlDataSource.Create(database);
    }

    public string Database { get; }

    public IReadOnlyList<OnsaleNode> Nodes => _nodes;

    public IReadOnlyList<Crowd> Crowds { get; }

    public InventoryWatch Watch { get; }

    /// <summary>The test's own connections: they stay when a node goes.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Starts both.</summary>
    /// <param name="database">Null for a new one.</param>
    /// <param name="clocks">Of the nodes; null for the real one.</param>
    public static async Task<TwoNodes> StartAsync(string? database = null, TimeProvider?[]? clocks = null)
    {
        database ??= await TestCluster.PrivateDatabaseAsync();
        var nodes = new List<OnsaleNode>();
        foreach (var clock in clocks ?? [null, null])
            nodes.Add(await OnsaleNode.StartAsync(
                database, configure: builder => builder.Services.AddSingleton(clock ?? TimeProvider.System)));
        return new TwoNodes([.. nodes], database);
    }

    /// <summary>No fault in the tables, no alarm while it ran, and no deadlock in the database's whole life.</summary>
    public async Task ShouldEndSoundAsync(TestEvent @event)
    {
        await _nodes[0].ShouldBeSoundAsync(@event);
        Watch.Alarms.ShouldBe(0);
        await DisposeAsync();
        (await Infrastructure.Database.DeadlocksAsync(Database)).ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (var crowd in Crowds)
            crowd.Dispose();
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        Watch.Dispose();
        await DataSource.DisposeAsync();
    }
}
