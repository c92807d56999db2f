using Onsale.Inventory;

namespace Onsale.Bench.Hosts;

/// <summary>
/// Takes half of an event's seats, in pairs scattered over the house: the availability that tells most, and that
/// compresses worst. One of nothing but zeros would be read faster than any real one.
/// </summary>
internal static class HalfSold
{
    private const int Seed = 20_261;

    public static async Task MakeAsync(ServerProcess server, Guid eventId, int seats)
    {
        var pairs = Enumerable.Range(0, seats / 2).ToArray();
        new Random(Seed).Shuffle(pairs);
        var parties = pairs.Take(pairs.Length / 2).Chunk(InventoryLimits.MaxPlacesPerBooking / 2).ToList();
        var tokens = await server.MintGuestsAsync(parties.Count);
        foreach (var (party, token) in parties.Zip(tokens))
        {
            var places = string.Join(',', party.SelectMany(pair => new[] { pair * 2, (pair * 2) + 1 }));
            var (status, body) = await server.SendAsync(
                HttpMethod.Post, $"/api/v1/events/{eventId}/bookings", token, $$"""{"seats":[{{places}}]}""");
            if (status != 201)
                throw new BenchException($"A hold was answered with {status}: {body}");
        }
    }
}
