using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>A status and its JSON.</summary>
internal sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? ContentType { get; init; }

    public string? Code =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string State => Body.GetProperty("state").GetString()!;

    public Guid Id => Body.GetProperty("id").GetGuid();

    public JsonElement this[string member] => Body.GetProperty(member);
}

/// <summary>A buyer with a session, booking over HTTP on one node.</summary>
internal sealed class Booker(HttpClient client, string token, Guid id, string? admission = null)
{
    public Guid Id => id;

    public string Token => token;

    public HttpClient Client => client;

    public static async Task<Booker> GuestAsync(OnsaleNode node)
    {
        var guest = await node.GuestAsync();
        return new Booker(node.Client, guest.AccessToken, guest.Id);
    }

    public static Task<Booker[]> GuestsAsync(OnsaleNode node, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => GuestAsync(node)));

    /// <summary>The same buyer at another node.</summary>
    public Booker At(OnsaleNode node) => At(node.Client);

    public Booker At(HttpClient other) => new(other, token, id, admission);

    /// <summary>The same buyer with an admission of a waiting room.</summary>
    public Booker With(string? ofRoom) => new(client, token, id, ofRoom);

    public Task<Answer> HoldSeatsAsync(TestEvent @event, params int[] seats) => HoldAsync(@event, new { seats });

    public Task<Answer> HoldTicketsAsync(
        TestEvent @event, int quantity, int tier = 0, string? key = null, CancellationToken leaving = default) =>
        HoldAsync(@event, new { tickets = new[] { new { tierId = @event.Tiers[tier].Id, quantity } } }, key, leaving);

    public Task<Answer> HoldAsync(
        TestEvent @event, object body, string? key = null, CancellationToken leaving = default) =>
        SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings", JsonContent.Create(body), key, leaving);

    public Task<Answer> GetAsync(TestEvent @event, Guid booking) =>
        SendAsync(HttpMethod.Get, $"events/{@event.Id}/bookings/{booking}");

    public Task<Answer> ConfirmAsync(
        TestEvent @event, Guid booking, string payment = "sim_success", bool release = false) =>
        SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings/{booking}/confirm",
            JsonContent.Create(new { payment = new { token = payment }, releaseOnDecline = release }));

    /// <summary>Holds places of the first tier and pays for them.</summary>
    public async Task<Guid> BuyTicketsAsync(TestEvent @event, int quantity)
    {
        var hold = await HoldTicketsAsync(@event, quantity);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        (await ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        return hold.Id;
    }

    public Task<Answer> CancelAsync(TestEvent @event, Guid booking) =>
        SendAsync(HttpMethod.Delete, $"events/{@event.Id}/bookings/{booking}");

    public Task<Answer> MineAsync(string query = "") => SendAsync(HttpMethod.Get, $"me/bookings{query}");

    public async Task<Answer> SendAsync(
        HttpMethod method, string route, HttpContent? content = null, string? key = null,
        CancellationToken leaving = default)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{route}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (admission is not null)
            request.Headers.TryAddWithoutValidation(AdmissionGate.Header, admission);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await client.SendAsync(request, leaving);
        var text = await response.Content.ReadAsStringAsync(leaving);
        return new Answer(
            (int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
            response.Headers)
        {
            ContentType = response.Content.Headers.ContentType?.MediaType,
        };
    }
}
