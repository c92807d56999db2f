using System.Text;
using System.Text.Json;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class PlanDraftTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    private static object Draft(string name) => new { name, document = new { name, zones = Array.Empty<int>() } };

    private Task<Answer> PutAsync(
        TestOrganisation organisation, Guid id, object draft, string? ifMatch = null, Signed? caller = null) =>
        _node.AskAsync(
            HttpMethod.Put, $"organisations/{organisation.Id}/plan-drafts/{id}",
            (caller ?? organisation.Owner).AccessToken, draft, ifMatch is null ? null : ("If-Match", ifMatch));

    [Fact]
    public async Task A_draft_is_saved_again_and_again_and_the_second_editor_is_told()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var id = House.NewId();

        var made = await PutAsync(organisation, id, Draft("One"));
        var saved = await PutAsync(organisation, id, Draft("Two"), "\"1\"");
        var late = await PutAsync(organisation, id, Draft("Three"), "\"1\"");

        made.Status.ShouldBe(201, made.Body.ToString());
        (saved.Status, saved["version"].GetInt64()).ShouldBe((200, 2));
        late.ShouldRefuse(412, "changed-meanwhile");
        late["version"].GetInt64().ShouldBe(2);
        late["changedBy"].GetGuid().ShouldBe(organisation.Owner.Id);
        (await PutAsync(organisation, id, Draft("Four"))).ShouldRefuse(428, "if-match-required");
        (await PutAsync(organisation, House.NewId(), Draft("Five"), "\"1\"")).ShouldRefuse(404, "plan-draft-not-found");
        var read = await organisation.AskAsync(HttpMethod.Get, $"/plan-drafts/{id}");
        read["document"].GetProperty("name").GetString().ShouldBe("Two");
        (await organisation.AskAsync(HttpMethod.Get, "/plan-drafts"))["data"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_save_one_version_at_once_one_does()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var id = House.NewId();
        await PutAsync(organisation, id, Draft("One"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => PutAsync(organisation, id, Draft($"{number}"), "\"1\"")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "changed-meanwhile").ShouldBe(7);
    }

    [Fact]
    public async Task Another_organisations_draft_is_neither_read_nor_replaced()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var other = await TestOrganisation.FoundAsync(_node);
        var id = House.NewId();
        await PutAsync(organisation, id, Draft("One"));

        (await other.AskAsync(HttpMethod.Get, $"/plan-drafts/{id}")).ShouldRefuse(404, "plan-draft-not-found");
        (await PutAsync(other, id, Draft("Two"), "\"1\"")).ShouldRefuse(404, "plan-draft-not-found");
        (await other.AskAsync(HttpMethod.Delete, $"/plan-drafts/{id}")).ShouldRefuse(404, "plan-draft-not-found");
        (await organisation.AskAsync(HttpMethod.Delete, $"/plan-drafts/{id}")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_draft_is_seen_as_buyers_would_see_it_or_says_why_not()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var document = JsonDocument.Parse(Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(2, 3)))).RootElement;
        var (broken, good) = (House.NewId(), House.NewId());
        await PutAsync(organisation, broken, Draft("Broken"));
        await PutAsync(organisation, good, new { name = "Good", document });

        var map = await organisation.AskAsync(HttpMethod.Get, $"/plan-drafts/{good}/seatmap");
        var refused = await organisation.AskAsync(HttpMethod.Get, $"/plan-drafts/{broken}/seatmap");
        var stranger = await (await TestOrganisation.FoundAsync(_node))
            .AskAsync(HttpMethod.Get, $"/plan-drafts/{good}/seatmap");

        map["seatCount"].GetInt32().ShouldBe(6);
        refused.ShouldRefuse(422, "plan-invalid");
        refused["faults"].GetArrayLength().ShouldBeGreaterThan(0);
        stranger.ShouldRefuse(404, "plan-draft-not-found");
    }

    [Fact]
    public async Task A_draft_becomes_a_plan_when_it_is_one()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var document = JsonDocument.Parse(Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(2, 3)))).RootElement;
        var (broken, good) = (House.NewId(), House.NewId());
        await PutAsync(organisation, broken, Draft("Broken"));
        await PutAsync(organisation, good, new { name = "Good", document });

        var refused = await organisation.AskAsync(HttpMethod.Post, $"/plan-drafts/{broken}/publish");
        var published = await organisation.AskAsync(HttpMethod.Post, $"/plan-drafts/{good}/publish");

        refused.ShouldRefuse(422, "plan-invalid");
        refused["faults"].GetArrayLength().ShouldBeGreaterThan(0);
        published["seats"].GetInt32().ShouldBe(6);
        (await organisation.AskAsync(HttpMethod.Get, $"/plan-drafts/{good}"))
            .ShouldRefuse(404, "plan-draft-not-found");
        // A new version names the one that it came from.
        var next = House.NewId();
        await PutAsync(organisation, next, new { name = "Next", document = Bigger(), parentId = published.Id });
        (await organisation.AskAsync(HttpMethod.Post, $"/plan-drafts/{next}/publish"))["parentId"].GetGuid()
            .ShouldBe(published.Id);

        static JsonElement Bigger() =>
            JsonDocument.Parse(Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(2, 4)))).RootElement;
    }

    [Theory]
    [InlineData("""{"name":"","document":{}}""", "name")]
    [InlineData("""{"name":"x","document":[]}""", "document")]
    [InlineData("""{"name":"x"}""", "document")]
    [InlineData("""{"name":"x","document":{},"parentId":"018f0000-0000-7000-8000-000000000000"}""", "parentId")]
    [InlineData("""{"name":"x","document":{"a":"\u0000"}}""", "document")]
    [InlineData("""{"name":"x","document":{"a":"\ud800"}}""", "document")]
    public async Task What_is_wrong_with_a_draft_is_named_by_field(string body, string field)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var answer = await PutAsync(
            organisation, House.NewId(), new StringContent(body, Encoding.UTF8, "application/json"));

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }
}
