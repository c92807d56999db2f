using System.Text;
using System.Text.Json;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class OwnPlansTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Case(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Catalog/SeatingPlans/Cases", name));

    [Fact]
    public async Task A_plan_is_stored_once_and_read_back_as_it_was()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var plan = Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(3, 7)));

        var first = await organisation.AskAsync(HttpMethod.Post, "/plans", body: Json(plan));
        var second = await organisation.AskAsync(HttpMethod.Post, "/plans", body: Json(plan));

        first.Status.ShouldBe(201, first.Body.ToString());
        second.Status.ShouldBe(200);
        second["isNew"].GetBoolean().ShouldBeFalse();
        var id = first["plan"].GetProperty("id").GetGuid();
        second["plan"].GetProperty("id").GetGuid().ShouldBe(id);
        var read = await organisation.AskAsync(HttpMethod.Get, $"/plans/{id}");
        read["seats"].GetInt32().ShouldBe(21);
        read["categories"][0].GetProperty("seats").GetInt32().ShouldBe(21);
        JsonElement.DeepEquals(read["document"], JsonDocument.Parse(plan).RootElement).ShouldBeTrue();
        // Another organisation does not have it until it brings it itself; it is the same plan then.
        var other = await TestOrganisation.FoundAsync(_node);
        (await other.AskAsync(HttpMethod.Get, $"/plans/{id}")).ShouldRefuse(404, "plan-not-found");
        var again = await other.AskAsync(HttpMethod.Post, "/plans", body: Json(plan));
        again["plan"].GetProperty("id").GetGuid().ShouldBe(id);
        again.Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_plan_is_drawn_as_buyers_will_see_it_with_a_tier_for_each_category()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var plan = Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(3, 7)));
        var stored = await organisation.AskAsync(HttpMethod.Post, "/plans", body: Json(plan));
        var id = stored["plan"].GetProperty("id").GetGuid();

        var map = await organisation.AskAsync(HttpMethod.Get, $"/plans/{id}/seatmap");

        map.Status.ShouldBe(200, map.Body.ToString());
        map["seatCount"].GetInt32().ShouldBe(21);
        var category = JsonDocument.Parse(plan).RootElement.GetProperty("categories")[0].GetProperty("name")
            .GetString();
        map["tiers"][0].GetProperty("name").GetString().ShouldBe(category);
        map["sections"][0].GetProperty("rows")[0].GetProperty("tier").GetInt32().ShouldBe(0);
        var other = await TestOrganisation.FoundAsync(_node);
        (await other.AskAsync(HttpMethod.Get, $"/plans/{id}/seatmap")).ShouldRefuse(404, "plan-not-found");
        (await organisation.AskAsync(HttpMethod.Get, "/plans/x/seatmap")).ShouldRefuse(404, "plan-not-found");
    }

    [Fact]
    public async Task A_plan_with_faults_is_refused_with_all_of_them_and_repaired_when_asked_to()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var plan = Case("seats-without-category.json");

        var refused = await organisation.AskAsync(HttpMethod.Post, "/plans", body: Json(plan));
        var repaired = await organisation.AskAsync(HttpMethod.Post, "/plans?repair=true", body: Json(plan));

        refused.ShouldRefuse(422, "plan-invalid");
        refused["faults"].GetArrayLength().ShouldBeGreaterThan(0);
        refused["faults"][0].GetProperty("pointer").GetString().ShouldStartWith("/");
        refused["repairable"].GetBoolean().ShouldBeTrue();
        refused["repairs"].GetArrayLength().ShouldBeGreaterThan(0);
        repaired.Status.ShouldBe(201, repaired.Body.ToString());
        repaired["repairs"].GetArrayLength().ShouldBe(refused["repairs"].GetArrayLength());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","zones":[],"categories":[],"size":{"width":1,"height":1},"more":1}""")]
    public async Task What_is_no_plan_is_refused(string body)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        (await organisation.AskAsync(HttpMethod.Post, "/plans", body: Json(body))).ShouldRefuse(422, "plan-invalid");
        (await organisation.AskAsync(HttpMethod.Get, "/plans"))["data"].GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("repair=yes", "repair")]
    [InlineData("parent=1", "parent")]
    [InlineData("parent=018f0000-0000-7000-8000-000000000000", "parent")]
    public async Task A_parameter_that_cannot_be_is_named(string query, string field)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var answer = await organisation.AskAsync(HttpMethod.Post, $"/plans?{query}", body: Json("{}"));

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue();
    }
}
