using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>What no honest client sends: refused with a problem that has a code, and without any effect.</summary>
public sealed class BadInputTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private readonly OnsaleNode _node = shared.Node;
    private Crowd _crowd = null!;
    private TestEvent _pools = null!;
    private TestEvent _seats = null!;
    private TestEvent _other = null!;

    public async Task InitializeAsync()
    {
        _crowd = new Crowd(_node);
        _pools = await TestEvent.WithPoolsAsync(_node.DataSource, [100, 100]);
        _seats = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 4, seatsInRow: 25);
        _other = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
    }

    public Task DisposeAsync()
    {
        _crowd.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Bodies that are JSON; POOL, OTHER and SEATED stand for the ids of tiers.</summary>
    [Theory]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":0}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":-1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":101}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":2147483647}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":2147483648}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1e400}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1.5}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":"1"}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":null}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL"}]}""")]
    [InlineData("""{"tickets":[{"quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"OTHER","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"SEATED","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"00000000-0000-0000-0000-000000000000","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"vip","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1},{"tierId":"POOL","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1},{"tierId":"OTHER","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1,"price":0}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1,"quantity":9}]}""")]
    [InlineData("""{"tickets":[null]}""")]
    [InlineData("""{"tickets":[]}""")]
    [InlineData("""{"tickets":{}}""")]
    [InlineData("""{"tickets":"POOL"}""")]
    [InlineData("""{"bestAvailable":{"tierId":"POOL","quantity":0}}""")]
    [InlineData("""{"bestAvailable":{"tierId":"POOL","quantity":-2147483648}}""")]
    [InlineData("""{"bestAvailable":{"tierId":"OTHER","quantity":1}}""")]
    [InlineData("""{"bestAvailable":{"tierId":"POOL","quantity":1,"together":"yes"}}""")]
    [InlineData("""{"bestAvailable":[]}""")]
    [InlineData("""{"seats":[0],"tickets":[{"tierId":"POOL","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1}],"bestAvailable":{"tierId":"POOL","quantity":1}}""")]
    [InlineData("""{"seats":null,"tickets":null,"bestAvailable":null}""")]
    [InlineData("""{"Tickets":[{"tierId":"POOL","quantity":1}]}""")]
    [InlineData("""{"ticket":[{"tierId":"POOL","quantity":1}]}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1}],"buyerId":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1}],"\u0000":1}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""[{"tickets":[{"tierId":"POOL","quantity":1}]}]""")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("7")]
    [InlineData("\"tickets\"")]
    public async Task A_body_that_means_nothing_is_refused(string body) =>
        (await ShouldRefuseAsync(_pools, Text(body))).Status.ShouldBe(400);

    /// <summary>In the caller's words, not the serialiser's.</summary>
    [Theory]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":"1"}]}""",
        "tickets[0].quantity: Is not a whole number in range.")]
    [InlineData("""{"tickets":[{"tierId":"POOL","quantity":1.5}]}""",
        "tickets[0].quantity: Is not a whole number in range.")]
    [InlineData("""{"tickets":[{"tierId":"vip","quantity":1}]}""", "tickets[0].tierId: Is not an id (UUID).")]
    [InlineData("""{"tickets":[7]}""", "tickets[0]: Is not an object.")]
    [InlineData("""{"tickets":{}}""", "tickets: Is not a list.")]
    [InlineData("""{"seats":[1.5]}""", "seats[0]: Is not a whole number in range.")]
    [InlineData("""{"bestAvailable":[]}""", "bestAvailable: Is not an object.")]
    [InlineData("""{"bestAvailable":{"tierId":"POOL","quantity":1,"together":"yes"}}""",
        "bestAvailable.together: Is not true or false.")]
    [InlineData("[]", "body: Is not an object.")]
    public async Task A_value_of_the_wrong_kind_is_told_the_right_one(string body, string detail) =>
        (await ShouldRefuseAsync(_pools, Text(body)))["detail"].GetString().ShouldBe(detail);

    [Fact]
    public async Task A_text_of_the_wrong_kind_is_told_so()
    {
        var answer = await _crowd.Join().SendAsync(
            HttpMethod.Post, "auth/login", Text("""{"email":5,"password":"x"}"""));

        answer["detail"].GetString().ShouldBe("email: Is not a text.");
    }

    [Theory]
    [InlineData("""{"seats":[-1]}""")]
    [InlineData("""{"seats":[100]}""")]
    [InlineData("""{"seats":[2147483647]}""")]
    [InlineData("""{"seats":[2147483648]}""")]
    [InlineData("""{"seats":[99999999999999999999]}""")]
    [InlineData("""{"seats":[1.5]}""")]
    [InlineData("""{"seats":[3,3]}""")]
    [InlineData("""{"seats":[3,4,3]}""")]
    [InlineData("""{"seats":[0,100]}""")]
    [InlineData("""{"seats":["3"]}""")]
    [InlineData("""{"seats":[null]}""")]
    [InlineData("""{"seats":[[3]]}""")]
    [InlineData("""{"seats":[]}""")]
    [InlineData("""{"seats":3}""")]
    [InlineData("""{"seats":[3],"seats":[4]}""")]
    public async Task Seats_that_there_are_not_are_refused(string body) =>
        (await ShouldRefuseAsync(_seats, Text(body))).Status.ShouldBe(400);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"seats\":[3]")]
    [InlineData("{\"seats\":[3]}{\"seats\":[4]}")]
    [InlineData("{'seats':[3]}")]
    [InlineData("{\"seats\":[3,]}")]
    [InlineData("{\"seats\":[3]} // please")]
    [InlineData("{\"seats\":[NaN]}")]
    [InlineData("{\"seats\":[03]}")]
    [InlineData("\0")]
    [InlineData("{\"seats\":[3]}\0")]
    [InlineData("seats=3")]
    [InlineData("<seats>3</seats>")]
    public async Task What_is_not_JSON_is_refused(string body) =>
        (await ShouldRefuseAsync(_seats, Text(body))).Status.ShouldBe(400);

    [Fact]
    public async Task Too_much_of_anything_is_refused()
    {
        (await ShouldRefuseAsync(_seats, Text($"{{\"seats\":[{string.Join(',', Enumerable.Range(0, 1000))}]}}")))
            .Status.ShouldBe(400);
        (await ShouldRefuseAsync(_seats, Text($"{{\"seats\":[{string.Join(',', Enumerable.Range(0, 100))}]}}")))
            .Code.ShouldBe("limit-exceeded");
        (await ShouldRefuseAsync(_seats, Text(new string('[', 1000) + new string(']', 1000)))).Status.ShouldBe(400);
        (await ShouldRefuseAsync(_seats, Text($"{{\"seats\":{new string('[', 3000)}"))).Status.ShouldBe(400);
        (await ShouldRefuseAsync(_seats, Text($"{{\"seats\":[3{new string(' ', 10_000_000)}]}}")))
            .Code.ShouldBe("too-large");
        (await ShouldRefuseAsync(_seats, Text($"{{\"{new string('x', 7000)}\":1}}"))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"seats":[3]}"""));
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        (await ShouldRefuseAsync(_seats, content)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        var content = new ByteArrayContent([.. "{\"seats\":[3],\""u8, 0xC3, 0x28, 0xFF, .. "\":1}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await ShouldRefuseAsync(_seats, content)).Status.ShouldBe(400);
    }

    /// <summary>The first time by the framework's way, then by the fast one, which knows the token by then.</summary>
    [Theory]
    [InlineData("""{"tickets":[{"tierId":"\ud800","quantity":1}]}""")]
    [InlineData("""{"bestAvailable":{"tierId":"\ud800","quantity":1}}""")]
    [InlineData("""{"tickets":[{"\ud800":1,"quantity":1}]}""")]
    [InlineData("""{"\ud800":[1]}""")]
    public async Task Half_of_a_surrogate_pair_is_refused_each_time(string body)
    {
        var buyer = _crowd.Join();
        (await buyer.HoldTicketsAsync(_pools, 100)).Status.ShouldBe(409);
        for (var time = 0; time < 3; time++)
        {
            var answer = await buyer.SendAsync(HttpMethod.Post, $"events/{_pools.Id}/bookings", Text(body));
            (answer.Status, answer.ContentType).ShouldBe((400, "application/problem+json"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData("Schlüssel")]
    [InlineData("🔑")]
    [InlineData(null)] // stands for 256 characters
    public async Task A_weird_Idempotency_Key_is_refused(string? key)
    {
        var answer = await _crowd.Join().SendAsync(
            HttpMethod.Post, $"events/{_seats.Id}/bookings", Text("""{"seats":[3]}"""), key ?? new string('k', 256));

        answer.Status.ShouldBe(400);
        answer.Code.ShouldNotBeNullOrEmpty();
        await ShouldBeUntouchedAsync();
    }

    [Fact]
    public async Task An_Idempotency_Key_of_255_characters_is_taken_and_two_of_them_are_not()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        (await buyer.HoldTicketsAsync(@event, 1, key: new string('k', 255))).Status.ShouldBe(201);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/events/{_pools.Id}/bookings")
        {
            Content = Text($$"""{"tickets":[{"tierId":"{{_pools.Tiers[0].Id}}","quantity":1}]}"""),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", buyer.Token);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", ["one", "two"]);
        using var response = await _crowd.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(400);
        await ShouldBeUntouchedAsync();
    }

    [Fact]
    public async Task Two_Idempotency_Keys_in_lines_of_their_own_are_not_taken_as_one()
    {
        var buyer = _crowd.Join();
        var body = $$"""{"tickets":[{"tierId":"{{_pools.Tiers[0].Id}}","quantity":1}]}""";
        using var client = new TcpClient(_node.Address.Host, _node.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/events/{_pools.Id}/bookings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + $"Authorization: Bearer {buyer.Token}\r\nIdempotency-Key: one\r\nIdempotency-Key: two\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);

        var answer = await reader.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("Idempotency-Key: Give it once.");
        await ShouldBeUntouchedAsync();
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("0190b3a0-7c7d-7000-8000-000000000000")]
    [InlineData("0190b3a0-7c7d-7000-8000")]
    [InlineData("symphony")]
    [InlineData("..%2f..%2fadmin")]
    [InlineData("%00")]
    [InlineData("'%20or%20''='")]
    [InlineData("🎫")]
    public async Task An_unknown_event_is_not_found(string id)
    {
        var buyer = _crowd.Join();
        var answer = await buyer.SendAsync(HttpMethod.Post, $"events/{id}/bookings", Text("""{"seats":[3]}"""));

        answer.Status.ShouldBe(id == "%00" ? 400 : 404);
        (await buyer.SendAsync(HttpMethod.Get, $"events/{_pools.Id}/bookings/{id}")).Status.ShouldBeOneOf(400, 404);
        (await buyer.SendAsync(HttpMethod.Delete, $"events/{_pools.Id}/bookings/{id}")).Status.ShouldBeOneOf(400, 404);
        await ShouldBeUntouchedAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"payment":null}""")]
    [InlineData("""{"payment":{}}""")]
    [InlineData("""{"payment":{"token":null}}""")]
    [InlineData("""{"payment":{"token":""}}""")]
    [InlineData("""{"payment":{"token":"tok_visa"}}""")]
    [InlineData("""{"payment":{"token":"sim_success\u0000"}}""")]
    [InlineData("""{"payment":{"token":["sim_success"]}}""")]
    [InlineData("""{"payment":{"token":"sim_success","amount":1}}""")]
    [InlineData("""{"payment":{"token":"sim_success"},"releaseOnDecline":"no"}""")]
    [InlineData("""{"payment":{"token":"sim_success"},"state":"confirmed"}""")]
    [InlineData("""{"payments":{"token":"sim_success"}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_confirmation_that_means_nothing_is_refused_and_the_hold_goes_on(string body)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        var answer = await buyer.SendAsync(
            HttpMethod.Post, $"events/{@event.Id}/bookings/{hold.Id}/confirm", Text(body));

        answer.Status.ShouldBe(400);
        answer.Code.ShouldNotBeNullOrEmpty();
        (await buyer.GetAsync(@event, hold.Id)).Body.GetRawText().ShouldBe(hold.Body.GetRawText());
        (await _node.DataSource.CountAsync("payments", "event_id = $1", @event.Id)).ShouldBe(0);
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=-1")]
    [InlineData("?page=1.5")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?page=2147483647&limit=50")]
    [InlineData("?page=x")]
    [InlineData("?limit=0")]
    [InlineData("?limit=51")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=1e1")]
    [InlineData("?limit=%00")]
    public async Task A_page_that_there_cannot_be_is_refused(string query)
    {
        var answer = await _crowd.Join().MineAsync(query);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("validation");
    }

    private async Task<Answer> ShouldRefuseAsync(TestEvent @event, HttpContent content)
    {
        var answer = await _crowd.Join()
            .SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings", content, key: "bad");

        answer.Status.ShouldBeInRange(400, 499);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Code.ShouldNotBeNullOrEmpty();
        answer["detail"].GetString().ShouldNotBeNullOrEmpty();
        answer["status"].GetInt32().ShouldBe(answer.Status);
        await ShouldBeUntouchedAsync();
        return answer;
    }

    private async Task ShouldBeUntouchedAsync()
    {
        foreach (var @event in new[] { _pools, _seats, _other })
        {
            foreach (var table in new[] { "bookings", "change_log", "tickets", "payments" })
                (await _node.DataSource.CountAsync(table, "event_id = $1", @event.Id)).ShouldBe(0, table);
            (await _node.DataSource.CountAsync("seats", "event_id = $1 and state <> 0", @event.Id)).ShouldBe(0);
            await _node.ShouldBeSoundAsync(@event);
        }
    }

    private StringContent Text(string body) => new(
        body.Replace("POOL", _pools.Tiers[0].Id.ToString()).Replace("OTHER", _other.Tiers[0].Id.ToString())
            .Replace("SEATED", _seats.Tiers[0].Id.ToString()),
        Encoding.UTF8, "application/json");
}
