using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed partial class AccountLinkTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Another = "quite other words to keep";

    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_mailed_link_sets_another_password_once_and_ends_all_sessions()
    {
        var email = Auth.NewEmail();
        var session = await Node.RegisterAsync(email);

        var asked = await Node.PostAsync("password/forgot", new { email = email.ToUpperInvariant() });
        ((int)asked.StatusCode).ShouldBe(202);
        var token = await LinkAsync(email, "password-reset");
        await (await ResetAsync(token, "short")).ShouldBeProblemAsync(400, "validation");
        ((int)(await ResetAsync(token, Another)).StatusCode).ShouldBe(204);

        await (await Node.RefreshAsync(session.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await Node.MeAsync(session.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await Node.LoginAsync(email)).ShouldBeProblemAsync(401, "invalid-credentials");
        await (await Node.LoginAsync(email, Another)).ShouldSignInAsync(200);
        await (await ResetAsync(token, "a third one, also long")).ShouldBeProblemAsync(404, "link-invalid");
    }

    [Fact]
    public async Task Two_who_use_one_link_at_once_set_one_password()
    {
        var email = Auth.NewEmail();
        await Node.RegisterAsync(email);
        await Node.PostAsync("password/forgot", new { email });
        var token = await LinkAsync(email, "password-reset");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => ResetAsync(token, $"{Another} {i}")));

        answers.Count(answer => (int)answer.StatusCode == 204).ShouldBe(1);
        answers.Count(answer => (int)answer.StatusCode == 404).ShouldBe(7);
    }

    [Fact]
    public async Task An_address_without_an_account_has_the_same_answer_and_gets_no_mail()
    {
        var email = Auth.NewEmail();

        var asked = await Node.PostAsync("password/forgot", new { email });

        ((int)asked.StatusCode).ShouldBe(202);
        (await asked.Content.ReadAsStringAsync()).ShouldBeEmpty();
        // A mail that is queued before this one's answer has come would be there by now.
        var known = Auth.NewEmail();
        await Node.RegisterAsync(known);
        await Node.PostAsync("password/forgot", new { email = known });
        await LinkAsync(known, "password-reset");
        (await CountAsync(email)).ShouldBe(0);
    }

    [Fact]
    public async Task Links_that_were_replaced_are_too_old_or_made_up_set_nothing()
    {
        var email = Auth.NewEmail();
        await Node.RegisterAsync(email);
        await Node.PostAsync("password/forgot", new { email });
        var first = await LinkAsync(email, "password-reset");
        await Node.PostAsync("password/forgot", new { email });
        await Eventually.ShouldBeAsync(() => CountAsync(email, "password-reset"), 2);
        var second = await LinkAsync(email, "password-reset");

        await (await ResetAsync(first, Another)).ShouldBeProblemAsync(404, "link-invalid");
        foreach (var made in new[] { "", "x", new string('A', 43), new string('A', 5000) })
            await (await ResetAsync(made, Another)).ShouldBeProblemAsync(404, "link-invalid");
        await (await Node.PostAsync("email/verify", new { token = second })).ShouldBeProblemAsync(404, "link-invalid");
        await Node.DataSource.ExecuteAsync(
            "update account_links set expires_at = now() where kind = 0 and email_key = $1", email);
        await (await ResetAsync(second, Another)).ShouldBeProblemAsync(404, "link-invalid");
        await (await Node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task A_new_account_confirms_its_address_by_the_mail_that_it_gets()
    {
        var email = Auth.NewEmail();
        await Node.RegisterAsync(email);
        var token = await LinkAsync(email, "email-verification");
        (await VerifiedAsync(email)).ShouldBe(0);

        ((int)(await Node.PostAsync("email/verify", new { token })).StatusCode).ShouldBe(204);

        (await VerifiedAsync(email)).ShouldBe(1);
        await (await Node.PostAsync("email/verify", new { token })).ShouldBeProblemAsync(404, "link-invalid");
    }

    [Fact]
    public async Task A_mail_is_in_the_language_that_was_chosen_in_the_shop()
    {
        var email = Auth.NewEmail();
        await Node.RegisterAsync(email);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/password/forgot")
        {
            Content = JsonContent.Create(new { email }),
            Headers = { { "Cookie", "onsale_language=de" }, { "Accept-Language", "es" } },
        };

        (await Node.Client.SendAsync(request)).EnsureSuccessStatusCode();

        await Eventually.ShouldBeAsync(
            () => Node.DataSource.CountAsync(
                "mails", "recipient = $1 and kind = 'password-reset' and language = 'de'", email),
            1);
    }

    [Fact]
    public async Task Nobody_can_have_a_stranger_mailed_without_end()
    {
        var email = Auth.NewEmail();
        await Node.RegisterAsync(email);
        for (var i = 0; i < AccountsLimits.SignInAttempts; i++)
            ((int)(await Node.PostAsync("password/forgot", new { email })).StatusCode).ShouldBe(202);

        var refused = await Node.PostAsync("password/forgot", new { email });

        await refused.ShouldBeProblemAsync(429, "too-many-attempts");
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    private Task<HttpResponseMessage> ResetAsync(string token, string newPassword) =>
        Node.PostAsync("password/reset", new { token, newPassword });

    /// <summary>The token of the newest link that was mailed.</summary>
    private async Task<string> LinkAsync(string email, string kind)
    {
        await Eventually.ShouldBeTrueAsync(async () => await CountAsync(email, kind) > 0, $"a mail {kind} is queued");
        var text = (await Node.DataSource.QueryAsync<string>(
            "select text_body from mails where recipient = $1 and kind = $2 order by created_at desc limit 1",
            email, kind)).Single();
        return Token().Match(text).Groups["token"].Value;
    }

    private Task<long> CountAsync(string email, string? kind = null) => Node.DataSource.CountAsync(
        "mails", "recipient = $1 and kind = coalesce($2, kind)", email, (object?)kind ?? DBNull.Value);

    private Task<long> VerifiedAsync(string email) =>
        Node.DataSource.CountAsync("accounts", "email_key = $1 and email_verified_at is not null", email);

    [GeneratedRegex("#(?<token>[A-Za-z0-9_-]{43})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
