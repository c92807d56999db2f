using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Accounts;

/// <summary>
/// One node for all tests of a class that need no settings of their own, with passwords hashed quickly.
/// </summary>
public sealed class SharedNode : IAsyncLifetime
{
    internal OnsaleNode Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
