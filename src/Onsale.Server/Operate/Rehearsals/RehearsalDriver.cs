using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>The sale of a copy to simulated buyers, by requests to this node.</summary>
internal sealed class RehearsalDriver(
    IServer server, IConfiguration configuration, SimulatedCallers callers, RehearsalStore store, TimeProvider time)
{
    /// <summary>Runs until all buyers are done, its time is over, or somebody stops it.</summary>
    /// <param name="rehearsal">With its plan complete.</param>
    /// <param name="house">The copy.</param>
    /// <param name="placesTotal">Places of it.</param>
    /// <param name="onSaleAt">When its sale begins.</param>
    /// <param name="record">Where all is noted.</param>
    /// <param name="stopping">The program stops.</param>
    /// <returns>Whether somebody stopped it.</returns>
    public async Task<bool> RunAsync(
        StoredRehearsal rehearsal, CopyHouse house, int placesTotal, DateTimeOffset onSaleAt, RehearsalRecord record,
        CancellationToken stopping)
    {
        var plan = rehearsal.Shown.Plan;
        using var client = new RehearsalClient(
            FindAddress(), callers.Begin(), FindHost(), plan.RequestsPerSecond, onSaleAt, record, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var queue = new QueueWatch(client, rehearsal.CopyId, time);
            await queue.ReadAsync(end.Token);
            var watching = queue.RunAsync(end.Token);
            var buyers = Task.WhenAll(Enumerable.Range(1, plan.Buyers).Select(number => new BuyerRun(
                SimulatedBuyer.Of(number, plan.Seed, plan.Profile!), house, plan.Profile!, client, queue, record, time)
                .RunAsync(end.Token)));
            var isStopped = await FollowAsync(
                rehearsal, client, record, placesTotal, buyers, watching, end.Token);
            await end.CancelAsync();
            await buyers;
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.ThrowIfCancellationRequested();
            return isStopped;
        }
        finally
        {
            await end.CancelAsync();
            callers.End();
        }
    }

    /// <summary>Notes how far it is, once a second, until it is over; answers whether somebody stopped it.</summary>
    private async Task<bool> FollowAsync(
        StoredRehearsal rehearsal, RehearsalClient client, RehearsalRecord record, int placesTotal, Task buyers,
        Task watching, CancellationToken cancellationToken)
    {
        var maxSeconds = rehearsal.Shown.Plan.Minutes * 60;
        while (client.Now < maxSeconds && !cancellationToken.IsCancellationRequested)
        {
            if (record.SoldOutAt is null && client.Now > 0
                && await store.AvailableAsync(rehearsal.CopyId, cancellationToken) == 0)
                record.SoldOutAt = client.Now;
            var progress = new RehearsalProgress(
                Math.Round(client.Now, 1), record.Arrivals.Count, record.Waiting, record.Done, record.Requests,
                record.Bookings, record.PlacesSold, placesTotal);
            if (await store.NoteAsync(rehearsal.Shown.Id, progress, cancellationToken))
                return true;
            if (buyers.IsCompleted)
                return false;
            if (watching.IsCompleted)
                await watching; // it ends by a fault alone
            await Task.WhenAny(
                buyers, Task.Delay(TimeSpan.FromSeconds(RehearsalsLimits.NoteSeconds), time, cancellationToken));
        }

        return false;
    }

    /// <summary>Where this node listens, as it is reached from this machine.</summary>
    private Uri FindAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.Where(one => !one.Contains("://unix:", StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => one.StartsWith("https", StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault()
            ?? throw new StartupException("a rehearsal needs a TCP address that this node listens on.");
        var parsed = BindingAddress.Parse(address);
        var host = parsed.Host is "+" or "*" or "[::]" or "0.0.0.0" or "localhost"
            ? IPAddress.Loopback.ToString()
            : parsed.Host;
        return new Uri($"{parsed.Scheme}://{host}:{parsed.Port}");
    }

    /// <summary>The first name that the server goes by; null: any will do.</summary>
    private string? FindHost() =>
        (configuration[AllowedHosts.Setting] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal));
}
