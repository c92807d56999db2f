using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class SessionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task A_refresh_gives_another_access_token_and_another_refresh_token()
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        var first = await (await node.RefreshAsync(account.RefreshToken)).ShouldSignInAsync(200);
        var second = await (await node.RefreshAsync(first.RefreshToken)).ShouldSignInAsync(200);

        new[] { account.RefreshToken, first.RefreshToken, second.RefreshToken }.Distinct(StringComparer.Ordinal).Count()
            .ShouldBe(3);
        second.User.GetRawText().ShouldBe(account.User.GetRawText());
        ((int)(await node.MeAsync(second.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Tabs_that_refresh_at_once_over_two_nodes_get_the_same_successor()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database);
        await using var two = await OnsaleNode.StartAsync(database);
        var guest = await one.GuestAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            (i % 2 == 0 ? one : two).RefreshAsync(guest.RefreshToken)));
        var signed = await Task.WhenAll(responses.Select(response => response.ShouldSignInAsync(200)));

        var successor = signed.Select(each => each.RefreshToken).Distinct(StringComparer.Ordinal)
            .ShouldHaveSingleItem();
        await (await two.RefreshAsync(successor)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task An_answer_that_was_lost_can_be_asked_for_again()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();
        var lost = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);

        var again = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);

        again.RefreshToken.ShouldBe(lost.RefreshToken);
    }

    [Fact]
    public async Task A_replaced_token_used_after_the_grace_ends_the_session_for_both_holders()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();
        var successor = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);
        await ExecuteAsync(
            node, "update sessions set rotated_at = rotated_at - interval '31 seconds' where subject_id = @Id", guest);

        var reused = await node.RefreshAsync(guest.RefreshToken);

        await reused.ShouldBeProblemAsync(401, "unauthenticated");
        reused.SetCookie(RefreshCookie.PlainName)!.ShouldStartWith("onsale_refresh=; expires=Thu, 01 Jan 1970");
        await (await node.RefreshAsync(successor.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_whose_successor_was_used_ends_the_session_even_within_the_grace()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();
        var second = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);
        var third = await (await node.RefreshAsync(second.RefreshToken)).ShouldSignInAsync(200);

        await (await node.RefreshAsync(guest.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");

        await (await node.RefreshAsync(third.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("update sessions set expires_at = now() where subject_id = @Id")]
    [InlineData("update accounts set security_stamp = 'changed' where id = @Id")]
    [InlineData("delete from accounts where id = @Id")]
    public async Task A_session_that_ran_out_or_whose_account_changed_is_over(string change)
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();
        await ExecuteAsync(node, change, account);

        await (await node.RefreshAsync(account.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Every_refresh_prolongs_a_session_up_to_its_longest_time()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();
        await ExecuteAsync(node,
            """
            update sessions set expires_at = now() + interval '1 minute', created_at = now() - interval '85 days'
            where subject_id = @Id
            """, guest);

        await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);

        await using var connection = await node.DataSource.OpenConnectionAsync();
        var days = await connection.QuerySingleAsync<double>(
            "select extract(epoch from expires_at - now()) / 86400 from sessions where subject_id = @Id",
            new { guest.Id });
        days.ShouldBe(AccountsLimits.SessionDays - 85, tolerance: 0.01);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_clears_the_cookie()
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        var response = await node.PostAsync("logout", refreshToken: account.RefreshToken);

        ((int)response.StatusCode).ShouldBe(204);
        response.Headers.GetValues("Set-Cookie").Single().ShouldBe(
            "onsale_refresh=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/api/v1/auth; "
            + "secure; samesite=strict; httponly");
        await (await node.RefreshAsync(account.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        ((int)(await node.PostAsync("logout", refreshToken: account.RefreshToken)).StatusCode).ShouldBe(204);
        ((int)(await node.PostAsync("logout")).StatusCode).ShouldBe(204);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task What_is_not_a_refresh_token_is_refused(string? token)
    {
        var node = shared.Node;

        await (await node.PostAsync("refresh", refreshToken: token)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 201)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "(own)", 201)]
    public async Task Only_this_sites_own_pages_reach_the_auth_routes(string header, string value, int status)
    {
        var node = shared.Node;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/guest");
        request.Headers.Add(header, value == "(own)" ? node.Address.GetLeftPart(UriPartial.Authority) : value);

        var response = await node.Client.SendAsync(request);

        if (status == 403)
            await response.ShouldBeProblemAsync(403, "cross-origin");
        else
            await response.ShouldSignInAsync(status);
    }

    [Theory]
    [InlineData("present", false, false, nameof(RefreshDecision.Rotate))]
    [InlineData("present", true, false, nameof(RefreshDecision.Rotate))]
    [InlineData("present", false, true, nameof(RefreshDecision.Ended))]
    [InlineData("previous", true, false, nameof(RefreshDecision.Repeat))]
    [InlineData("previous", true, true, nameof(RefreshDecision.Ended))]
    [InlineData("previous", false, false, nameof(RefreshDecision.Reused))]
    [InlineData("previous", false, true, nameof(RefreshDecision.Reused))]
    [InlineData("first", true, false, nameof(RefreshDecision.Reused))]
    [InlineData("foreign", true, false, nameof(RefreshDecision.Unknown))]
    public void The_row_alone_decides(string presented, bool withinGrace, bool expired, string decision)
    {
        var key = RefreshToken.CreateRotationKey();
        var first = RefreshToken.Create(Guid.Empty);
        var previous = first.Successor(key).Successor(key);
        var present = previous.Successor(key);
        var session = new SessionRow
        {
            TokenHash = present.Hash,
            PreviousHash = previous.Hash,
            RotationKey = key,
            Rotations = 3,
            WithinGrace = withinGrace,
            Expired = expired,
        };
        var token = presented switch
        {
            "present" => present,
            "previous" => previous,
            "first" => first,
            _ => RefreshToken.Create(Guid.Empty),
        };

        Sessions.Decide(session, token).ToString().ShouldBe(decision);
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("logout")]
    public async Task A_secret_that_never_was_the_sessions_ends_nothing(string route)
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(account.RefreshToken);
        var forged = RefreshToken.Create(new Guid(bytes.AsSpan(0, 16), bigEndian: true)).ToString();

        await node.PostAsync(route, refreshToken: forged);

        await (await node.RefreshAsync(account.RefreshToken)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task Two_refresh_cookies_are_refused_as_one_may_be_planted()
    {
        var node = shared.Node;
        var (own, planted) = (await node.GuestAsync(), await node.GuestAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/refresh");
        request.Headers.Add(
            "Cookie",
            $"{RefreshCookie.PlainName}={own.RefreshToken}; {RefreshCookie.PlainName}={planted.RefreshToken}");

        await (await node.Client.SendAsync(request)).ShouldBeProblemAsync(401, "unauthenticated");

        await (await node.RefreshAsync(own.RefreshToken)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task What_has_run_out_is_cleaned_up_and_nothing_else()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database, configure: new CountingHasher().Use);
        var kept = await node.GuestAsync();
        var expired = await node.GuestAsync();
        await node.LoginAsync(Auth.NewEmail());
        await ExecuteAsync(
            node, "update sessions set expires_at = now() - interval '1 second' where subject_id = @Id", expired);
        await ExecuteAsync(
            node, "insert into sign_in_attempts values (sha256('old'), 1, now() - interval '1 hour')", expired);
        var cleaner = node.Services.GetRequiredService<AccountsCleanup>();

        var rows = await cleaner.CleanAsync(CancellationToken.None);

        rows.ShouldBe(2);
        await (await node.RefreshAsync(kept.RefreshToken)).ShouldSignInAsync(200);
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);
    }

    private static async Task ExecuteAsync(OnsaleNode node, string sql, Signed subject)
    {
        await using var connection = await node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { subject.Id });
    }
}
