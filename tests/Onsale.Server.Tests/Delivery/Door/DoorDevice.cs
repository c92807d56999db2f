using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Delivery.Door;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Door;

/// <summary>A device that was paired with an event's door.</summary>
internal sealed record DoorDevice(HttpClient Client, OpenDoor Door, Guid Id, string Token, string Code)
{
    public static async Task<DoorDevice> PairAsync(OpenDoor door, string name = "North", bool showsNames = false)
    {
        var pairing = await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/door-devices", door.Staff, new { name, showsNames });
        pairing.Status.ShouldBe(201, pairing.Body.ToString());
        var code = pairing["code"].GetString()!;
        var paired = await AskAsync(door.Node.Client, HttpMethod.Post, "pair", token: null, new { code });
        paired.Status.ShouldBe(200, paired.Body.ToString());
        return new DoorDevice(
            door.Node.Client, door, paired["deviceId"].GetGuid(), paired["token"].GetString()!, code);
    }

    /// <summary>A scan that the device has decided by itself.</summary>
    public static object Offline(
        string code, DateTimeOffset at, bool admitted = true, string kind = "entry", string gate = "",
        Guid? nonce = null) =>
        new { nonce = nonce ?? House.NewId(), code, kind, gate, scannedAt = at, admitted };

    public Task<Answer> AskAsync(HttpMethod method, string path, object? body = null) =>
        AskAsync(Client, method, path, Token, body);

    public async Task<IReadOnlyList<JsonElement>> SendAsync(DateTimeOffset sentAt, params object[] scans)
    {
        var answer = await AskAsync(HttpMethod.Post, "check-ins", new { scans, sentAt });
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return [.. answer["results"].EnumerateArray()];
    }

    public async Task<string?> OutcomeAsync(DateTimeOffset sentAt, object scan) =>
        (await SendAsync(sentAt, scan)).Single().GetProperty("outcome").GetString();

    public static async Task<Answer> AskAsync(
        HttpClient client, HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/door/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (token is not null)
            request.Headers.TryAddWithoutValidation(DoorAccess.Header, token);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
            response.Headers);
    }
}
