using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class ErrorTests : IAsyncLifetime
{
    private HostingApp _app = null!;

    public async Task InitializeAsync() => _app = await HostingApp.StartAsync(routes =>
    {
        var app = routes.MapApi();
        app.MapPost("/orders", (Order order) => Results.Ok(order));
        app.MapPost("/empty", () => Results.NoContent());
        app.MapGet("/orders", (int page, Guid? id) => Results.Ok(page));
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret-connection-string"));
        app.MapGet("/offline", string () =>
            throw new NpgsqlException("no route", new SocketException((int)SocketError.ConnectionRefused)));
        app.MapGet("/private", () => Results.StatusCode(401));
        app.MapGet("/staff", () => Results.StatusCode(403));
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Database_of_several_hosts_is_away_while_none_of_them_is_the_primary()
    {
        // As a node of one of two servers, of which neither listens: first it asks both, then it knows.
        await using var dataSource = NpgsqlDataSource.Create(
            $"Host=127.0.0.1:{Ports.Free()},127.0.0.1:{Ports.Free()};Target Session Attributes=primary;"
            + "Host Recheck Seconds=60;Timeout=5");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var exception = await Assert.ThrowsAsync<NpgsqlException>(
                async () => await dataSource.OpenConnectionAsync());
            Errors.IsDatabaseUnavailable(exception).ShouldBeTrue(exception.ToString());
        }

        Errors.IsDatabaseUnavailable(new NpgsqlException("Something else.")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"quantity":2,"name":"a","qty":3}""", "qty")]
    [InlineData("""{"quantity":2,"name":"a","inner":{"id":1,"x":3}}""", "inner.x")]
    [InlineData("""{"quantity":"2","name":"a"}""", "quantity")]
    [InlineData("""{"quantity":2.5,"name":"a"}""", "quantity")]
    [InlineData("""{"quantity":2147483648,"name":"a"}""", "quantity")]
    [InlineData("""{"quantity":true,"name":"a"}""", "quantity")]
    [InlineData("""{"quantity":2,"name":5}""", "name")]
    [InlineData("""{"quantity":2,"name":null}""", "name")]
    [InlineData("""{"quantity":2,"name":"a\u0000b"}""", "name")]
    [InlineData("""{"quantity":2,"name":"a\ud800b"}""", "name")]
    [InlineData("""{"quantity":2,"quantity":3,"name":"a"}""", "quantity")]
    [InlineData("""{"Quantity":2,"name":"a"}""", "Quantity", "quantity")]
    [InlineData("""{"quantity":"2","name":null,"inner":{"id":"x"},"seats":[1,"x",null],"x":1}""",
        "quantity", "name", "inner.id", "seats[1]", "seats[2]", "x")]
    [InlineData("""{"quantity":2}""", "name")]
    [InlineData("""{}""", "name", "quantity")]
    [InlineData("""{"quantity":2,"name":"a","inner":{}}""", "inner.id")]
    [InlineData("""{"quantity":2,"name":"a","seats":[1,"x"]}""", "seats[1]")]
    [InlineData("""{"quantity":2,"name":"a","at":"2026-05-01T10:00:00"}""", "at")]
    [InlineData("""{"quantity":2,"name":"a","kind":"none"}""", "kind")]
    [InlineData("""{"quantity":2,"name":"a","kind":1}""", "kind")]
    [InlineData("""[]""", "body")]
    [InlineData(""" "text" """, "body")]
    public async Task A_body_that_does_not_fit_is_refused_with_the_field_named(string body, params string[] fields)
    {
        var response = await _app.Client.PostTextAsync("/api/v1/orders", body);

        await response.ShouldRefuseAsync(fields);
    }

    [Fact]
    public async Task A_good_body_is_taken()
    {
        var response = await _app.Client.PostTextAsync("/api/v1/orders",
            """{"quantity":2,"name":"a","inner":{"id":1},"seats":[1]"""
            + ""","at":"2026-05-01T10:00:00+02:00","kind":"fullHouse"}""");

        (await response.Content.ReadAsStringAsync()).ShouldBe(
            """{"quantity":2,"name":"a","inner":{"id":1},"seats":[1]"""
            + ""","at":"2026-05-01T08:00:00Z","kind":"fullHouse"}""");
    }

    [Theory]
    [InlineData("""{"quantity":2,"name":"a",}""")]
    [InlineData("""{"quantity":2,"name":"a" """)]
    [InlineData("""{"quantity":2,"name":"a"} trailing""")]
    [InlineData("""{'quantity':2}""")]
    [InlineData("""{"quantity":02,"name":"a"}""")]
    [InlineData("""{"quantity":NaN,"name":"a"}""")]
    public async Task Malformed_json_is_refused_with_its_position(string body)
    {
        var problem = await (await _app.Client.PostTextAsync("/api/v1/orders", body))
            .ShouldBeProblemAsync(400, "malformed-json");

        problem.GetProperty("line").GetInt32().ShouldBe(1);
        problem.GetProperty("byte").GetInt32().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_deeply_nested_body_is_refused()
    {
        var body = $$"""{"quantity":1,"name":"a","extra":{{new string('[', 10_000)}}""";

        await (await _app.Client.PostTextAsync("/api/v1/orders", body)).ShouldBeProblemAsync(400, "malformed-json");
        var seats =
            $$"""{"quantity":1,"name":"a","tree":{{string.Concat(Enumerable.Repeat("""{"next":""", 50))}}null""";
        var problem = await (await _app.Client.PostTextAsync("/api/v1/orders", seats))
            .ShouldBeProblemAsync(400, "malformed-json");
        problem.GetProperty("detail").GetString()!.ShouldContain("16 levels");
    }

    [Fact]
    public async Task A_missing_body_is_refused()
    {
        await (await _app.Client.PostTextAsync("/api/v1/orders", "")).ShouldBeProblemAsync(400, "validation");
        await (await _app.Client.PostTextAsync("/api/v1/orders", "null")).ShouldBeProblemAsync(400, "validation");
        await (await _app.Client.PostAsync("/api/v1/orders", content: null)).ShouldBeProblemAsync(400, "validation");
    }

    [Theory]
    [InlineData("application/json; charset=bogus", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=", 415)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    [InlineData("application/json;charset=UTF-8", 200)]
    [InlineData("application/vnd.onsale+json", 200)]
    public async Task Charset_of_a_body_other_than_utf8_is_unsupported(string contentType, int status)
    {
        using var content = new ByteArrayContent("""{"quantity":1,"name":"a"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var response = await _app.Client.PostAsync("/api/v1/orders", content);

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 415)
            await response.ShouldBeProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Name_that_is_no_unicode_text_is_malformed() =>
        await (await _app.Client.PostTextAsync("/api/v1/orders", """{"\ud800":1,"quantity":1,"name":"a"}"""))
            .ShouldBeProblemAsync(400, "malformed-json");

    [Fact]
    public async Task Address_or_headers_beyond_their_limits_are_refused_with_a_problem()
    {
        var address = $"/api/v1/orders?page=1&x={new string('a', 9000)}";
        await (await _app.Client.GetAsync(address)).ShouldBeProblemAsync(414, "uri-too-long");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/orders?page=1");
        for (var header = 0; header < 70; header++)
            request.Headers.Add($"X-Header-{header}", "a");
        await (await _app.Client.SendAsync(request)).ShouldBeProblemAsync(431, "too-many-headers");
    }

    [Fact]
    public async Task Another_content_type_is_refused() =>
        await (await _app.Client.PostTextAsync("/api/v1/orders", """{"quantity":1,"name":"a"}""", "text/plain"))
            .ShouldBeProblemAsync(415, "unsupported-media-type");

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("unknown")]
    [InlineData("identity", "GZIP")]
    [InlineData("identity, deflate")]
    public async Task A_coded_body_is_refused(params string[] codings)
    {
        var response = await PostCodedAsync("/api/v1/orders", codings);

        var problem = await response.ShouldBeProblemAsync(415, "unsupported-media-type");
        problem.GetProperty("detail").GetString()!.ShouldContain("must not be compressed");
        response.Headers.GetValues("Accept-Encoding").ShouldBe(["identity"]);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    [InlineData("")]
    public async Task A_body_in_no_coding_may_say_so(string coding) =>
        (await PostCodedAsync("/api/v1/orders", coding)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_coding_of_a_body_that_no_route_reads_does_not_matter() =>
        (await PostCodedAsync("/api/v1/empty", "gzip")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    [Theory]
    [InlineData(66_000)]
    [InlineData(10_000_000)]
    public async Task A_large_body_is_refused(int size) =>
        await (await _app.Client.PostTextAsync(
            "/api/v1/orders", $$"""{"quantity":1,"name":"{{new string('a', size)}}"}"""))
            .ShouldBeProblemAsync(413, "too-large");

    [Fact]
    public async Task A_large_body_of_unknown_length_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders")
        {
            Content = new StringContent(
                $$"""{"quantity":1,"name":"{{new string('a', 70_000)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;

        await (await _app.Client.SendAsync(request)).ShouldBeProblemAsync(413, "too-large");
    }

    [Fact]
    public async Task A_wrong_or_missing_query_parameter_is_named()
    {
        await (await _app.Client.GetAsync("/api/v1/orders?page=x")).ShouldRefuseAsync("page");
        await (await _app.Client.GetAsync("/api/v1/orders?page=1&id=7")).ShouldRefuseAsync("id");
        await (await _app.Client.GetAsync("/api/v1/orders")).ShouldRefuseAsync("page");
    }

    [Fact]
    public async Task An_unknown_address_is_not_found() =>
        await (await _app.Client.GetAsync("/api/v1/nothing")).ShouldBeProblemAsync(404, "not-found");

    [Fact]
    public async Task A_wrong_method_is_told_which_are_right()
    {
        var response = await _app.Client.DeleteAsync("/api/v1/orders");

        await response.ShouldBeProblemAsync(405, "method-not-allowed");
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"], ignoreOrder: true);
    }

    [Fact]
    public async Task Head_is_answered_like_get_without_the_content()
    {
        var get = await _app.Client.GetAsync("/api/v1/orders?page=12");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/orders?page=12");

        var head = await _app.Client.SendAsync(request);

        head.EnsureSuccessStatusCode();
        (await head.Content.ReadAsStringAsync()).ShouldBeEmpty();
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        using var unknown = new HttpRequestMessage(HttpMethod.Head, "/api/v1/nothing");
        (await _app.Client.SendAsync(unknown)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bare_refusals_of_authentication_become_problems()
    {
        await (await _app.Client.GetAsync("/api/v1/private")).ShouldBeProblemAsync(401, "unauthenticated");
        await (await _app.Client.GetAsync("/api/v1/staff")).ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task An_unhandled_exception_leaks_nothing()
    {
        var response = await _app.Client.GetAsync("/api/v1/broken");

        await response.ShouldBeProblemAsync(500, "internal");
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_database_that_is_down_is_unavailable_and_says_when_to_retry()
    {
        var response = await _app.Client.GetAsync("/api/v1/offline");

        await response.ShouldBeProblemAsync(503, "unavailable");
        response.Headers.RetryAfter!.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_no_server_name()
    {
        var response = await _app.Client.GetAsync("/api/v1/orders?page=1");

        response.EnsureSuccessStatusCode();
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    private async Task<HttpResponseMessage> PostCodedAsync(string path, params string[] codings)
    {
        var content = new StringContent("""{"quantity":1,"name":"a"}""", Encoding.UTF8, "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", codings);
        return await _app.Client.PostAsync(path, content);
    }

    internal sealed record Order(
        int Quantity, string Name, Inner? Inner = null, int[]? Seats = null, DateTimeOffset? At = null,
        Kind? Kind = null, Tree? Tree = null);

    internal sealed record Inner(int Id);

    internal sealed record Tree(int? Level = null, Tree? Next = null);

    internal enum Kind
    {
        Empty,
        FullHouse,
    }
}
