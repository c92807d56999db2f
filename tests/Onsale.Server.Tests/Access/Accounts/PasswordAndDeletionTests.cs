using System.Text.Json;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class PasswordAndDeletionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Another = "quite other words to keep";

    [Fact]
    public async Task A_changed_password_ends_all_other_sessions_and_this_one_goes_on()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var there = await node.RegisterAsync(email);
        var here = await (await node.LoginAsync(email)).ShouldSignInAsync(200);

        var changed = await ChangeAsync(node, here, Auth.Password, Another);

        ((int)changed.StatusCode).ShouldBe(204);
        await (await node.MeAsync(there.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await node.RefreshAsync(there.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        ((int)(await node.MeAsync(here.AccessToken)).StatusCode).ShouldBe(200);
        await (await node.RefreshAsync(here.RefreshToken)).ShouldSignInAsync(200);
        await (await node.LoginAsync(email)).ShouldBeProblemAsync(401, "invalid-credentials");
        await (await node.LoginAsync(email, Another)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task A_wrong_present_password_changes_and_deletes_nothing_and_guesses_are_bounded()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);

        for (var i = 0; i < AccountsLimits.SignInAttempts; i++)
        {
            var refused = i % 2 == 0
                ? await ChangeAsync(node, account, "not the password", Another)
                : await DeleteAsync(node, account, "not the password");
            await refused.ShouldBeProblemAsync(403, "invalid-credentials");
        }

        await (await ChangeAsync(node, account, Auth.Password, Another)).ShouldBeProblemAsync(429, "too-many-attempts");
        await (await DeleteAsync(node, account, Auth.Password)).ShouldBeProblemAsync(429, "too-many-attempts");
        // Signing in elsewhere is not blocked by what one session did.
        await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Theory]
    [InlineData("""{"currentPassword":"a few words to remember","newPassword":"short"}""", "newPassword")]
    [InlineData("""{"currentPassword":"a few words to remember","newPassword":"password2024"}""", "newPassword")]
    [InlineData("""{"currentPassword":"","newPassword":"quite other words to keep"}""", "currentPassword")]
    [InlineData("""{"newPassword":"quite other words to keep"}""", "currentPassword")]
    public async Task What_is_wrong_with_a_change_is_named_by_field(string body, string field)
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        var problem = await (await node.SendMeAsync(
                HttpMethod.Patch, "/password", account.AccessToken, JsonDocument.Parse(body).RootElement))
            .ShouldBeProblemAsync(400, "validation");

        problem.GetProperty("errors").GetProperty(field).GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_guest_has_no_password_and_no_account_to_delete()
    {
        var node = shared.Node;
        var guest = await node.GuestAsync();

        await (await ChangeAsync(node, guest, Auth.Password, Another)).ShouldBeProblemAsync(403, "forbidden");
        await (await DeleteAsync(node, guest, Auth.Password)).ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_sign_in_with_the_old_password_during_the_change_has_no_session_afterwards()
    {
        var node = shared.Node;
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);

        var logins = Enumerable.Range(0, 5).Select(_ => node.LoginAsync(email)).ToArray();
        var changed = await ChangeAsync(node, account, Auth.Password, Another);
        var answers = await Task.WhenAll(logins);

        ((int)changed.StatusCode).ShouldBe(204);
        foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
        {
            var signed = await answer.ShouldSignInAsync(200);
            await (await node.MeAsync(signed.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
            await (await node.RefreshAsync(signed.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_bookings_and_nothing_that_names_a_person()
    {
        var node = shared.Node;
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [20]);
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);
        var buyer = new Booker(node.Client, account.AccessToken, account.Id);
        var paid = await buyer.BuyTicketsAsync(@event, 2);

        var deleted = await DeleteAsync(node, account, Auth.Password);

        ((int)deleted.StatusCode).ShouldBe(204);
        deleted.SetCookie(RefreshCookie.PlainName).ShouldNotBeNull().ShouldContain("expires=Thu, 01 Jan 1970");
        await (await node.MeAsync(account.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await node.RefreshAsync(account.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await node.LoginAsync(email)).ShouldBeProblemAsync(401, "invalid-credentials");
        (await node.DataSource.CountAsync("accounts", "id = $1", account.Id)).ShouldBe(0);
        (await node.DataSource.CountAsync("sessions", "subject_id = $1", account.Id)).ShouldBe(0);
        (await node.DataSource.CountAsync("bookings", "id = $1 and state = 2", paid)).ShouldBe(1);
        (await node.DataSource.CountAsync("tickets", "booking_id = $1 and state = 0", paid)).ShouldBe(2);
        // The address is free again, for another account that has none of it.
        (await node.RegisterAsync(email)).Id.ShouldNotBe(account.Id);
    }

    [Fact]
    public async Task The_only_owner_of_an_organisation_cannot_be_deleted_and_of_two_at_once_one_stays()
    {
        var node = shared.Node;
        var (one, other) = (await node.RegisterAsync(), await node.RegisterAsync());
        await node.DataSource.ExecuteAsync(
            """
            with made as (insert into organisations (id, slug, name)
                          values (gen_random_uuid(), $1::text, 'Own') returning id)
            insert into organisation_members (organisation_id, account_id, role)
            select made.id, account, 1 from made, unnest($2) account
            """, $"own-{one.Id:N}", new[] { one.Id, other.Id });

        var answers = await Task.WhenAll(
            DeleteAsync(node, one, Auth.Password), DeleteAsync(node, other, Auth.Password));

        answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([204, 409]);
        await answers.Single(answer => (int)answer.StatusCode == 409).ShouldBeProblemAsync(409, "last-owner");
    }

    private static Task<HttpResponseMessage> ChangeAsync(
        OnsaleNode node, Signed signed, string currentPassword, string newPassword) =>
        node.SendMeAsync(
            HttpMethod.Patch, "/password", signed.AccessToken, new { currentPassword, newPassword });

    private static Task<HttpResponseMessage> DeleteAsync(OnsaleNode node, Signed signed, string password) =>
        node.SendMeAsync(HttpMethod.Delete, "", signed.AccessToken, new { password });
}
