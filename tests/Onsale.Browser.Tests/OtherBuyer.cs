using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Onsale.Browser.Tests;

/// <summary>Somebody else, far away, who buys through the API while a visitor looks at a page.</summary>
internal sealed class OtherBuyer : IDisposable
{
    private readonly HttpClient _client;

    private OtherBuyer(string address) => _client = new HttpClient { BaseAddress = new Uri(address) };

    public static async Task<OtherBuyer> ComeAsync(BrowserFixture browser)
    {
        var buyer = new OtherBuyer(browser.Address);
        using var answer = await buyer._client.PostAsync("/api/v1/auth/guest", content: null);
        answer.EnsureSuccessStatusCode();
        var guest = await answer.Content.ReadFromJsonAsync<JsonElement>();
        buyer._client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", guest.GetProperty("accessToken").GetString());
        return buyer;
    }

    public async Task<JsonElement> EventAsync(string slug) =>
        await _client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{slug}");

    /// <summary>Holds so many of a tier; fails the test if that is refused.</summary>
    public async Task<Guid> HoldAsync(string slug, string tier, int quantity)
    {
        var details = await EventAsync(slug);
        var tierId = details.GetProperty("tiers").EnumerateArray()
            .Single(candidate => candidate.GetProperty("name").GetString() == tier).GetProperty("id").GetString();
        return await HoldAsync(details, new { tickets = new[] { new { tierId, quantity } } });
    }

    /// <summary>Holds the seats of these labels, such as "Stalls, row C, seat 14".</summary>
    public async Task HoldSeatsAsync(string slug, params IEnumerable<string> labels)
    {
        var details = await EventAsync(slug);
        var wanted = labels.ToHashSet(StringComparer.Ordinal);
        List<int> seats = [];
        for (var page = 1; seats.Count < wanted.Count; page++)
        {
            var answer = await _client.GetFromJsonAsync<JsonElement>(
                $"/api/v1/events/{details.GetProperty("id").GetString()}/seats?page={page}&limit=50");
            var rows = answer.GetProperty("data").EnumerateArray().ToList();
            rows.ShouldNotBeEmpty("there is no seat of such a label");
            seats.AddRange(rows.Where(seat => wanted.Contains(seat.GetProperty("label").GetString()!))
                .Select(seat => seat.GetProperty("seat").GetInt32()));
        }

        await HoldAsync(details, new { seats });
    }

    /// <summary>Gives a hold back.</summary>
    public async Task ReleaseAsync(string slug, Guid booking)
    {
        var id = (await EventAsync(slug)).GetProperty("id").GetString();
        using var answer = await _client.DeleteAsync($"/api/v1/events/{id}/bookings/{booking}");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Buys so many of a tier; the codes of the tickets.</summary>
    public async Task<string[]> BuyAsync(string slug, string tier, int quantity)
    {
        var details = await EventAsync(slug);
        var tierId = details.GetProperty("tiers").EnumerateArray()
            .Single(candidate => candidate.GetProperty("name").GetString() == tier).GetProperty("id").GetString();
        var held = await HoldAsync(details, new { tickets = new[] { new { tierId, quantity } } });
        var booking = $"/api/v1/events/{details.GetProperty("id").GetString()}/bookings/{held}";
        using var named = await _client.PutAsJsonAsync(
            $"{booking}/contact", new { name = "Otto Rehm", email = "otto@example.com" });
        named.EnsureSuccessStatusCode();
        using var paid = await _client.PostAsJsonAsync(
            $"{booking}/confirm", new { payment = new { token = "sim_success" } });
        paid.EnsureSuccessStatusCode();
        var confirmed = await paid.Content.ReadFromJsonAsync<JsonElement>();
        return [
            .. confirmed.GetProperty("tickets").EnumerateArray().Select(one => one.GetProperty("code").GetString()!)];
    }

    public void Dispose() => _client.Dispose();

    private async Task<Guid> HoldAsync(JsonElement details, object body)
    {
        var id = details.GetProperty("id").GetString();
        using var answer = await _client.PostAsJsonAsync($"/api/v1/events/{id}/bookings", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
