using Onsale.Bench.Hosts;
using Onsale.Bench.Hosts.RowLocks;
using Onsale.Bench.Load;

namespace Onsale.Bench.Scenarios;

/// <summary>The on-sale minute of one hot event, over HTTP, beside what it is to be compared with.</summary>
internal sealed class OnSale
{
    public const int SeatsOfHotEvent = 200_000;
    public const int SeatsOfSmallEvent = 1_000;
    public const int SeatsOfLargeEvent = 50_000;
    public const int Guests = 4096;
    private const double SeatsToSpare = 1.4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private readonly BenchOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly BenchDatabase _database;
    private readonly ServerProcess _server;
    private readonly BenchEvents _events;
    private readonly OnSaleFigures _figures;
    private IReadOnlyList<string> _tokens = [];
    private Guid _small;
    private Guid _large;
    private BenchEvent _soldOut = null!;
    private double _expectedHolds = 20_000;
    private double _expectedRowLocks = 4_000;
    private long _run;

    private OnSale(
        BenchOptions options, BenchDatabase database, ServerProcess server, CancellationToken cancellationToken)
    {
        (_options, _database, _server, _cancellationToken) = (options, database, server, cancellationToken);
        _events = new BenchEvents(database.DataSource);
        _figures = new OnSaleFigures
        {
            NoOp = new Measurement("No-op: GET, small JSON", 200, NoOpAsync),
            AuthenticatedNoOp = new Measurement("No-op: POST with token, key and body", 200, AuthenticatedNoOpAsync),
            Holds = new Measurement("**Holds of two seats**", 201, HoldsAsync),
            RowLocks = new Measurement(
                "Holds of two seats, row locks", 201, time => RowLocksAsync(RowLockHolds.Path, time)),
            LoggedRowLocks = new Measurement(
                "Holds of two seats, row locks that keep the log", 201,
                time => RowLocksAsync(RowLockHolds.LoggedPath, time)),
            Refusals = new Measurement("Refusals, sold out", 409, RefusalsAsync),
            RefusalsBesideConfirms = new Measurement(
                $"Refusals, sold out, beside {PacedConfirmations.PerSecond} confirmations a second", 409,
                RefusalsBesideConfirmsAsync),
            SmallReads = new Measurement(
                "Availability of 1,000 seats", 200, time => ReadsAsync(_small, SameRequest.AsBrowsers, 200, time)),
            LargeReads = new Measurement(
                "Availability of 50,000 seats", 200, time => ReadsAsync(_large, SameRequest.AsBrowsers, 200, time)),
            PlainReads = new Measurement(
                "Availability of 50,000 seats, not compressed", 200, time => ReadsAsync(_large, "", 200, time)),
            UnchangedReads = new Measurement("Availability of 50,000 seats, unchanged (304)", 304, UnchangedReadsAsync),
        };
    }

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        HttpLoad.UseOneThread();
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await database.ExecuteAsync(RowLockSql.CreateTables);
        await using var server = await ServerProcess.StartAsync(database, [.. options.ServerSettings]);
        var scenario = new OnSale(options, database, server, cancellationToken);
        await scenario.SetUpAsync();
        await scenario.MeasureAsync();
        await scenario.ReportAsync();
    }

    private async Task SetUpAsync()
    {
        _small = (await _events.WithSeatsAsync(1, SeatsOfSmallEvent))[0].Id;
        _large = (await _events.WithSeatsAsync(1, SeatsOfLargeEvent))[0].Id;
        _soldOut = (await _events.WithPoolAsync(1, 2))[0];
        _tokens = await _server.MintGuestsAsync(1);
        var (status, body) = await _server.SendAsync(
            HttpMethod.Post, $"/api/v1/events/{_soldOut.Id}/bookings", _tokens[0],
            $$"""{"tickets":[{"tierId":"{{_soldOut.TierId}}","quantity":2}]}""");
        if (status != 201)
            throw new BenchException($"A hold was answered with {status}: {body}");
        await HalfSold.MakeAsync(_server, _small, SeatsOfSmallEvent);
        await HalfSold.MakeAsync(_server, _large, SeatsOfLargeEvent);
    }

    private async Task MeasureAsync()
    {
        await Console.Error.WriteLineAsync("Warming up");
        var measured = _figures.All.Where(one => _options.Measures(one.Name)).ToList();
        foreach (var measurement in measured)
        {
            var rate = await measurement.WarmUpAsync(WarmUp);
            if (measurement == _figures.Holds)
                _expectedHolds = rate;
            else if (measurement == _figures.RowLocks)
                _expectedRowLocks = rate;
        }

        for (var round = 1; round <= _options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {_options.Rounds}");
            foreach (var measurement in measured)
                await measurement.TakeAsync(_server, _options.Duration);
            if (_options.Only is null && await WrkAsync() is { } rate)
                _figures.Wrk.Add(rate);
        }
    }

    private Task<double?> WrkAsync() =>
        Wrk.RunAsync(_server.Address, Baselines.NoOpPath, _options.Duration, _cancellationToken);

    private async Task<LoadResult> NoOpAsync(TimeSpan duration) =>
        (await LoadAsync(new SameRequest($"GET {Baselines.NoOpPath} HTTP/1.1"), duration)).Expect(200);

    private async Task<LoadResult> AuthenticatedNoOpAsync(TimeSpan duration) =>
        (await LoadAsync(await HoldsOfAsync(Baselines.NoOpPath, [_large], int.MaxValue), duration)).Expect(200);

    private async Task<LoadResult> HoldsAsync(TimeSpan duration)
    {
        _expectedHolds = Math.Max(_expectedHolds, _figures.Holds.Rates.DefaultIfEmpty().Max());
        var events = await HotEventsAsync(_expectedHolds, duration);
        var holds = await HoldsOfAsync("/api/v1/events/{0}/bookings", events, SeatsOfHotEvent);
        return (await LoadAsync(holds, duration)).Expect(201, 409);
    }

    private async Task<LoadResult> RowLocksAsync(string path, TimeSpan duration)
    {
        _expectedRowLocks = Math.Max(_expectedRowLocks, _figures.RowLocks.Rates.DefaultIfEmpty().Max());
        var events = await HotEventsAsync(_expectedRowLocks, duration);
        await _database.CopyToRowLocksAsync(events);
        var holds = await HoldsOfAsync(path, events, SeatsOfHotEvent);
        return (await LoadAsync(holds, duration)).Expect(201, 409);
    }

    private async Task<LoadResult> RefusalsAsync(TimeSpan duration)
    {
        await NewGuestsAsync();
        return (await LoadAsync(new RefusedRequests(_soldOut, _tokens, ++_run), duration)).Expect(409);
    }

    private async Task<LoadResult> RefusalsBesideConfirmsAsync(TimeSpan duration)
    {
        await NewGuestsAsync();
        var places = (int)(duration.TotalSeconds * PacedConfirmations.PerSecond);
        var soldOut = (await _events.WithPoolAsync(1, places))[0];
        var confirmations = new PacedConfirmations(_server, soldOut);
        await confirmations.HoldAllAsync(_tokens, places);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        var confirming = confirmations.RunAsync(stopping.Token);
        var load = (await LoadAsync(new RefusedRequests(soldOut, _tokens, ++_run), duration)).Expect(409);
        await stopping.CancelAsync();
        await confirming;
        await Console.Error.WriteLineAsync($"  {confirmations.Confirmed / duration.TotalSeconds:F0} confirmations/s");
        return load;
    }

    private async Task<LoadResult> UnchangedReadsAsync(TimeSpan duration)
    {
        using var response = await _server.Client.GetAsync($"/api/v1/events/{_large}/availability", _cancellationToken);
        return await ReadsAsync(
            _large, $"{SameRequest.AsBrowsers}\r\nIf-None-Match: {response.Headers.ETag}", 304, duration);
    }

    private async Task<LoadResult> ReadsAsync(Guid eventId, string headers, int status, TimeSpan duration)
    {
        var read = new SameRequest($"GET /api/v1/events/{eventId}/availability HTTP/1.1{headers}");
        return (await LoadAsync(read, duration)).Expect(status);
    }

    private async Task<LoadResult> LoadAsync(RequestSource source, TimeSpan duration)
    {
        // After all that prepares a load, so that only the load is counted.
        var (work, before) = (await _server.BeginCountAsync(), await _server.StatsAsync());
        var result = await HttpLoad.RunAsync(_server.Address, source, duration, _cancellationToken);
        (result.ServerBefore, result.WorkBefore) = (before, work);
        return result;
    }

    /// <summary>Enough seats for a load of this rate, in events that are loaded before it begins.</summary>
    private async Task<IReadOnlyList<Guid>> HotEventsAsync(double holdsPerSecond, TimeSpan duration)
    {
        var count = (int)Math.Ceiling(holdsPerSecond * duration.TotalSeconds * 2 * SeatsToSpare / SeatsOfHotEvent);
        var events = await _events.WithSeatsAsync(count, SeatsOfHotEvent);
        foreach (var hot in events)
            await _server.SendAsync(HttpMethod.Get, $"/api/v1/events/{hot.Id}/availability", token: null);
        return [.. events.Select(hot => hot.Id)];
    }

    private async Task<HoldRequests> HoldsOfAsync(string path, IReadOnlyList<Guid> events, int seats)
    {
        await NewGuestsAsync();
        return new HoldRequests(path, events, seats, _tokens, ++_run);
    }

    /// <summary>
    /// New ones for each load: a guest who bought in another would be slower to check than a new
    /// one.
    /// </summary>
    private async Task NewGuestsAsync() => _tokens = await _server.MintGuestsAsync(Guests);

    private async Task ReportAsync()
    {
        var stats = await _server.StatsAsync();
        if (stats.Alarms > 0)
            throw new BenchException($"The server raised {stats.Alarms} alarms.");
        var audited = await Audit.RunAsync(_database, _cancellationToken);
        if (_options.Only is not null)
            return;
        var bookings = await _database.QueryAsync<long>("select count(*) from bookings");
        await OnSaleReport.WriteAsync(
            _options, _figures, audited, bookings, await _database.QueryAsync<string>("show server_version"));
    }
}
