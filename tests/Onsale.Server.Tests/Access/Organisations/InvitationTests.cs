using System.Text;
using System.Text.Json;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Organisations;

public sealed class InvitationTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    private Task<Answer> AcceptAsync(string token, Signed account) =>
        _node.AskAsync(HttpMethod.Post, $"invitations/{token}/accept", account.AccessToken);

    private static async Task<(string Token, Guid Id)> InviteAsync(
        TestOrganisation organisation, string email, string role = "boxOffice")
    {
        var made = await organisation.AskAsync(HttpMethod.Post, "/invitations", body: new { email, role });
        made.Status.ShouldBe(201, made.Body.ToString());
        made["path"].GetString().ShouldBe($"/organise/invitations/{made["token"].GetString()}");
        return (made["token"].GetString()!, made.Id);
    }

    [Fact]
    public async Task An_invitation_makes_who_registers_with_its_email_a_member_once()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var email = Auth.NewEmail();
        var (token, _) = await InviteAsync(organisation, email.ToUpperInvariant());
        var offer = await _node.AskAsync(HttpMethod.Get, $"invitations/{token}", token: null);
        var account = await _node.RegisterAsync(email);

        var accepted = await AcceptAsync(token, account);

        offer["slug"].GetString().ShouldBe(organisation.Slug);
        offer["role"].GetString().ShouldBe("boxOffice");
        accepted.Status.ShouldBe(200, accepted.Body.ToString());
        accepted["role"].GetString().ShouldBe("boxOffice");
        (await organisation.AskAsync(HttpMethod.Get, "", account)).Status.ShouldBe(200);
        (await AcceptAsync(token, account)).ShouldRefuse(409, "invitation-used");
        (await _node.AskAsync(HttpMethod.Get, $"invitations/{token}", token: null))
            .ShouldRefuse(409, "invitation-used");
        (await organisation.AskAsync(HttpMethod.Post, "/invitations", body: new { email, role = "owner" }))
            .ShouldRefuse(409, "already-member");
        var log = (await organisation.AskAsync(HttpMethod.Get, "/activity?action=member"))["data"];
        log.EnumerateArray().Select(entry => entry.GetProperty("action").GetString())
            .ShouldBe(["member.joined", "member.invited"]);
        // Logs hold ids: no address of a person.
        log.GetRawText().ShouldNotContain("@");
    }

    [Fact]
    public async Task Another_account_and_a_guest_are_refused_and_leave_it_open()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var email = Auth.NewEmail();
        var (token, _) = await InviteAsync(organisation, email);

        (await AcceptAsync(token, await _node.RegisterAsync())).ShouldRefuse(403, "other-account");
        (await AcceptAsync(token, await _node.GuestAsync())).ShouldRefuse(403, "forbidden");

        (await AcceptAsync(token, await _node.RegisterAsync(email))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_expired_a_withdrawn_and_an_unknown_one_are_refused()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var (expired, id) = await InviteAsync(organisation, Auth.NewEmail());
        await _node.DataSource.ExecuteAsync(
            "update organisation_invitations set expires_at = now() where id = $1", id);
        var email = Auth.NewEmail();
        var (withdrawn, other) = await InviteAsync(organisation, email);
        (await organisation.AskAsync(HttpMethod.Get, "/invitations"))["data"].GetArrayLength().ShouldBe(1);
        (await organisation.AskAsync(HttpMethod.Delete, $"/invitations/{other}")).Status.ShouldBe(204);
        (await organisation.AskAsync(HttpMethod.Delete, $"/invitations/{other}"))
            .ShouldRefuse(404, "invitation-not-found");
        var account = await _node.RegisterAsync(email);

        (await _node.AskAsync(HttpMethod.Get, $"invitations/{expired}", token: null))
            .ShouldRefuse(410, "invitation-expired");
        (await AcceptAsync(withdrawn, account)).ShouldRefuse(404, "invitation-not-found");
        foreach (var unknown in (string[])["x", "!!!", new string('A', 43), new string('A', 4000), "%00"])
        {
            var answer = await AcceptAsync(unknown, account);
            answer.Status.ShouldBeOneOf(404, 400);
        }
    }

    [Fact]
    public async Task A_second_invitation_takes_the_place_of_the_first()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var email = Auth.NewEmail();
        var (first, _) = await InviteAsync(organisation, email, "door");
        var (second, _) = await InviteAsync(organisation, email, "analyst");
        var account = await _node.RegisterAsync(email);

        (await AcceptAsync(first, account)).ShouldRefuse(404, "invitation-not-found");
        (await AcceptAsync(second, account))["role"].GetString().ShouldBe("analyst");
    }

    [Fact]
    public async Task Of_many_who_accept_at_once_one_does()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var email = Auth.NewEmail();
        var (token, _) = await InviteAsync(organisation, email);
        var account = await _node.RegisterAsync(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AcceptAsync(token, account)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "invitation-used").ShouldBe(7);
        (await _node.DataSource.CountAsync(
            "activity_log", "organisation_id = $1 and action = 'member.joined'", organisation.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_account_leaves_no_invitation_with_its_address()
    {
        var (one, other) = (await TestOrganisation.FoundAsync(_node), await TestOrganisation.FoundAsync(_node));
        var email = Auth.NewEmail();
        var (accepted, _) = await InviteAsync(one, email);
        await InviteAsync(other, email);
        var account = await _node.RegisterAsync(email);
        (await AcceptAsync(accepted, account)).Status.ShouldBe(200);

        (await _node.AskAsync(HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);

        (await _node.DataSource.CountAsync("organisation_invitations", "email = $1", email)).ShouldBe(0);
        (await one.AskAsync(HttpMethod.Get, "/members"))["data"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_token_is_stored_as_a_hash_only()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var (token, id) = await InviteAsync(organisation, Auth.NewEmail());

        var row = (await _node.DataSource.QueryAsync<string>(
            "select row_to_json(i)::text from organisation_invitations i where id = $1", id))[0];

        row.ShouldNotContain(token);
        row.ShouldNotContain(Convert.ToHexStringLower(
            System.Buffers.Text.Base64Url.DecodeFromChars(token)));
        (await organisation.AskAsync(HttpMethod.Get, "/invitations")).Body.GetRawText().ShouldNotContain(token);
    }

    [Theory]
    [InlineData("""{"email":"nobody","role":"door"}""", "email")]
    [InlineData("""{"email":"a@b.example","role":"boss"}""", "role")]
    [InlineData("""{"email":"a@b.example","role":1}""", "role")]
    [InlineData("""{"email":"a@b.example"}""", "role")]
    [InlineData("""{"email":"a@b.example","role":"door","note":"hi"}""", "note")]
    public async Task What_is_wrong_with_an_invitation_is_named_by_field(string body, string field)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var answer = await organisation.AskAsync(
            HttpMethod.Post, "/invitations", body: JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var body = new StringContent(
            $$"""{"email":"{{new string('a', OrganisationsLimits.RequestBytes)}}","role":"door"}""",
            Encoding.UTF8, "application/json");

        (await organisation.AskAsync(HttpMethod.Post, "/invitations", body: body)).ShouldRefuse(413, "too-large");
    }
}
