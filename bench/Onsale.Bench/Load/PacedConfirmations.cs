using System.Text.Json;
using Onsale.Bench.Hosts;

namespace Onsale.Bench.Load;

/// <summary>
/// Buyers who pay while others are refused: holds every place of an event, then confirms the bookings at a steady rate.
/// </summary>
internal sealed class PacedConfirmations(ServerProcess server, BenchEvent @event)
{
    public const int PerSecond = 300;
    private const int PerTick = 3;
    private const int HoldsAtATime = 32;

    private readonly List<(string Token, string Booking)> _held = [];
    private int _confirmed;

    /// <summary>Confirmed so far.</summary>
    public int Confirmed => Volatile.Read(ref _confirmed);

    /// <summary>Holds the places, one a booking: afterwards the event is sold out.</summary>
    public async Task HoldAllAsync(IReadOnlyList<string> tokens, int places)
    {
        foreach (var numbers in Enumerable.Range(0, places).Chunk(HoldsAtATime))
            _held.AddRange(await Task.WhenAll(numbers.Select(number => HoldAsync(tokens[number % tokens.Count]))));
    }

    /// <summary>Confirms until cancelled, or until all are.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 * PerTick / PerSecond));
        var confirming = new List<Task>();
        try
        {
            for (var next = 0; next < _held.Count && await timer.WaitForNextTickAsync(stopping); next += PerTick)
                confirming.AddRange(_held.Skip(next).Take(PerTick).Select(ConfirmAsync));
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }

        await Task.WhenAll(confirming);
    }

    private async Task<(string Token, string Booking)> HoldAsync(string token)
    {
        var (status, body) = await server.SendAsync(
            HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings", token,
            $$"""{"tickets":[{"tierId":"{{@event.TierId}}","quantity":1}]}""");
        if (status != 201)
            throw new BenchException($"A hold was answered with {status}: {body}");
        return (token, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetString()!);
    }

    private async Task ConfirmAsync((string Token, string Booking) held)
    {
        var (status, body) = await server.SendAsync(
            HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings/{held.Booking}/confirm", held.Token,
            """{"payment":{"token":"sim_success"}}""");
        if (status != 200)
            throw new BenchException($"A confirmation was answered with {status}: {body}");
        Interlocked.Increment(ref _confirmed);
    }
}
