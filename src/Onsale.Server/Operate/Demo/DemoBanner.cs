namespace Onsale.Server.Operate.Demo;

/// <summary>What to try first, as lines to copy.</summary>
internal static class DemoBanner
{
    public static string[] TryNext(string address)
    {
        var api = $"{address.Replace("//0.0.0.0:", "//localhost:").Replace("//[::]:", "//localhost:")}/api/v1";
        var @event = DemoIds.Of("event", "club-night");
        var tier = DemoIds.Of("tier", "club-night/GA");
        return
        [
            $"curl -s '{api}/events?limit=5'",
            $"TOKEN=$(curl -s -X POST {api}/auth/guest | grep -o '\"accessToken\":\"[^\"]*' | cut -d'\"' -f4)",
            $"curl -s {api}/events/{@event}/bookings -H \"Authorization: Bearer $TOKEN\" \\",
            $"  --json '{{\"tickets\":[{{\"tierId\":\"{tier}\",\"quantity\":2}}]}}'",
        ];
    }
}
