using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Onsale.Platform.Database;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>How a rehearsal came to its end.</summary>
internal enum RehearsalOutcome
{
    /// <summary>All buyers are done, or its time is over.</summary>
    Finished,

    /// <summary>Somebody has stopped it.</summary>
    Stopped,

    /// <summary>A sale of the installation was put forward since it began, and comes first.</summary>
    SaleNear,
}

/// <summary>The lease is another node's by now, or nobody's: what is left is removed under the next one.</summary>
internal sealed class RehearsalLostException() : Exception("The lease of the rehearsal is lost.");

/// <summary>The sale of a copy to simulated buyers, by requests to this node.</summary>
internal sealed class RehearsalDriver(
    IServer server, IConfiguration configuration, SimulatedCallers callers, RehearsalStore store, TimeProvider time)
{
    /// <summary>
    /// Runs until all buyers are done, its time is over, or it has to stop. Whatever ends it, none of its requests is
    /// under way afterwards.
    /// </summary>
    /// <param name="rehearsal">With its plan complete.</param>
    /// <param name="house">The copy.</param>
    /// <param name="placesTotal">Places of it.</param>
    /// <param name="onSaleAt">When its sale begins.</param>
    /// <param name="record">Where all is noted.</param>
    /// <param name="lease">Without which another node removes the copy.</param>
    /// <param name="stopping">The program stops.</param>
    /// <exception cref="RehearsalLostException">The lease is lost.</exception>
    public async Task<RehearsalOutcome> RunAsync(
        StoredRehearsal rehearsal, CopyHouse house, int placesTotal, DateTimeOffset onSaleAt, RehearsalRecord record,
        AdvisoryLease lease, CancellationToken stopping)
    {
        var plan = rehearsal.Shown.Plan;
        using var client = new RehearsalClient(
            FindAddress(), callers.Begin(), FindHost(), plan.RequestsPerSecond, onSaleAt, record, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var (watching, buyers) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            var queue = new QueueWatch(client, rehearsal.CopyId, time);
            await queue.ReadAsync(end.Token);
            watching = queue.RunAsync(end.Token);
            buyers = Task.WhenAll(Enumerable.Range(1, plan.Buyers).Select(number => new BuyerRun(
                SimulatedBuyer.Of(number, plan.Seed, plan.Profile!), house, plan.Profile!, client, queue, record, time)
                .RunAsync(end.Token)));
            var outcome = await FollowAsync(
                rehearsal, client, record, placesTotal, buyers, watching, lease, end.Token);
            await end.CancelAsync();
            await buyers;
            stopping.ThrowIfCancellationRequested();
            return outcome;
        }
        finally
        {
            await end.CancelAsync();
            await buyers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            callers.End();
        }
    }

    /// <summary>Notes how far it is, once a second, until it is over.</summary>
    private async Task<RehearsalOutcome> FollowAsync(
        StoredRehearsal rehearsal, RehearsalClient client, RehearsalRecord record, int placesTotal, Task buyers,
        Task watching, AdvisoryLease lease, CancellationToken cancellationToken)
    {
        var maxSeconds = rehearsal.Shown.Plan.Minutes * 60;
        while (client.Now < maxSeconds && !cancellationToken.IsCancellationRequested)
        {
            if (!await lease.IsHeldAsync(cancellationToken))
                throw new RehearsalLostException();
            if (await store.IsSaleNearAsync(RehearsalsLimits.StopMinutes, cancellationToken))
                return RehearsalOutcome.SaleNear;
            if (record.SoldOutAt is null && client.Now > 0
                && await store.AvailableAsync(rehearsal.CopyId, cancellationToken) == 0)
                record.SoldOutAt = client.Now;
            var progress = new RehearsalProgress(
                Math.Round(client.Now, 1), record.Arrivals.Count, record.Waiting, record.Done, record.Requests,
                record.Bookings, record.PlacesSold, placesTotal);
            if (await store.NoteAsync(rehearsal.Shown.Id, progress, cancellationToken))
                return RehearsalOutcome.Stopped;
            if (buyers.IsCompleted)
                return RehearsalOutcome.Finished;
            if (watching.IsCompleted)
                await watching; // it ends by a fault alone
            await Task.WhenAny(
                buyers, Task.Delay(TimeSpan.FromSeconds(RehearsalsLimits.NoteSeconds), time, cancellationToken));
        }

        return RehearsalOutcome.Finished;
    }

    private Uri FindAddress() => AddressOf(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        ?? throw new StartupException("a rehearsal needs a TCP address that this node listens on.");

    /// <summary>
    /// Where this node is reached from this machine, always by number; null: nowhere. Whatever name it listens by, it
    /// listens on all addresses then, and to others the name may mean another machine.
    /// </summary>
    /// <param name="bindings">As the server has them.</param>
    internal static Uri? AddressOf(IEnumerable<string> bindings)
    {
        var binding = bindings.Where(one => !one.Contains("://unix:", StringComparison.OrdinalIgnoreCase)
                && !one.Contains("://pipe:", StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => one.StartsWith("https", StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault();
        if (binding is null)
            return null;
        var parsed = BindingAddress.Parse(binding);
        var isNumber = IPAddress.TryParse(parsed.Host, out var address)
            && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
        var host = !isNumber ? $"{IPAddress.Loopback}"
            : address!.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
        return new Uri($"{parsed.Scheme}://{host}:{parsed.Port}");
    }

    /// <summary>The first name that the server goes by; null: any will do.</summary>
    private string? FindHost() =>
        (configuration[AllowedHosts.Setting] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal));
}
