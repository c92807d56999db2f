using System.Text.Json;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Organisations;

public sealed class OrganisationTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Any_account_founds_an_organisation_and_owns_it()
    {
        var account = await _node.RegisterAsync();

        var founded = await _node.AskAsync(HttpMethod.Post, "organisations", account.AccessToken, new
        {
            name = "Łódź & Söhne",
            defaultCurrency = "PLN",
            timeZone = "Europe/Warsaw",
            language = "de",
        });

        founded.Status.ShouldBe(201, founded.Body.ToString());
        founded["slug"].GetString().ShouldStartWith("lodz-sohne");
        founded["role"].GetString().ShouldBe("owner");
        var mine = await _node.AskAsync(HttpMethod.Get, "me/organisations", account.AccessToken);
        mine["data"].EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(founded.Id);
        var read = await _node.AskAsync(
            HttpMethod.Get, $"organisations/{founded["slug"].GetString()}", account.AccessToken);
        read["defaultCurrency"].GetString().ShouldBe("PLN");
        read["permissions"].EnumerateArray().Select(one => one.GetString()).ShouldContain("members.manage");
    }

    [Fact]
    public async Task A_second_organisation_of_one_name_gets_another_slug_unless_one_is_asked_for()
    {
        var account = await _node.RegisterAsync();
        var name = $"Twice {Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var first = await _node.AskAsync(HttpMethod.Post, "organisations", account.AccessToken, new { name });

        var second = await _node.AskAsync(HttpMethod.Post, "organisations", account.AccessToken, new { name });
        var third = await _node.AskAsync(
            HttpMethod.Post, "organisations", account.AccessToken,
            new { name, slug = first["slug"].GetString() });

        second["slug"].GetString().ShouldBe($"{first["slug"].GetString()}-2");
        third.ShouldRefuse(409, "slug-taken");
    }

    [Fact]
    public async Task A_guest_founds_nothing()
    {
        var guest = await _node.GuestAsync();

        (await _node.AskAsync(HttpMethod.Post, "organisations", guest.AccessToken, new { name = "Guests" }))
            .ShouldRefuse(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":"Fine","slug":"a--b"}""", "slug")]
    [InlineData("""{"name":"Fine","slug":"ab\n"}""", "slug")]
    [InlineData("""{"name":"Fine","slug":"018f0000-0000-7000-8000-000000000000"}""", "slug")]
    [InlineData("""{"name":"Fine","defaultCurrency":"XXX"}""", "defaultCurrency")]
    [InlineData("""{"name":"Fine","timeZone":"CET"}""", "timeZone")]
    [InlineData("""{"name":"Fine","language":"fr"}""", "language")]
    [InlineData("""{"name":"Fine","owner":"me"}""", "owner")]
    public async Task What_is_wrong_with_a_new_one_is_named_by_field(string body, string field)
    {
        var account = await _node.RegisterAsync();

        var answer = await _node.AskAsync(
            HttpMethod.Post, "organisations", account.AccessToken, JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].GetProperty(field).GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("website", "javascript:alert(1)")]
    [InlineData("imprintUrl", "data:text/html,x")]
    [InlineData("termsUrl", "//elsewhere.example")]
    [InlineData("privacyUrl", "ftp://files.example")]
    [InlineData("contactEmail", "nobody")]
    [InlineData("accentColour", "red")]
    [InlineData("accentColour", "#12345g")]
    public async Task A_change_that_is_not_valid_changes_nothing(string field, string value)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var refused = await organisation.AskAsync(
            HttpMethod.Patch, "", body: new Dictionary<string, string> { ["name"] = "Renamed", [field] = value });

        refused.ShouldRefuse(400, "validation");
        refused["errors"].GetProperty(field).GetArrayLength().ShouldBe(1);
        (await organisation.AskAsync(HttpMethod.Get, ""))["name"].GetString().ShouldNotBe("Renamed");
    }

    [Fact]
    public async Task A_change_is_in_the_activity_log_with_what_changed_and_nothing_else()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        await organisation.AskAsync(
            HttpMethod.Patch, "", body: new { imprintUrl = "https://promoter.example/imprint" });

        var changed = await organisation.AskAsync(
            HttpMethod.Patch, "", body: new { imprintUrl = "", accentColour = "#ABCDEF" });
        await organisation.AskAsync(HttpMethod.Patch, "", body: new { accentColour = "#abcdef" }); // changes nothing

        changed.Status.ShouldBe(200, changed.Body.ToString());
        changed["accentColour"].GetString().ShouldBe("#abcdef");
        var log = (await organisation.AskAsync(HttpMethod.Get, "/activity?action=organisation"))["data"];
        log.GetArrayLength().ShouldBe(3);
        var last = log[0];
        last.GetProperty("action").GetString().ShouldBe("organisation.changed");
        last.GetProperty("before").GetRawText()
            .ShouldBe("""{"imprintUrl":"https://promoter.example/imprint","accentColour":"#4f46e5"}""");
        last.GetProperty("after").GetRawText().ShouldBe("""{"imprintUrl":"","accentColour":"#abcdef"}""");
        last.GetProperty("actorId").GetGuid().ShouldBe(organisation.Owner.Id);
        last.GetProperty("asOperator").GetBoolean().ShouldBeFalse();
        last.GetProperty("origin").GetString()!.Length.ShouldBe(16);
    }

    [Fact]
    public async Task What_an_operator_does_is_named_as_such()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var @operator = await _node.OperatorAsync();

        await organisation.AskAsync(HttpMethod.Get, "/members", @operator);
        await organisation.AskAsync(HttpMethod.Get, "/members", @operator);
        await organisation.AskAsync(HttpMethod.Patch, "", @operator, new { website = "https://moved.example" });

        var entries = (await organisation.AskAsync(HttpMethod.Get, $"/activity?actor={@operator.Id}"))["data"];
        entries.EnumerateArray().Select(entry => entry.GetProperty("action").GetString())
            .ShouldBe(["organisation.changed", "operator.viewed"]);
        entries.EnumerateArray().ShouldAllBe(entry => entry.GetProperty("asOperator").GetBoolean());
        entries[0].GetProperty("actorName").GetString().ShouldBe("Bea");
    }

    [Fact]
    public async Task Rows_of_the_activity_log_are_final()
    {
        await TestOrganisation.FoundAsync(_node);

        foreach (var change in (string[])["update activity_log set action = ''", "delete from activity_log"])
        {
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => _node.DataSource.ExecuteAsync(change)))
                .MessageText.ShouldContain("never changed");
        }
    }

    [Theory]
    [InlineData("actor=me", "actor")]
    [InlineData("event=1", "event")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-01-01", "to")]
    [InlineData("limit=51", "limit")]
    public async Task A_filter_that_cannot_be_is_named(string query, string field)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var answer = await organisation.AskAsync(HttpMethod.Get, $"/activity?{query}");

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_log_is_filtered_by_action_subject_and_time()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var member = await organisation.JoinAsync(MemberRole.Door);
        await organisation.AskAsync(HttpMethod.Patch, $"/members/{member.Id}", body: new { role = "analyst" });

        (await CountAsync("")).ShouldBe(2);
        (await CountAsync("?action=member.changed")).ShouldBe(1);
        (await CountAsync("?action=member")).ShouldBe(1);
        (await CountAsync("?action=memb")).ShouldBe(0);
        (await CountAsync($"?subject=member&subjectId={member.Id}")).ShouldBe(1);
        (await CountAsync($"?subjectId={organisation.Id}")).ShouldBe(1);
        (await CountAsync("?from=2099-01-01T00:00:00Z")).ShouldBe(0);
        (await CountAsync("?to=2099-01-01T00:00:00Z&from=2020-01-01T00:00:00Z")).ShouldBe(2);

        async Task<int> CountAsync(string query) =>
            (await organisation.AskAsync(HttpMethod.Get, $"/activity{query}"))["meta"].GetProperty("total").GetInt32();
    }
}
