using System.Diagnostics;
using System.Globalization;
using System.Net;
using Onsale.Bench.Hosts;
using Onsale.Bench.Load;

namespace Onsale.Bench.Scenarios;

/// <summary>
/// Availability beside a no-op, each alone; and holds at full speed, alone and beside readers who poll.
/// </summary>
internal sealed class FanOutReads(
    BenchOptions options, BenchDatabase database, ServerProcess server, BenchEvents events, FanOutFigures figures,
    CancellationToken cancellationToken)
{
    private const int Readers = 20;
    private const int Guests = 1024;
    private const int SeatsOfHotEvent = 200_000;
    private const int HotEvents = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private long _run;

    public async Task MeasureAsync()
    {
        var watched = (await events.WithSeatsAsync(1, FanOut.Seats))[0].Id;
        await HalfSold.MakeAsync(server, watched, FanOut.Seats);
        var read = $"GET /api/v1/events/{watched}/availability HTTP/1.1{SameRequest.AsBrowsers}";
        await AloneAsync(Baselines.NoOpPath, $"GET {Baselines.NoOpPath} HTTP/1.1", WarmUp);
        await AloneAsync("availability", read, WarmUp);
        await HoldAsync(WarmUp, reads: false);
        for (var round = 0; round < options.Rounds; round++)
        {
            figures.NoOps.Add(
                await AloneAsync(Baselines.NoOpPath, $"GET {Baselines.NoOpPath} HTTP/1.1", options.Duration));
            figures.Reads.Add(await AloneAsync("availability", read, options.Duration));
            figures.HoldsAlone.Add(await HoldAsync(options.Duration, reads: false));
            figures.HoldsBesideReads.Add(await HoldAsync(options.Duration, reads: true));
        }

        var deadlocks = await database.QueryAsync<long>(
            "select deadlocks from pg_stat_database where datname = current_database()");
        if (deadlocks > 0)
            throw new BenchException($"There were {deadlocks} deadlocks.");
    }

    private async Task<double> AloneAsync(string name, string request, TimeSpan duration)
    {
        var load = (await HttpLoad.RunAsync(server.Address, new SameRequest(request), duration, cancellationToken))
            .Expect(200);
        await SayAsync(name, load.Rate(200));
        return load.Rate(200);
    }

    private async Task<double> HoldAsync(TimeSpan duration, bool reads)
    {
        var hot = await events.WithSeatsAsync(HotEvents, SeatsOfHotEvent);
        foreach (var show in hot)
            await server.SendAsync(HttpMethod.Get, $"/api/v1/events/{show.Id}/availability", token: null);
        var source = new HoldRequests(
            "/api/v1/events/{0}/bookings", [.. hot.Select(show => show.Id)], SeatsOfHotEvent,
            await server.MintGuestsAsync(Guests), ++_run);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = reads ? PollAsync(hot[0].Id, stopping.Token) : Task.FromResult(new LoadResult());
        var load = (await HttpLoad.RunAsync(server.Address, source, duration, cancellationToken)).Expect(201, 409);
        await stopping.CancelAsync();
        var polled = await polling;
        if (source.RanOut)
            throw new BenchException("The seats ran out before the time did.");
        if (reads)
        {
            figures.PolledReads.Add(polled.Expect(200).Count(200) / load.Elapsed.TotalSeconds);
            figures.PolledP99.Add(polled.Percentile(200, 99).TotalMilliseconds);
        }

        await SayAsync(reads ? "holds beside reads" : "holds alone", load.Rate(201));
        return load.Rate(201);
    }

    /// <summary>
    /// Readers of the very event that is on sale, each of whose reads finds a new version, at a fixed pace.
    /// </summary>
    private async Task<LoadResult> PollAsync(Guid eventId, CancellationToken stopping)
    {
        var result = new LoadResult();
        var request = new SameRequest(
            $"GET /api/v1/events/{eventId}/availability HTTP/1.1{SameRequest.AsBrowsers}");
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => PollAsync(reader, request, result, stopping)));
        return result;
    }

    private async Task PollAsync(int reader, RequestSource request, LoadResult result, CancellationToken stopping)
    {
        using var connection = new HttpConnection(reader, new IPEndPoint(IPAddress.Loopback, server.Address.Port));
        await connection.ConnectAsync();
        var (began, reads) = (Stopwatch.GetTimestamp(), 0);
        while (!stopping.IsCancellationRequested)
        {
            var due = TimeSpan.FromSeconds((double)reads * Readers / FanOut.ReadsPerSecond)
                - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, TimeProvider.System, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            reads++;
            await connection.RunAsync(new Once(request), result, CancellationToken.None);
        }
    }

    private static Task SayAsync(string name, double rate) => Console.Error.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture, $"  {name}: {rate:N0}/s"));

    /// <summary>One request of a source.</summary>
    private sealed class Once(RequestSource source) : RequestSource
    {
        private bool _isSent;

        public override int Next(int connection, Span<byte> buffer)
        {
            if (_isSent)
                return 0;
            _isSent = true;
            return source.Next(connection, buffer);
        }
    }
}
