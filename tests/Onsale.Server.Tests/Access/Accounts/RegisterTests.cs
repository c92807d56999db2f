using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class RegisterTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Good = """{"email":"x@example.com","password":"a few words to remember","name":"Bea"}""";

    [Fact]
    public async Task An_account_is_made_and_signed_in()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();

        var account = await node.RegisterAsync(email);

        account.Kind.ShouldBe("account");
        account.User.GetProperty("email").GetString().ShouldBe(email);
        account.User.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["buyer"]);
        ((int)(await node.MeAsync(account.AccessToken)).StatusCode).ShouldBe(200);
        (await (await node.LoginAsync(email)).ShouldSignInAsync(200)).Id.ShouldBe(account.Id);
    }

    [Fact]
    public async Task Neither_the_password_nor_the_refresh_token_is_stored()
    {
        var node = shared.Node;

        var account = await node.RegisterAsync();

        await using var connection = await node.DataSource.OpenConnectionAsync();
        var stored = await connection.QuerySingleAsync<string>(
            """
            select row_to_json(a)::text || (select json_agg(s)::text from sessions s where s.subject_id = a.id)
            from accounts a where a.id = @Id
            """, new { account.Id });
        stored.ShouldNotContain(Auth.Password);
        stored.ShouldNotContain(account.RefreshToken[22..]);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(account.RefreshToken);
        stored.ShouldNotContain(Convert.ToHexStringLower(bytes.AsSpan(16)));
    }

    [Theory]
    [InlineData("""{"email":"","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"nobody","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a@b@example.com","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a b@example.com","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a@localhost","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a@exa\u0000mple.com","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a\u200bb@example.com","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"a\u00adb@example.com","password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"\u200b"}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"Be\u200ba"}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"\u3164"}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"short","name":"Bea"}""", "password")]
    [InlineData("""{"email":"x@example.com","password":"password123","name":"Bea"}""", "password")]
    [InlineData("""{"email":"x@example.com","password":"a few\u0000 words to remember","name":"Bea"}""", "password")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"  "}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"B\u0000ea"}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember","name":"B\u202eea"}""", "name")]
    [InlineData("""{"email":"x@example.com","password":"a few words to remember"}""", "name")]
    [InlineData("""{"email":null,"password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData("""{"email":7,"password":"a few words to remember","name":"Bea"}""", "email")]
    [InlineData(
        """{"email":"x@example.com","password":"a few words to remember","name":"Bea","roles":["operator"]}""",
        "roles")]
    [InlineData(
        """{"email":"x@example.com","email":"y@example.com","password":"a few words to remember","name":"Bea"}""",
        "email")]
    public async Task What_is_wrong_is_named_by_field(string body, string field)
    {
        var node = shared.Node;

        var problem = await (await SendAsync(node, body)).ShouldBeProblemAsync(400, "validation");

        problem.GetProperty("errors").GetProperty(field).GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var node = shared.Node;

        var problem = await (await SendAsync(node, """{"email":"x","password":"y","name":""}"""))
            .ShouldBeProblemAsync(400, "validation");

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ShouldBe(["email", "name", "password"]);
    }

    [Theory]
    [InlineData(Good, "text/plain", 415, "unsupported-media-type")]
    [InlineData(Good, "application/x-www-form-urlencoded", 415, "unsupported-media-type")]
    [InlineData("{", "application/json", 400, "malformed-json")]
    [InlineData("", "application/json", 400, "validation")]
    [InlineData("null", "application/json", 400, "validation")]
    public async Task What_is_not_json_is_refused(string body, string type, int status, string code)
    {
        var node = shared.Node;

        var response = await SendAsync(node, body, type);

        await response.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var node = shared.Node;
        var body = JsonSerializer.Serialize(
            new { email = "x@example.com", password = Auth.Password, name = new string('x', 20_000) });

        var response = await SendAsync(node, body);

        await response.ShouldBeProblemAsync(413, "too-large");
    }

    [Fact]
    public async Task Text_that_grows_when_it_is_composed_is_stored_or_refused_but_no_failure()
    {
        var node = shared.Node;
        const string growing = "\u0958"; // becomes two characters in NFC
        string Repeat(int times) => string.Concat(Enumerable.Repeat(growing, times));

        var named = await node.PostAsync(
            "register", new { email = Auth.NewEmail(), password = Auth.Password, name = Repeat(100) });
        var email = $"{Repeat(64)}@{Repeat(60)}.{Repeat(60)}.com";
        var addressed = await node.PostAsync("register", new { email, password = Auth.Password, name = "Bea" });

        (await named.ShouldSignInAsync(201)).User.GetProperty("name").GetString().ShouldBe(Repeat(100));
        var problem = await addressed.ShouldBeProblemAsync(400, "validation");
        problem.GetProperty("errors").TryGetProperty("email", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{0}@example.com", "{0}@EXAMPLE.com")]
    [InlineData("{0}-\u00e4@example.com", "{0}-a\u0308@example.com")]
    [InlineData("{0}@b\u00fccher.example", "{0}@xn--bcher-kva.example")]
    [InlineData("{0}@xn--bcher-kva.example", "{0}@BU\u0308CHER.example")]
    [InlineData("{0}-\u00c4@example.com", " {0}-\u00e4@example.com ")]
    public async Task One_email_has_one_account_however_it_is_written(string first, string second)
    {
        var node = shared.Node;
        var person = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        await node.RegisterAsync(string.Format(first, person));

        var response = await node.PostAsync(
            "register", new { email = string.Format(second, person), password = Auth.Password, name = "Bo" });

        await response.ShouldBeProblemAsync(409, "email-taken");
        await (await node.LoginAsync(string.Format(second, person))).ShouldSignInAsync(200);
    }

    /// <summary>Decided in ADR 8: registering may tell, within a budget; nothing else does.</summary>
    [Fact]
    public async Task Only_registering_tells_whether_an_address_has_an_account_and_only_so_often()
    {
        const int permits = 6;
        await using var node = await OnsaleNode.StartAsync(
            await TestCluster.PrivateDatabaseAsync(),
            [
                ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Auth:PermitLimit", $"{permits}"),
                ("Onsale:RateLimits:Auth:WindowSeconds", "600"),
            ],
            new CountingHasher().Use);
        var (known, unknown) = (Auth.NewEmail(), Auth.NewEmail());
        await node.RegisterAsync(known);

        var signIns = (await TellAsync("login", known), await TellAsync("login", unknown));
        var links = (await TellAsync("password/forgot", known), await TellAsync("password/forgot", unknown));

        signIns.ShouldBe(((401, "invalid-credentials"), (401, "invalid-credentials")));
        links.ShouldBe(((202, ""), (202, "")));
        (await TellAsync("register", known)).ShouldBe((409, "email-taken"));
        (await TellAsync("register", known)).ShouldBe((429, "rate-limited"));

        async Task<(int Status, string Code)> TellAsync(string route, string email)
        {
            object body = route switch
            {
                "register" => new { email, password = Auth.Password, name = "Bea" },
                "login" => new { email, password = "not the password" },
                _ => new { email },
            };
            using var answer = await node.PostAsync(route, body);
            var text = await answer.Content.ReadAsStringAsync();
            return ((int)answer.StatusCode, text.Length == 0 ? ""
                : JsonSerializer.Deserialize<JsonElement>(text).GetProperty("code").GetString()!);
        }
    }

    [Fact]
    public async Task Of_two_who_register_one_email_at_once_one_gets_it()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database);
        await using var two = await OnsaleNode.StartAsync(database);
        var body = new { email = Auth.NewEmail(), password = Auth.Password, name = "Bea" };

        var responses = await Task.WhenAll(one.PostAsync("register", body), two.PostAsync("register", body));

        responses.Select(response => (int)response.StatusCode).Order().ShouldBe([201, 409]);
        await responses.Single(response => (int)response.StatusCode == 409).ShouldBeProblemAsync(409, "email-taken");
        await using var connection = await one.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("select count(*) from accounts")).ShouldBe(1);
    }

    private static Task<HttpResponseMessage> SendAsync(OnsaleNode node, string body, string type = "application/json")
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return node.Client.PostAsync(new Uri("/api/v1/auth/register", UriKind.Relative), content);
    }
}
