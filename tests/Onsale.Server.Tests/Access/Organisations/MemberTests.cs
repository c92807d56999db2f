using Npgsql;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Organisations;

public sealed class MemberTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_with_the_next_request()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var member = await organisation.JoinAsync(MemberRole.Manager);
        (await organisation.AskAsync(HttpMethod.Get, "/members", member)).Status.ShouldBe(200);

        var demoted = await organisation.AskAsync(
            HttpMethod.Patch, $"/members/{member.Id}", body: new { role = "door" });

        demoted["role"].GetString().ShouldBe("door");
        (await organisation.AskAsync(HttpMethod.Get, "/members", member)).ShouldRefuse(403, "forbidden");
        (await organisation.AskAsync(HttpMethod.Delete, $"/members/{member.Id}")).Status.ShouldBe(204);
        (await organisation.AskAsync(HttpMethod.Get, "", member)).ShouldRefuse(404, "organisation-not-found");
        (await organisation.AskAsync(HttpMethod.Delete, $"/members/{member.Id}"))
            .ShouldRefuse(404, "member-not-found");
        var actions = (await organisation.AskAsync(HttpMethod.Get, $"/activity?subjectId={member.Id}"))["data"]
            .EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
        actions.ShouldBe(["member.removed", "member.changed"]);
    }

    [Fact]
    public async Task A_member_leaves_and_members_are_listed_by_name()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var member = await organisation.JoinAsync(MemberRole.Analyst);
        var before = (await organisation.AskAsync(HttpMethod.Get, "/members"))["data"];

        (await _node.AskAsync(HttpMethod.Delete, $"me/organisations/{organisation.Id}", member.AccessToken))
            .Status.ShouldBe(204);

        before.GetArrayLength().ShouldBe(2);
        before.EnumerateArray().Single(one => one.GetProperty("isYou").GetBoolean())
            .GetProperty("id").GetGuid().ShouldBe(organisation.Owner.Id);
        (await organisation.AskAsync(HttpMethod.Get, "/members"))["data"].GetArrayLength().ShouldBe(1);
        (await _node.AskAsync(HttpMethod.Delete, $"me/organisations/{organisation.Id}", member.AccessToken))
            .ShouldRefuse(404, "organisation-not-found");
    }

    [Fact]
    public async Task The_last_owner_cannot_leave_be_removed_be_demoted_or_be_deleted()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        await organisation.JoinAsync(MemberRole.Manager);
        var owner = organisation.Owner;
        var @operator = await _node.OperatorAsync();

        (await organisation.AskAsync(HttpMethod.Patch, $"/members/{owner.Id}", body: new { role = "manager" }))
            .ShouldRefuse(409, "last-owner");
        (await organisation.AskAsync(HttpMethod.Delete, $"/members/{owner.Id}")).ShouldRefuse(409, "last-owner");
        (await organisation.AskAsync(HttpMethod.Delete, $"/members/{owner.Id}", @operator))
            .ShouldRefuse(409, "last-owner");
        (await _node.AskAsync(HttpMethod.Delete, $"me/organisations/{organisation.Id}", owner.AccessToken))
            .ShouldRefuse(409, "last-owner");
        (await _node.AskAsync(HttpMethod.Delete, "me", owner.AccessToken, new { password = Auth.Password }))
            .ShouldRefuse(409, "last-owner");
        (await organisation.AskAsync(HttpMethod.Get, ""))["role"].GetString().ShouldBe("owner");

        var second = await organisation.JoinAsync(MemberRole.Owner);
        (await _node.AskAsync(HttpMethod.Delete, "me", owner.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);
        var log = (await organisation.AskAsync(HttpMethod.Get, $"/activity?subjectId={owner.Id}", second))["data"];
        log[0].GetProperty("action").GetString().ShouldBe("member.left");
        log[0].TryGetProperty("actorName", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_two_last_owners_who_leave_at_once_by_different_ways_one_stays()
    {
        for (var round = 0; round < 10; round++)
        {
            var organisation = await TestOrganisation.FoundAsync(_node);
            var other = await organisation.JoinAsync(MemberRole.Owner);

            var answers = await Task.WhenAll(
                _node.AskAsync(HttpMethod.Delete, $"me/organisations/{organisation.Id}", other.AccessToken),
                organisation.AskAsync(
                    HttpMethod.Patch, $"/members/{organisation.Owner.Id}", body: new { role = "door" }));

            answers.Count(answer => answer.Status == 409).ShouldBe(1);
            (await OwnersAsync(organisation.Id)).ShouldBe(1);
        }
    }

    /// <summary>The control: without the lock both see the other one and both leave.</summary>
    [Fact]
    public async Task Without_the_lock_two_last_owners_would_both_leave()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var other = await organisation.JoinAsync(MemberRole.Owner);
        await using var one = await _node.DataSource.OpenConnectionAsync();
        await using var two = await _node.DataSource.OpenConnectionAsync();
        await using var first = await one.BeginTransactionAsync();
        await using var second = await two.BeginTransactionAsync();
        (await HasOtherOwnerAsync(one, organisation.Id, organisation.Owner.Id)).ShouldBeTrue();
        (await HasOtherOwnerAsync(two, organisation.Id, other.Id)).ShouldBeTrue();

        await RemoveAsync(one, organisation.Id, organisation.Owner.Id);
        await RemoveAsync(two, organisation.Id, other.Id);
        await first.CommitAsync();
        await second.CommitAsync();

        (await OwnersAsync(organisation.Id)).ShouldBe(0);
    }

    private Task<long> OwnersAsync(Guid organisation) => _node.DataSource.CountAsync(
        "organisation_members", "organisation_id = $1 and role = 1", organisation);

    private static async Task<bool> HasOtherOwnerAsync(NpgsqlConnection connection, Guid organisation, Guid account)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (select from organisation_members
                where organisation_id = $1 and role = 1 and account_id <> $2)
            """, connection)
        {
            Parameters = { new() { Value = organisation }, new() { Value = account } },
        };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RemoveAsync(NpgsqlConnection connection, Guid organisation, Guid account)
    {
        await using var command = new NpgsqlCommand(
            "delete from organisation_members where organisation_id = $1 and account_id = $2", connection)
        {
            Parameters = { new() { Value = organisation }, new() { Value = account } },
        };
        await command.ExecuteNonQueryAsync();
    }
}
