using System.Net.Http.Json;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class GuestTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task A_guest_signs_in_without_a_password_and_is_known_afterwards()
    {
        var node = shared.Node;

        var guest = await node.GuestAsync();

        guest.Kind.ShouldBe("guest");
        guest.ExpiresIn.ShouldBe(900);
        var me = await node.MeAsync(guest.AccessToken);
        ((int)me.StatusCode).ShouldBe(200);
        (await me.Content.ReadAsStringAsync()).ShouldBe(guest.User.GetRawText());
    }

    [Fact]
    public async Task On_a_plain_connection_the_refresh_cookie_is_for_the_auth_routes_only()
    {
        var node = shared.Node;

        var guest = await node.GuestAsync();

        guest.SetCookie.ShouldStartWith("onsale_refresh=");
        guest.SetCookie.Split("; ")[1..].ShouldBe(
            ["max-age=604800", "path=/api/v1/auth", "secure", "samesite=strict", "httponly"], ignoreOrder: true);
    }

    [Fact]
    public async Task Over_HTTPS_the_cookies_have_the_prefixes_that_keep_other_hosts_from_setting_them()
    {
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:TrustedProxies", "127.0.0.0/8")], configure: new CountingHasher().Use);

        var registered = await SendAsync("register", null);
        var cookie = registered.SetCookie(RefreshCookie.HostName).ShouldNotBeNull();
        var value = cookie.Split(';')[0];
        var plain = await SendAsync("refresh", value.Replace("__Host-", "", StringComparison.Ordinal));
        var refreshed = await SendAsync("refresh", value);

        cookie.Split("; ")[1..].ShouldBe(
            ["max-age=604800", "path=/", "secure", "samesite=strict", "httponly"], ignoreOrder: true);
        registered.SetCookie(KnownDevices.SecureName).ShouldNotBeNull().ShouldContain("path=/api/v1/auth; secure");
        ((int)plain.StatusCode).ShouldBe(401);
        ((int)refreshed.StatusCode).ShouldBe(200);

        Task<HttpResponseMessage> SendAsync(string route, string? cookies)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/auth/{route}");
            request.Headers.Add("X-Forwarded-For", "203.0.113.1");
            request.Headers.Add("X-Forwarded-Proto", "https");
            if (cookies is null)
            {
                request.Content = JsonContent.Create(
                    new { email = Auth.NewEmail(), password = Auth.Password, name = "Bea" });
            }
            else
            {
                request.Headers.Add("Cookie", cookies);
            }

            return node.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Registering_keeps_the_guests_id_and_ends_its_guest_session()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();

        var account = await node.RegisterAsync(accessToken: guest.AccessToken);

        account.Id.ShouldBe(guest.Id);
        account.Kind.ShouldBe("account");
        await (await node.RefreshAsync(guest.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        (await (await node.RefreshAsync(account.RefreshToken)).ShouldSignInAsync(200)).Id.ShouldBe(guest.Id);
    }

    [Fact]
    public async Task A_taken_email_leaves_the_guest_as_it_was()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        var guest = await node.GuestAsync();

        var refused = await node.PostAsync(
            "register", new { email, password = Auth.Password, name = "Bo" }, guest.AccessToken);

        await refused.ShouldBeProblemAsync(409, "email-taken");
        var refreshed = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);
        (refreshed.Id, refreshed.Kind).ShouldBe((guest.Id, "guest"));
    }

    [Fact]
    public async Task A_guest_becomes_an_account_only_once()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();
        await node.RegisterAsync(accessToken: guest.AccessToken);

        var again = await node.PostAsync(
            "register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }, guest.AccessToken);

        await again.ShouldBeProblemAsync(409, "already-registered");
    }

    [Fact]
    public async Task Registering_with_a_token_that_ran_out_is_refused_instead_of_losing_the_guests_bookings()
    {
        var node = shared.Node;

        var refused = await node.PostAsync(
            "register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }, accessToken: "stale");

        await refused.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_guest_has_no_profile_to_change()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();

        var refused = await node.PatchMeAsync(guest.AccessToken, new { name = "Bo" });

        await refused.ShouldBeProblemAsync(403, "forbidden");
    }
}
