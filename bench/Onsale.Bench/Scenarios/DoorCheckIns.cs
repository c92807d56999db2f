using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Onsale.Bench.Hosts;
using Onsale.Bench.Reports;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>Paired devices that check in tickets of one event through the API, one by one and in batches.</summary>
internal sealed class DoorCheckIns(BenchDatabase database, ServerProcess server, CancellationToken cancellationToken)
{
    private const int Tickets = 100_000;
    private const int Devices = 20;
    private const int BatchScans = 200;
    private const int SingleScans = 20_000;
    private const double WantedPerSecond = 2_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await using var server = await ServerProcess.StartAsync(database);
        await new DoorCheckIns(database, server, cancellationToken).RunAsync(options);
    }

    private async Task RunAsync(BenchOptions options)
    {
        var eventId = (await new BenchEvents(database.DataSource).WithPoolAsync(1, Tickets))[0].Id;
        await database.ExecuteAsync("""
            insert into bookings (
                event_id, id, buyer_id, state, held_until, hold_version, version, created_at, changed_at, tiers, seats,
                prices)
            select $1, md5('booking' || n)::uuid, $1, 2, now(), 0, 0, now(), now(), array[0, 0, 0, 0]::smallint[],
                array[-1, -1, -1, -1], array[0, 0, 0, 0]::bigint[]
            from generate_series(0, $2 / 4 - 1) n
            """, eventId, Tickets);
        await database.ExecuteAsync("""
            insert into tickets (event_id, id, booking_id, line, code, issued_at)
            select $1, md5('ticket' || n)::uuid, md5('booking' || n / 4)::uuid, n % 4,
                upper(substr(encode(sha256(('code' || n)::bytea), 'hex'), 1, 16)), now()
            from generate_series(0, $2 - 1) n
            """, eventId, Tickets);
        await database.ExecuteAsync("""
            insert into door_devices (
                event_id, id, organisation_id, name, shows_names, created_by, pairing_hash, pairing_expires_at,
                token_hash, paired_at, seen_at)
            select $1, md5('device' || n)::uuid, $1, 'Device ' || n, false, $1, sha256(('pairing' || n)::bytea), now(),
                sha256(('device' || n)::bytea), now(), now()
            from generate_series(0, $2 - 1) n
            """, eventId, Devices);
        var codes = Enumerable.Range(0, Tickets).Select(CodeOf).ToArray();
        var single = await MeasureAsync("one a request", [.. codes.Take(SingleScans).Chunk(1)]);
        var batches = await MeasureAsync($"{BatchScans} a request", [.. codes.Skip(SingleScans).Chunk(BatchScans)]);
        var inside = await database.QueryAsync<long>(
            "select count(*) from check_ins where event_id = $1 and outcome = 0 and admitted", eventId);
        if (inside != Tickets)
            throw new BenchException($"{Tickets} tickets were sent, and {inside} are inside.");
        await ReportAsync(options, [single, batches]);
    }

    private async Task<Figure> MeasureAsync(string name, IReadOnlyList<string[]> requests)
    {
        var next = -1;
        var times = new double[requests.Count];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Devices).Select(async device =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests.Count
                && Stopwatch.GetElapsedTime(started) < Deadline)
            {
                var began = Stopwatch.GetTimestamp();
                await SendAsync(device, requests[number]);
                times[number] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(times);
        var figure = new Figure(
            name, requests.Sum(request => request.Length), seconds, times[times.Length / 2],
            times[(int)(times.Length * 0.99)]);
        await Console.Error.WriteLineAsync($"  {figure}");
        return figure;
    }

    private async Task SendAsync(int device, string[] codes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/door/check-ins");
        request.Headers.Add("Door-Device", string.Create(CultureInfo.InvariantCulture, $"device{device}"));
        request.Content = JsonContent.Create(new
        {
            scans = codes.Select(code => new { nonce = NewId(), code, kind = "entry", gate = "A" }),
        });
        using var answer = await server.Client.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!answer.IsSuccessStatusCode || body.GetProperty("results").EnumerateArray()
            .Any(result => result.GetProperty("outcome").GetString() != "accepted"))
        {
            throw new BenchException($"A scan was answered with {(int)answer.StatusCode}: {body}");
        }
    }

    private async Task ReportAsync(BenchOptions options, IReadOnlyList<Figure> figures)
    {
        var report = new Report(options);
        report.Say("# Check-ins through the API");
        await report.DescribeRunAsync(await database.QueryAsync<string>("show server_version"));
        report.Say(string.Create(CultureInfo.InvariantCulture, $"""
            {Devices} paired devices check in {Tickets:N0} tickets of one event by codes of 16 characters, each once;
            node, PostgreSQL and the devices on one machine. Afterwards as many are inside as tickets were sent.
            """));
        report.Table(
            ["scans", "how many", "seconds", "a second", "p50 ms a request", "p99 ms", ""],
            figures.Select(one => (IReadOnlyList<string>)
            [
                one.Name, Whole(one.Scans), Ratio(one.Seconds), Whole(one.Scans / one.Seconds), Milliseconds(one.P50),
                Milliseconds(one.P99), Verdict(one.Scans / one.Seconds >= WantedPerSecond),
            ]));
        await report.WriteAsync();
    }

    private static string CodeOf(int number) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"code{number}")))[..16];

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private sealed record Figure(string Name, int Scans, double Seconds, double P50, double P99);
}
