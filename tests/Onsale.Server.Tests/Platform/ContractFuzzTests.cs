using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform;

/// <summary>
/// Every route of the contract, with parameters, headers and bodies that are malformed in every way known to have
/// broken something: each answer is a success or a problem that says so, never an error of the server.
/// </summary>
public sealed partial class ContractFuzzTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private static readonly string[] s_commonHeaders =
        ["Idempotency-Key", "If-None-Match", "Accept-Language", "Origin", "Last-Event-ID"];

    private static readonly string[] s_unavailable =
        ["unavailable", "overloaded", "outcome-unknown", "too-many-connections"];

    private readonly OnsaleNode _node = shared.Node;
    private readonly List<string> _faults = [];
    private Crowd _crowd = null!;
    private TestEvent _event = null!;
    private string _token = "";
    private TestOrganisation _organisation = null!;
    private OwnEvent _own = null!;
    private IReadOnlyList<FuzzedRoute> _routes = [];
    private int _turn;

    public async Task InitializeAsync()
    {
        _crowd = new Crowd(_node);
        _event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        _own = await OwnEvent.PublishedAsync(_node, 10);
        _organisation = _own.Organisation;
        _routes = FuzzedRoute.ReadAll(await _node.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json"));
        var buyer = _crowd.Join();
        _token = buyer.Token;
        // The event is loaded and the token known from here on, as the fast path wants it.
        for (var warm = 0; warm < 2; warm++)
            (await buyer.HoldTicketsAsync(_event, 100)).Status.ShouldBe(409);
    }

    public Task DisposeAsync()
    {
        _crowd.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Parameters_of_the_path_and_the_query_never_break_a_route()
    {
        foreach (var route in _routes)
        {
            foreach (var value in Share(Hostile.Parameters))
            {
                foreach (var parameter in route.PathParameters)
                    await AskAsync(route, AddressOf(route, parameter, value));
                foreach (var parameter in route.QueryParameters)
                    await AskAsync(route, $"{AddressOf(route)}?{parameter}={value}");
            }

            foreach (var parameter in route.QueryParameters.Append("unknown"))
            {
                await AskAsync(route, $"{AddressOf(route)}?{parameter}=1&{parameter}=2");
                await AskAsync(route, $"{AddressOf(route)}?{parameter}[]=1&{parameter}");
                var many = string.Join('&', Enumerable.Repeat($"{parameter}=1", 500));
                await AskAsync(route, $"{AddressOf(route)}?{many}");
                await AskAsync(route, $"{AddressOf(route)}?{parameter}={new string('a', 9000)}");
            }
        }

        _faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_never_break_a_route()
    {
        foreach (var route in _routes)
        {
            foreach (var header in route.Headers.Union(s_commonHeaders))
            {
                foreach (var bytes in Share(Hostile.HeaderBytes))
                    await AskAsync(route, AddressOf(route), header: (header, Encoding.Latin1.GetString(bytes)));
            }

            string[] authorizations =
                ["Bearer", "Bearer ", "Bearer \ud83c", "Basic a", $"bearer {_token}", "a b c", $"Bearer {_token}x"];
            foreach (var authorization in authorizations)
                await AskAsync(route, AddressOf(route), header: ("Authorization", authorization));
        }

        _faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bodies_never_break_a_route()
    {
        var withBody = _routes.Where(route => route.Body is not null).ToList();
        withBody.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var route in withBody)
        {
            var sample = Mark().Replace(route.Body!, "\"1\"");
            foreach (var contentType in Share(Hostile.ContentTypes))
                await AskAsync(route, AddressOf(route), Encoding.UTF8.GetBytes(sample), contentType);
            foreach (var body in Share(Hostile.Bodies(sample)))
                await AskBothWaysAsync(route, body);
            for (var mark = 0; route.Body!.Contains($"@{mark}@", StringComparison.Ordinal); mark++)
            {
                foreach (var value in Share(Hostile.Values))
                {
                    var body = route.Body!.Replace($"@{mark}@", value, StringComparison.Ordinal);
                    await AskBothWaysAsync(route, Encoding.UTF8.GetBytes(Mark().Replace(body, "\"1\"")));
                }
            }
        }

        _faults.ShouldBeEmpty();
    }

    /// <summary>Plain holds: one kind of places each, as the fast path reads them.</summary>
    [Fact]
    public async Task Bodies_of_plain_holds_never_break_the_fast_path()
    {
        var hold = _routes.Single(route => route is { Method: "POST", Path: "/api/v1/events/{id}/bookings" });
        string[] forms =
        [
            """{"seats":[@]}""", """{"tickets":[{"tierId":@,"quantity":1}]}""", """{@:[1]}""",
            $$$"""{"tickets":[{"tierId":"{{{_event.Tiers[0].Id}}}","quantity":@}]}""",
            """{"bestAvailable":{"tierId":@,"quantity":1}}""", """{"tickets":[{@:1,"quantity":1}]}""",
        ];
        foreach (var form in forms)
        {
            foreach (var value in Share(Hostile.Values))
            {
                await AskBothWaysAsync(
                    hold, Encoding.UTF8.GetBytes(form.Replace("@", value, StringComparison.Ordinal)));
            }
        }

        _faults.ShouldBeEmpty();
    }

    /// <summary>A third of the values, the next third for the next route; all where long tests run.</summary>
    private IEnumerable<T> Share<T>(IEnumerable<T> values)
    {
        var turn = _turn++;
        return LongFactAttribute.IsRun ? values : values.Where((_, index) => (index + turn) % 3 == 0);
    }

    private async Task AskBothWaysAsync(FuzzedRoute route, byte[] body)
    {
        await AskAsync(route, AddressOf(route), body, "application/json");
        await AskAsync(route, AddressOf(route), body, "application/json;charset=utf-8");
    }

    private string AddressOf(FuzzedRoute route, string? parameter = null, string value = "") =>
        Parameter().Replace(route.Path, match =>
            match.Groups["name"].Value == parameter ? value
                : match.Groups["name"].Value is "id" or "idOrSlug" ? _event.Id.ToString()
                : match.Groups["name"].Value is "org" ? _organisation.Id.ToString()
                : match.Groups["name"].Value is "event" ? _own.Id.ToString()
                : Guid.Empty.ToString());

    private async Task AskAsync(
        FuzzedRoute route, string address, byte[]? body = null, string contentType = "application/json",
        (string Name, string Value)? header = null)
    {
        var uri = new Uri(
            _node.Address.GetLeftPart(UriPartial.Authority) + address,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), uri);
        if (header is not { Name: "Authorization" })
        {
            // Of an organisation one hears nothing but that it is not there, unless one owns it.
            var owns = route.Path.Contains("{org}", StringComparison.Ordinal);
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", owns ? _organisation.Owner.AccessToken : _token);
        }

        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var what = $"{route.Method} {address[..Math.Min(address.Length, 200)]} {header} {contentType} "
            + Encoding.UTF8.GetString(body ?? [])[..Math.Min(200, Encoding.UTF8.GetString(body ?? []).Length)];
        try
        {
            using var response = await _crowd.Client.SendAsync(request);
            if (await FaultOfAsync(response) is { } fault)
                _faults.Add($"{what}: {fault}");
        }
        catch (HttpRequestException exception)
        {
            _faults.Add($"{what}: {exception.Message}");
        }
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return null;
        // What the server's parser refuses, nothing of this program ever sees: NUL in an address, bytes in a header.
        if (status is 400 or 431 && response.Content.Headers.ContentLength == 0)
            return response.Headers.ConnectionClose is true ? null : "a bare answer";
        var text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{status} is no problem: {text}";
        if (!response.Headers.Contains("X-Content-Type-Options")
            || !response.Headers.Contains("Content-Security-Policy"))
            return $"{status} has no security headers";
        var code = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("code").GetString();
        return status < 500 || (status == 503 && s_unavailable.Contains(code)) ? null : $"{status} {code}";
    }

    [GeneratedRegex("@[0-9]+@", RegexOptions.None, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex("{(?<name>[A-Za-z]+)}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
