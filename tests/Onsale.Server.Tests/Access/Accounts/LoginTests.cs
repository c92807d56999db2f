using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class LoginTests
{
    [Fact]
    public async Task The_right_password_signs_in()
    {
        await using var node = await OnsaleNode.StartAsync();
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);

        var signed = await (await node.LoginAsync(email.ToUpperInvariant())).ShouldSignInAsync(200);

        signed.User.GetRawText().ShouldBe(account.User.GetRawText());
        (signed.RefreshToken == account.RefreshToken).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_account_gets_the_same_answer_for_the_same_work_as_a_wrong_password()
    {
        var hasher = new CountingHasher();
        await using var node = await OnsaleNode.StartAsync(configure: hasher.Use);
        var (email, unknownEmail) = (Auth.NewEmail(), Auth.NewEmail());
        await node.RegisterAsync(email);

        var wrong = await AnswerAsync(node, email, "not the password");
        var comparedForWrong = hasher.Verified;
        var unknown = await AnswerAsync(node, unknownEmail, "not the password");

        unknown.ShouldBe(wrong);
        comparedForWrong.ShouldBe(1);
        hasher.Verified.ShouldBe(2);
        // The database does the same for both too: each has one attempt counted twice, by address and by e-mail.
        await using var connection = await node.DataSource.OpenConnectionAsync();
        var hash = node.Services.GetRequiredService<KeyedHash>();
        var attempts = await connection.QueryAsync<int>(
            "select attempts from sign_in_attempts where key_hash = any (@keys)",
            new { keys = new[] { email, unknownEmail }.Select(e => hash.Of("attempts-email", e)).ToArray() });
        attempts.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Strangers_who_use_up_the_attempts_keep_the_owner_out_of_no_known_device()
    {
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:TrustedProxies", "127.0.0.0/8")], configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        var registered = await node.PostAsync(
            "register", new { email, password = Auth.Password, name = "Bea" });
        var device = registered.SetCookie(KnownDevices.PlainName).ShouldNotBeNull().Split(';')[0];

        // One stranger spends its own attempts, not the owner's.
        for (var i = 0; i < AccountsLimits.SignInAttempts; i++)
            await (await LoginFromAsync("198.51.100.1", "not it")).ShouldBeProblemAsync(401, "invalid-credentials");
        await (await LoginFromAsync("198.51.100.1", Auth.Password)).ShouldBeProblemAsync(429, "too-many-attempts");
        await (await LoginFromAsync("203.0.113.7", Auth.Password)).ShouldSignInAsync(200);

        // Many strangers together get no more than the limit of the e-mail.
        var answers = new List<int>();
        for (var i = 0; i < AccountsLimits.SignInAttemptsPerEmail + 10; i++)
            answers.Add((int)(await LoginFromAsync($"192.0.2.{i}", "not it")).StatusCode);
        answers.Count(status => status == 401).ShouldBe(AccountsLimits.SignInAttemptsPerEmail);
        await (await LoginFromAsync("203.0.113.8", Auth.Password)).ShouldBeProblemAsync(429, "too-many-attempts");

        // The owner's device passes, and a stolen cookie of it gives no more guesses than any device has.
        await (await LoginFromAsync("203.0.113.9", Auth.Password, device)).ShouldSignInAsync(200);
        for (var i = 0; i < AccountsLimits.SignInAttempts; i++)
            await (await LoginFromAsync("203.0.113.9", "not it", device))
                .ShouldBeProblemAsync(401, "invalid-credentials");
        await (await LoginFromAsync("203.0.113.9", Auth.Password, device))
            .ShouldBeProblemAsync(429, "too-many-attempts");

        Task<HttpResponseMessage> LoginFromAsync(string address, string password, string? cookie = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = JsonContent.Create(new { email, password }),
            };
            request.Headers.Add("X-Forwarded-For", address);
            if (cookie is not null)
                request.Headers.Add("Cookie", cookie);
            return node.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_password_is_the_same_however_its_letters_are_composed()
    {
        await using var node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        const string composed = "caf\u00e9-m\u00fcnchen-x";
        const string decomposed = "cafe\u0301-mu\u0308nchen-x";
        await (await node.PostAsync("register", new { email, password = composed, name = "Bea" }))
            .ShouldSignInAsync(201);

        await (await node.LoginAsync(email, decomposed)).ShouldSignInAsync(200);
        await (await node.LoginAsync(email, composed)).ShouldSignInAsync(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_ten_attempts_an_email_waits_whether_or_not_it_has_an_account(bool exists)
    {
        var hasher = new CountingHasher();
        await using var node = await OnsaleNode.StartAsync(configure: hasher.Use);
        var email = Auth.NewEmail();
        if (exists)
            await node.RegisterAsync(email);
        for (var i = 0; i < AccountsLimits.SignInAttempts; i++)
            await (await node.LoginAsync(email, $"guess number {i}")).ShouldBeProblemAsync(401, "invalid-credentials");

        var refused = await node.LoginAsync(email);

        await refused.ShouldBeProblemAsync(429, "too-many-attempts");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, AccountsLimits.SignInWindowSeconds);
        hasher.Verified.ShouldBe(AccountsLimits.SignInAttempts);

        await LetWindowPassAsync(node);
        ((int)(await node.LoginAsync(email)).StatusCode).ShouldBe(exists ? 200 : 401);
    }

    [Fact]
    public async Task Guesses_sent_at_once_over_two_nodes_get_no_more_tries_than_guesses_one_by_one()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        var hasher = new CountingHasher();
        await using var one = await OnsaleNode.StartAsync(database, configure: hasher.Use);
        await using var two = await OnsaleNode.StartAsync(database, configure: hasher.Use);
        var email = Auth.NewEmail();
        await one.RegisterAsync(email);

        var responses = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            (i % 2 == 0 ? one : two).LoginAsync(email, $"guess number {i}")));

        responses.Count(response => (int)response.StatusCode == 401).ShouldBe(AccountsLimits.SignInAttempts);
        responses.Count(response => (int)response.StatusCode == 429).ShouldBe(60 - AccountsLimits.SignInAttempts);
        hasher.Verified.ShouldBe(AccountsLimits.SignInAttempts);
    }

    [Fact]
    public async Task A_success_forgets_the_wrong_tries_before_it()
    {
        await using var node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < AccountsLimits.SignInAttempts - 1; i++)
                await (await node.LoginAsync(email, "not the password"))
                    .ShouldBeProblemAsync(401, "invalid-credentials");
            await (await node.LoginAsync(email)).ShouldSignInAsync(200);
        }
    }

    [Theory]
    [InlineData("""{"email":"x@example.com","password":""}""")]
    [InlineData("""{"email":"x@example.com"}""")]
    [InlineData("""{"email":"x@exam\u0000ple.com","password":"something"}""")]
    [InlineData("""{"email":"x@example.com","password":"some\u0000thing"}""")]
    [InlineData("""{"email":"x@example.com","password":"something","remember":true}""")]
    public async Task What_no_account_can_have_is_a_validation_error(string body)
    {
        await using var node = await OnsaleNode.StartAsync();

        var response = await node.PostAsync("login", JsonDocument.Parse(body).RootElement);

        await response.ShouldBeProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_hash_of_older_settings_is_replaced_at_the_next_sign_in()
    {
        await using var node = await OnsaleNode.StartAsync();
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);
        var old = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }))
            .HashPassword(new Account { Email = email, Name = "" }, Auth.Password);
        await using var connection = await node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update accounts set password_hash = @old where id = @Id", new { old, account.Id });

        await (await node.LoginAsync(email)).ShouldSignInAsync(200);

        var stored = await connection.QuerySingleAsync<string>(
            "select password_hash from accounts where id = @Id", new { account.Id });
        (stored == old).ShouldBeFalse();
        await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task Accounts_for_other_roles_say_so_in_their_tokens()
    {
        await using var node = await OnsaleNode.StartAsync();
        var email = Auth.NewEmail();
        await using (var scope = node.Services.CreateAsyncScope())
        {
            var created = await scope.ServiceProvider.GetRequiredService<AccountCreation>().CreateAsync(
                email, Auth.Password, "Orla", [Role.Buyer, Role.Organiser], CancellationToken.None);
            created.ShouldBeOfType<AccountCreated.Account>();
        }

        var signed = await (await node.LoginAsync(email)).ShouldSignInAsync(200);

        signed.User.GetProperty("roles").EnumerateArray().Select(role => role.GetString())
            .ShouldBe(["buyer", "organiser"]);
    }

    /// <summary>Status, headers and body without what differs between any two requests.</summary>
    private static async Task<string> AnswerAsync(OnsaleNode node, string email, string password)
    {
        var response = await node.LoginAsync(email, password);
        var body = await response.ShouldBeProblemAsync(401, "invalid-credentials");
        var headers = response.Headers.Where(header => header.Key is not "Date").Select(header => header.ToString());
        return string.Join('\n', [.. headers, .. body.EnumerateObject()
            .Where(member => member.Name is not "traceId").Select(member => member.ToString())]);
    }

    private static async Task LetWindowPassAsync(OnsaleNode node)
    {
        await using var connection = await node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update sign_in_attempts set since = since - make_interval(secs => @seconds)",
            new { seconds = AccountsLimits.SignInWindowSeconds });
    }
}
