using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform;

public sealed partial class ContractTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Every_route_has_a_name_a_tag_and_its_problems()
    {
        foreach (var (path, operation) in await OperationsAsync())
        {
            operation.TryGetProperty("operationId", out _).ShouldBeTrue(path);
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, path);
            operation.GetProperty("responses").GetProperty("default").GetProperty("content")
                .GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()
                .ShouldBe("#/components/schemas/Problem", path);
        }
    }

    [Fact]
    public async Task What_is_served_is_what_the_build_writes()
    {
        var written = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "onsale.v1.json"));

        (await _node.Client.GetStringAsync("/openapi/v1.json")).ShouldBe(written);
    }

    [Fact]
    public async Task Names_of_routes_are_unique() =>
        (await OperationsAsync()).Select(pair => pair.Operation.GetProperty("operationId").GetString()!)
            .ShouldBe((await OperationsAsync()).Select(pair => pair.Operation.GetProperty("operationId").GetString()!)
                .Distinct(StringComparer.Ordinal));

    [Fact]
    public async Task Every_route_with_a_body_refuses_it_coded()
    {
        var taking = (await OperationsAsync()).Where(pair => pair.Operation.TryGetProperty("requestBody", out _))
            .Select(pair => pair.Path.Split(' ')).ToList();
        taking.Count.ShouldBeGreaterThan(4);
        foreach (var operation in taking)
        {
            var content = new StringContent("{}", Encoding.UTF8, "application/json");
            content.Headers.ContentEncoding.Add("gzip");
            using var request = new HttpRequestMessage(new HttpMethod(operation[0]), operation[1])
            {
                Content = content,
            };

            await (await _node.Client.SendAsync(request)).ShouldBeProblemAsync(415, "unsupported-media-type");
        }
    }

    [Fact]
    public async Task Every_parameter_of_a_query_is_refused_when_it_is_given_twice()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        var organisation = await TestOrganisation.FoundAsync(_node);
        var asked = new List<string>();
        foreach (var (path, operation) in await OperationsAsync())
        {
            foreach (var name in NamesInQuery(operation))
            {
                var address = path.Split(' ')[1].Replace("{id}", $"{@event.Id}", StringComparison.Ordinal)
                    .Replace("{org}", organisation.Slug, StringComparison.Ordinal);
                using var request = new HttpRequestMessage(
                    HttpMethod.Parse(path.Split(' ')[0]), $"{address}?{name}=1&other=1&other=2&{name.ToUpperInvariant()}=1");
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Bearer", path.Contains("{org}") ? organisation.Owner.AccessToken : guest.Token);
                if (operation.TryGetProperty("requestBody", out _))
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");

                await (await _node.Client.SendAsync(request)).ShouldRefuseAsync(name);
                Codes(operation, 400).ShouldContain("validation", path);
                asked.Add($"{operation.GetProperty("operationId").GetString()} {name}");
            }
        }

        asked.ShouldBe(
            [
                "listMyBookings page", "listMyBookings limit", "listReceivedTickets page", "listReceivedTickets limit",
                "listMySessions page", "listMySessions limit", "endMySessions except",
                "getTicketsPdf format", "getTicketsPdf language", "getTicketPdf format", "getTicketPdf language",
                "getHeldTicketPdf format", "getHeldTicketPdf language",
                "getOrderTicketsPdf format", "getOrderTicketsPdf language",
                "listEvents search", "listEvents city", "listEvents category", "listEvents from", "listEvents to",
                "listEvents sort", "listEvents order", "listEvents page", "listEvents limit",
                "listEvents venue", "listEvents organiser", "listEvents ids", "listEvents series", "listEvents group",
                "listEvents when", "listEvents near", "listEvents within", "listEvents currency",
                "listEvents minPrice", "listEvents maxPrice",
                "getEventSuggestions search", "getSeatMap v",
                "listSeats section", "listSeats status", "listSeats attribute", "listSeats page", "listSeats limit",
                "getAvailability since", "watchEvent version",
                "listMyOrganisations page", "listMyOrganisations limit",
                "listMembers page", "listMembers limit", "listInvitations page", "listInvitations limit",
                "listActivity action", "listActivity actor", "listActivity subject", "listActivity subjectId",
                "listActivity event", "listActivity from", "listActivity to", "listActivity page",
                "listActivity limit",
                "listVenues page", "listVenues limit", "listPlans page", "listPlans limit", "addPlan repair",
                "addPlan parent", "addPlan format",
                "listOwnEvents search", "listOwnEvents status", "listOwnEvents from", "listOwnEvents to",
                "listOwnEvents series", "listOwnEvents order", "listOwnEvents page", "listOwnEvents limit",
                "listDoorTickets search", "listDoorTickets page", "listDoorTickets limit",
                "listDoorDevices page", "listDoorDevices limit", "listDoorTicketParts after", "getDoorChanges after",
                "listBlocks page", "listBlocks limit", "listTransfers page", "listTransfers limit", "listWaitlist show", "listWaitlist page", "listWaitlist limit", "listCodes page", "listCodes limit", "listPlanDrafts page", "listPlanDrafts limit",
                "getOrganisationReport page", "getOrganisationReport limit",
                "listOwnBookings search", "listOwnBookings state", "listOwnBookings tier", "listOwnBookings from",
                "listOwnBookings to", "listOwnBookings sort", "listOwnBookings page", "listOwnBookings limit",
                "getMoney from", "getMoney to", "getMoney page", "getMoney limit",
                "listLedger event", "listLedger kind", "listLedger from", "listLedger to", "listLedger page",
                "listLedger limit", "exportStatement from", "exportStatement to",
                "listToPayBack page", "listToPayBack limit",
                "listInvoices search", "listInvoices kind", "listInvoices event", "listInvoices booking",
                "listInvoices from", "listInvoices to", "listInvoices page", "listInvoices limit",
                "exportInvoices from", "exportInvoices to",
                "getPaymentProvider currency", "getPaymentProvider amount",
                "getHistory seat", "getHistory booking", "getPastAvailability at",
            ],
            ignoreOrder: true);

        static IEnumerable<string> NamesInQuery(JsonElement operation) =>
            operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() is "query")
                    .Select(one => one.GetProperty("name").GetString()!)
                : [];
    }

    [Fact]
    public async Task Numbers_are_numbers()
    {
        var contract = await DocumentAsync();

        contract.GetProperty("components").GetProperty("schemas").GetProperty("Money").GetProperty("properties")
            .GetProperty("amount").GetProperty("type").GetString().ShouldBe("integer");
        Schemas(contract).Where(IsNumberOrText).ShouldBeEmpty();

        static bool IsNumberOrText(JsonElement schema)
        {
            if (!schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.Array)
                return false;
            var names = type.EnumerateArray().Select(name => name.GetString()).ToList();
            return names.Exists(name => name is "string") && names.Exists(name => name is "integer" or "number");
        }
    }

    [Fact]
    public async Task A_list_says_what_it_is_a_list_of()
    {
        var contract = await DocumentAsync();

        contract.GetProperty("components").GetProperty("schemas").GetProperty("SeatMapRow").GetProperty("properties")
            .GetProperty("numbers").GetProperty("items").GetProperty("type").GetString().ShouldBe("string");
        Schemas(contract).Where(IsListOfAnything).ShouldBeEmpty();

        static bool IsListOfAnything(JsonElement schema) =>
            schema.TryGetProperty("type", out var type) && type.ToString().Contains("array", StringComparison.Ordinal)
            && !schema.TryGetProperty("items", out _);
    }

    [Fact]
    public async Task A_route_names_its_own_refusals_beside_those_that_its_kind_brings()
    {
        var operations = (await OperationsAsync()).ToDictionary(
            pair => pair.Operation.GetProperty("operationId").GetString()!,
            pair => pair.Operation,
            StringComparer.Ordinal);

        Codes(operations["login"], 429).ShouldBe(["too-many-attempts", "rate-limited"]);
        Codes(operations["login"], 400).ShouldBe(["validation", "malformed-json"]);
        Codes(operations["login"], 503).ShouldBe(["overloaded", "unavailable", "shutting-down"]);
        Codes(operations["getMe"], 401).ShouldBe(["unauthenticated"]);
        Codes(operations["holdPlaces"], 413).ShouldBe(["too-large"]);
        Codes(operations["holdPlaces"], 503)
            .ShouldBe(["overloaded", "outcome-unknown", "unavailable", "shutting-down", "read-only"]);
        operations["login"].GetProperty("responses").GetProperty("429").GetProperty("headers")
            .TryGetProperty("Retry-After", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task What_may_be_left_out_is_not_required()
    {
        var summary = (await DocumentAsync()).GetProperty("components").GetProperty("schemas")
            .GetProperty("EventSummary");
        var required = summary.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).ToList();

        required.ShouldContain("title");
        required.ShouldContain("imageUrl");
        required.ShouldNotContain("priceRange");
    }

    [Fact]
    public async Task A_route_is_called_the_same_in_metrics_and_in_the_contract()
    {
        var documented = (await DocumentAsync()).GetProperty("paths").EnumerateObject().Select(path => path.Name);

        _node.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route)
            .Where(route => route?.StartsWith("/api/", StringComparison.Ordinal) == true)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_docs_page_works_under_its_content_security_policy()
    {
        using var response = await _node.Client.GetAsync("/docs/");
        response.EnsureSuccessStatusCode();
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var html = await response.Content.ReadAsStringAsync();

        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        nonce.Length.ShouldBe(32);
        policy.ShouldContain($"script-src 'self' 'nonce-{nonce}';");
        InlineScript().Matches(html).ShouldAllBe(script => script.Value.Contains($"nonce=\"{nonce}\""));
        (await _node.Client.GetAsync("/docs/")).Headers.GetValues("Content-Security-Policy").Single()
            .ShouldNotContain(nonce);
        foreach (Match asset in LocalAsset().Matches(html))
            (await _node.Client.GetAsync($"/docs/{asset.Groups["path"].Value}")).EnsureSuccessStatusCode();
        html.ShouldNotContain("https://");
    }

    private async Task<List<(string Path, JsonElement Operation)>> OperationsAsync() =>
        [.. (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path =>
            path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value)))];

    private static string[] Codes(JsonElement operation, int status) =>
        [.. operation.GetProperty("responses").GetProperty($"{status}").GetProperty("description").GetString()!
            .Split(", ").Select(code => code.Trim('`'))];

    private async Task<JsonElement> DocumentAsync() =>
        await _node.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

    private static IEnumerable<JsonElement> Schemas(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Schemas(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Schemas),
        _ => [],
    };

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script(?![^>]*src=)[^>]*>\\s*\\S", RegexOptions.None, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("(?:src|href)=\"(?<path>[a-z.]+\\.js)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocalAsset();
}
