using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Audit;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>The program's own auditor, asked at the end of every test that sells.</summary>
internal static class Audit
{
    public static async Task<IReadOnlyList<string>> FaultsAsync(this OnsaleNode node, TestEvent @event) =>
        [.. (await node.Services.GetRequiredService<Auditor>().AuditAsync(@event.Id)).Select(fault => fault.What)];

    public static async Task ShouldBeSoundAsync(this OnsaleNode node, TestEvent @event) =>
        (await node.FaultsAsync(@event)).ShouldBeEmpty();
}
