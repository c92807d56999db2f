using System.Text.Json;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class MySessionsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task Sessions_are_listed_with_their_devices_this_one_first()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { email, password = Auth.Password }),
        };
        request.Headers.UserAgent.ParseAdd(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
            + "Safari/537.36 Edg/140.0.0.0");
        var here = await (await node.Client.SendAsync(request)).ShouldSignInAsync(200);

        var page = await ReadAsync(await node.SendMeAsync(HttpMethod.Get, "/sessions", here.AccessToken));

        page.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(2);
        var sessions = page.GetProperty("data").EnumerateArray().ToList();
        sessions.Select(session => session.GetProperty("isCurrent").GetBoolean()).ShouldBe([true, false]);
        sessions[0].GetProperty("browser").GetString().ShouldBe("Edge");
        sessions[0].GetProperty("operatingSystem").GetString().ShouldBe("Windows");
        sessions[1].TryGetProperty("browser", out _).ShouldBeFalse();
        sessions.ShouldAllBe(session =>
            session.GetProperty("lastUsedAt").GetDateTimeOffset()
                >= session.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_ended_session_is_over_at_once_with_its_access_token()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var there = await node.RegisterAsync(email);
        var here = await (await node.LoginAsync(email)).ShouldSignInAsync(200);
        ((int)(await node.MeAsync(there.AccessToken)).StatusCode).ShouldBe(200);

        var ended = await node.SendMeAsync(HttpMethod.Delete, $"/sessions/{SessionOf(there)}", here.AccessToken);

        ((int)ended.StatusCode).ShouldBe(204);
        await (await node.MeAsync(there.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await node.RefreshAsync(there.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        ((int)(await node.MeAsync(here.AccessToken)).StatusCode).ShouldBe(200);
        await (await node.SendMeAsync(HttpMethod.Delete, $"/sessions/{SessionOf(there)}", here.AccessToken))
            .ShouldBeProblemAsync(404, "session-not-found");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another()
    {
        var node = shared.Node;
        var (one, other) = (await node.RegisterAsync(), await node.GuestAsync());

        await (await node.SendMeAsync(HttpMethod.Delete, $"/sessions/{SessionOf(other)}", one.AccessToken))
            .ShouldBeProblemAsync(404, "session-not-found");
        await (await node.SendMeAsync(HttpMethod.Delete, $"/sessions/{SessionOf(one)}", other.AccessToken))
            .ShouldBeProblemAsync(404, "session-not-found");

        ((int)(await node.MeAsync(other.AccessToken)).StatusCode).ShouldBe(200);
        ((int)(await node.MeAsync(one.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?except=current", true)]
    public async Task All_sessions_end_or_all_but_this_one(string query, bool isKept)
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var there = await node.RegisterAsync(email);
        var here = await (await node.LoginAsync(email)).ShouldSignInAsync(200);

        var ended = await node.SendMeAsync(HttpMethod.Delete, $"/sessions{query}", here.AccessToken);

        ((int)ended.StatusCode).ShouldBe(204);
        await (await node.MeAsync(there.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        ((int)(await node.MeAsync(here.AccessToken)).StatusCode).ShouldBe(isKept ? 200 : 401);
        ((int)(await node.RefreshAsync(here.RefreshToken)).StatusCode).ShouldBe(isKept ? 200 : 401);
    }

    [Fact]
    public async Task Signing_out_ends_the_access_token_too_on_every_node()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database, configure: new CountingHasher().Use);
        await using var two = await OnsaleNode.StartAsync(database, configure: new CountingHasher().Use);
        var account = await one.RegisterAsync();
        var kept = await one.RegisterAsync();
        ((int)(await two.MeAsync(account.AccessToken)).StatusCode).ShouldBe(200);

        await one.PostAsync("logout", refreshToken: account.RefreshToken);

        await (await one.MeAsync(account.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await Eventually.ShouldBeAsync(async () => (int)(await two.MeAsync(account.AccessToken)).StatusCode, 401);
        // A node that starts later knows it before it serves anything.
        await using var three = await OnsaleNode.StartAsync(database, configure: new CountingHasher().Use);
        ((int)(await three.MeAsync(account.AccessToken)).StatusCode).ShouldBe(401);
        ((int)(await three.MeAsync(kept.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task An_account_has_at_most_so_many_sessions_and_the_least_used_ends_first()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var first = await node.RegisterAsync(email);
        await node.DataSource.ExecuteAsync(
            """
            insert into sessions (id, subject_id, account_stamp, token_hash, rotation_key, expires_at)
            select gen_random_uuid(), id, security_stamp, sha256('t'), sha256('k'), now() + interval '1 day'
            from accounts, generate_series(2, $2) where id = $1
            """, first.Id, AccountsLimits.SessionsPerSubject);

        await (await node.LoginAsync(email)).ShouldSignInAsync(200);

        (await node.DataSource.CountAsync("sessions", "subject_id = $1", first.Id))
            .ShouldBe(AccountsLimits.SessionsPerSubject);
        await (await node.RefreshAsync(first.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.5 Mobile/15E148 Safari/604.1", "Safari", "iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "Linux")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) "
        + "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Samsung Internet", "Android")]
    [InlineData("something else", null, null)]
    public void A_device_is_described_by_browser_and_system(string agent, string? browser, string? system)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.UserAgent = agent;

        DeviceDescription.Of(context.Request).ShouldBe(new DeviceDescription(browser, system));
    }

    private static Guid SessionOf(Signed signed) => new(
        System.Buffers.Text.Base64Url.DecodeFromChars(signed.RefreshToken).AsSpan(0, 16), bigEndian: true);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        ((int)response.StatusCode).ShouldBe(200);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
