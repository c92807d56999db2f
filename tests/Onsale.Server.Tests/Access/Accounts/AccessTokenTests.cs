using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class AccessTokenTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task A_token_of_one_node_is_good_on_another()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database);
        await using var two = await OnsaleNode.StartAsync(database);

        var ofOne = await one.GuestAsync();
        var ofTwo = await two.GuestAsync();

        ((int)(await two.MeAsync(ofOne.AccessToken)).StatusCode).ShouldBe(200);
        ((int)(await one.MeAsync(ofTwo.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_survives_a_restart()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        string token;
        await using (var before = await OnsaleNode.StartAsync(database))
            token = (await before.GuestAsync()).AccessToken;

        await using var after = await OnsaleNode.StartAsync(database);

        ((int)(await after.MeAsync(token)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_is_good_for_fifteen_minutes_and_not_a_second_longer()
    {
        var clock = new ShiftedClock();
        await using var node = await OnsaleNode.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var guest = await node.GuestAsync();

        clock.Shift = TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(20);
        ((int)(await node.MeAsync(guest.AccessToken)).StatusCode).ShouldBe(200);
        clock.Shift = TimeSpan.FromMinutes(15);
        var refused = await node.MeAsync(guest.AccessToken);

        await refused.ShouldBeProblemAsync(401, "unauthenticated");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
        var refreshed = await (await node.RefreshAsync(guest.RefreshToken)).ShouldSignInAsync(200);
        ((int)(await node.MeAsync(refreshed.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Without_a_token_the_answer_names_the_way_to_sign_in()
    {
        var node = shared.Node;

        var refused = await node.MeAsync(accessToken: null);

        await refused.ShouldBeProblemAsync(401, "unauthenticated");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_token_of_another_system_is_refused()
    {
        await using var other = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var node = shared.Node;
        var foreign = await other.GuestAsync();

        await (await node.MeAsync(foreign.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_with_any_character_changed_is_refused_also_when_the_real_one_is_cached()
    {
        var node = shared.Node;
        var token = (await node.GuestAsync()).AccessToken;
        ((int)(await node.MeAsync(token)).StatusCode).ShouldBe(200);

        // The last character of base64 may carry unused bits; any other is significant.
        foreach (var at in Enumerable.Range(0, token.Length - 1).Where(i => i % 7 == 0))
        {
            var forged = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
            await (await node.MeAsync(forged)).ShouldBeProblemAsync(401, "unauthenticated");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("rubbish")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")]
    public async Task What_is_not_a_token_is_refused(string token)
    {
        var node = shared.Node;

        await (await node.MeAsync(token)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_scheme_is_known_in_any_case(string scheme)
    {
        var node = shared.Node;
        var token = (await node.GuestAsync()).AccessToken;

        // Twice: the first look unprotects the token, the second finds it.
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
            ((int)(await node.Client.SendAsync(request)).StatusCode).ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_missing_right_is_forbidden()
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await new AuthorizationProblems().HandleAsync(
            _ => throw new InvalidOperationException("must not go on"), context,
            new AuthorizationPolicyBuilder().RequireRole("operator").Build(), PolicyAuthorizationResult.Forbid());
        await context.Response.CompleteAsync(); // as the server does at the end of a request

        context.Response.StatusCode.ShouldBe(403);
        System.Text.Encoding.UTF8.GetString(body.ToArray()).ShouldContain("\"code\":\"forbidden\"");
    }

    [Fact]
    public async Task Over_HTTP_a_role_opens_its_routes_and_every_other_is_forbidden()
    {
        string[] policies = [RoleNames.Organiser, RoleNames.Door, RoleNames.Operator];
        await using var node = await OnsaleNode.StartAsync(map: routes =>
        {
            foreach (var policy in policies)
                routes.MapGet($"/gates/{policy}", () => "open").RequireAuthorization(policy);
        });

        (await OpenedToAsync((await node.GuestAsync()).AccessToken)).ShouldBe([]);
        (await OpenedToAsync(await SignInAsync(Role.Buyer))).ShouldBe([]);
        (await OpenedToAsync(await SignInAsync(Role.Door))).ShouldBe([RoleNames.Door]);
        (await OpenedToAsync(await SignInAsync(Role.Organiser))).ShouldBe([RoleNames.Organiser, RoleNames.Door]);
        (await OpenedToAsync(await SignInAsync(Role.Operator))).ShouldBe(policies);
        await (await node.Client.GetAsync($"/gates/{RoleNames.Door}")).ShouldBeProblemAsync(401, "unauthenticated");

        async Task<string> SignInAsync(Role role)
        {
            var email = Auth.NewEmail();
            await using var scope = node.Services.CreateAsyncScope();
            (await scope.ServiceProvider.GetRequiredService<AccountCreation>()
                    .CreateAsync(email, Auth.Password, "Bea", [role], CancellationToken.None))
                .ShouldBeOfType<AccountCreated.Account>();
            return (await (await node.LoginAsync(email)).ShouldSignInAsync(200)).AccessToken;
        }

        async Task<List<string>> OpenedToAsync(string token)
        {
            var opened = new List<string>();
            foreach (var policy in policies)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/gates/{policy}");
                request.Headers.Authorization = new("Bearer", token);
                using var response = await node.Client.SendAsync(request);
                if (response.IsSuccessStatusCode)
                    opened.Add(policy);
                else
                    await response.ShouldBeProblemAsync(403, "forbidden");
            }

            return opened;
        }
    }

    [Fact]
    public async Task Roles_gate_what_their_policies_name()
    {
        var node = shared.Node;
        var authorization = node.Services.GetRequiredService<IAuthorizationService>();

        async Task<bool> MayAsync(Role role, string policy) => (await authorization.AuthorizeAsync(
            new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
                [new(TokenClaims.Role, RoleNames.Of(role))], "test", TokenClaims.Name,
                TokenClaims.Role)),
            policy)).Succeeded;

        (await MayAsync(Role.Buyer, RoleNames.Door)).ShouldBeFalse();
        (await MayAsync(Role.Door, RoleNames.Door)).ShouldBeTrue();
        (await MayAsync(Role.Door, RoleNames.Organiser)).ShouldBeFalse();
        (await MayAsync(Role.Organiser, RoleNames.Organiser)).ShouldBeTrue();
        (await MayAsync(Role.Organiser, RoleNames.Operator)).ShouldBeFalse();
        (await MayAsync(Role.Operator, RoleNames.Operator)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, "", new[] { "buyer" })]
    [InlineData(false, "Zoë 🎟", new[] { "buyer", "organiser", "door", "operator" })]
    [InlineData(false, "Bea", new[] { "door" })]
    public void A_token_carries_who_it_is_for(bool isGuest, string name, string[] roles)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var expires = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        var bits = Enum.GetValues<Role>().Where(role => roles.Contains(RoleNames.Of(role), StringComparer.Ordinal))
            .Sum(TokenSerializer.Bit);
        var serializer = new TokenSerializer();
        var session = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        var ticket = serializer.Deserialize(
            serializer.Serialize(TokenSerializer.Ticket(id, isGuest, bits, name, expires, session)))!;

        TokenClaims.SessionOf(ticket.Principal).ShouldBe(session);
        Buyer.From(ticket.Principal).ShouldBe(new Buyer(id, isGuest));
        ticket.Principal.Identity!.IsAuthenticated.ShouldBeTrue();
        (ticket.Principal.Identity.Name ?? "").ShouldBe(name);
        ticket.Principal.FindAll(TokenClaims.Role).Select(claim => claim.Value).ShouldBe(roles);
        ticket.Properties.ExpiresUtc.ShouldBe(expires);
    }

    [Fact]
    public async Task A_token_is_short_since_every_request_carries_it()
    {
        var node = shared.Node;

        (await node.GuestAsync()).AccessToken.Length.ShouldBeLessThanOrEqualTo(184);
    }

    [Fact]
    public void A_token_of_another_version_is_refused()
    {
        var serializer = new TokenSerializer();
        var bytes = serializer.Serialize(
            TokenSerializer.Ticket(Guid.Empty, isGuest: true, 1, "", DateTimeOffset.UnixEpoch, Guid.Empty));
        bytes[0]++;

        serializer.Deserialize(bytes).ShouldBeNull();
        serializer.Deserialize([]).ShouldBeNull();
    }

    [Fact]
    public void Stored_numbers_and_names_of_roles_never_change() =>
        Enum.GetValues<Role>().Select(role => $"{(short)role} {RoleNames.Of(role)}")
            .ShouldBe(["0 buyer", "1 organiser", "2 door", "3 operator"]);
}
