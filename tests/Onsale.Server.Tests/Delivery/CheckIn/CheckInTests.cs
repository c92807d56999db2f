using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.CheckIn;

public sealed class CheckInTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_ticket_is_admitted_once_and_again_only_after_its_holder_went_out()
    {
        var door = await OpenAsync();
        var code = (await door.SellAsync(1)).Single();

        var first = await door.ScanAsync(code, gate: "North");
        first.GetProperty("outcome").GetString().ShouldBe("accepted");
        first.GetProperty("ticket").GetProperty("name").GetString().ShouldBe("Ada Brook");
        // As people type it: small letters, spaces, an O for a zero.
        var second = await door.ScanAsync(
            $" {code.ToLowerInvariant().Replace('0', 'o')[..8]}-{code[8..]}", gate: "South");
        second.GetProperty("outcome").GetString().ShouldBe("alreadyCheckedIn");
        second.GetProperty("previous").GetProperty("gate").GetString().ShouldBe("North");
        (await door.OutcomeAsync(code, "exit")).ShouldBe("accepted");
        (await door.OutcomeAsync(code, "exit")).ShouldBe("notCheckedIn");
        (await door.OutcomeAsync(code)).ShouldBe("accepted");

        var counts = await door.CountsAsync();
        counts.GetProperty("event").GetString().ShouldNotBeNullOrEmpty();
        (Number(counts, "tickets"), Number(counts, "admitted"), Number(counts, "inside")).ShouldBe((1, 1, 1));
        (await door.OutcomeAsync(code, "undo")).ShouldBe("accepted");
        counts = await door.CountsAsync();
        (Number(counts, "tickets"), Number(counts, "admitted"), Number(counts, "inside")).ShouldBe((1, 0, 0));
        (await Node.DataSource.CountAsync("activity_log", "action = 'checkin.undone' and event_id = $1", door.EventId))
            .ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_gates_that_scan_one_ticket_at_once_one_admits()
    {
        var door = await OpenAsync();
        var codes = await door.SellAsync(4);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (
            Ticket: i % 4,
            Answer: await door.ScanManyAsync([.. Rotate(codes, i).Select(code => Scan(code, gate: $"{i}"))]))));

        var outcomes = answers.SelectMany(answer => answer.Answer).ToList();
        outcomes.Count(outcome => outcome.GetProperty("outcome").GetString() == "accepted").ShouldBe(codes.Length);
        outcomes.Count.ShouldBe(40 * codes.Length);
        Number(await door.CountsAsync(), "inside").ShouldBe(codes.Length);
    }

    [Fact]
    public async Task A_scan_that_is_sent_again_has_its_first_result()
    {
        var door = await OpenAsync();
        var code = (await door.SellAsync(1)).Single();
        var scan = Scan(code, gate: "North");

        var answers = new List<string?>();
        for (var i = 0; i < 5; i++)
            answers.Add((await door.ScanManyAsync([scan])).Single().GetProperty("outcome").GetString());

        answers.ShouldAllBe(outcome => outcome == "accepted");
        (await Node.DataSource.CountAsync("check_ins", "event_id = $1", door.EventId)).ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_unknown_and_other_events_tickets_say_so()
    {
        var door = await OpenAsync();
        var other = await OpenAsync(door.Organisation);
        var elsewhere = (await other.SellAsync(1)).Single();
        var stranger = await OpenAsync();
        var strangers = (await stranger.SellAsync(1)).Single();
        var cancelled = (await door.SellAsync(1, cancel: true)).Single();

        (await door.OutcomeAsync(cancelled)).ShouldBe("cancelled");
        (await door.OutcomeAsync("0000000000000000")).ShouldBe("notFound");
        (await door.OutcomeAsync(strangers)).ShouldBe("notFound");
        var wrong = await door.ScanAsync(elsewhere);
        wrong.GetProperty("outcome").GetString().ShouldBe("otherEvent");
        wrong.GetProperty("otherEvent").GetString().ShouldNotBeNullOrEmpty();
        wrong.TryGetProperty("ticket", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_comes_without_a_code_is_found_by_name_or_order_code_and_admitted_by_hand()
    {
        var door = await OpenAsync();
        await door.SellAsync(2, name: "Grace 100% O'Hara");
        await door.SellAsync(1, name: "Somebody Else");

        var found = await door.ListAsync("100%");
        found.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(2);
        var row = found.GetProperty("data")[0];
        var id = row.GetProperty("ticket").GetProperty("id").GetGuid();
        (await door.ListAsync(row.GetProperty("orderCode").GetString()!)).GetProperty("data").GetArrayLength()
            .ShouldBe(2);
        (await door.ListAsync("-")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await door.ListAsync("nobody of this name")).GetProperty("data").GetArrayLength().ShouldBe(0);

        var admitted = (await door.ScanManyAsync([new { nonce = House.NewId(), ticketId = id }])).Single();
        admitted.GetProperty("outcome").GetString().ShouldBe("accepted");
        var listed = (await door.ListAsync("Grace")).GetProperty("data").EnumerateArray()
            .Single(one => one.GetProperty("ticket").GetProperty("id").GetGuid() == id);
        listed.TryGetProperty("inside", out _).ShouldBeTrue();
        // Nothing about money, no e-mail address.
        listed.ToString().ShouldNotContain("@");
        listed.ToString().ShouldNotContain("price");
    }

    [Theory]
    [InlineData("""{"scans":[]}""", "scans")]
    [InlineData("""{"scans":[null]}""", "scans")]
    [InlineData("""{"scans":[{"nonce":"00000000-0000-0000-0000-000000000000","code":"A"}]}""", "scans[0].nonce")]
    [InlineData("""{"scans":[{"nonce":"019b76da-a800-75fa-aa79-b1bda91fdef2"}]}""", "scans[0].code")]
    [InlineData("""{"scans":[{"nonce":"019b76da-a800-75fa-aa79-b1bda91fdef2","code":""}]}""", "scans[0].code")]
    [InlineData(
        """
        {"scans":[{"nonce":"019b76da-a800-75fa-aa79-b1bda91fdef2","code":"A","scannedAt":"0001-01-01T00:00:00Z"}]}
        """,
        "scans[0].scannedAt")]
    [InlineData(
        """
        {"scans":[{"nonce":"019b76da-a800-75fa-aa79-b1bda91fdef2","code":"A"},
            {"nonce":"019b76da-a800-75fa-aa79-b1bda91fdef2","code":"A"}]}
        """, "scans")]
    public async Task What_is_wrong_with_scans_is_named_and_none_is_taken(string body, string field)
    {
        var door = await OpenAsync();

        var refused = await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/check-ins", door.Staff,
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        refused.Status.ShouldBe(400);
        refused["errors"].TryGetProperty(field, out _).ShouldBeTrue(refused.Body.ToString());
        (await Node.DataSource.CountAsync("check_ins", "event_id = $1", door.EventId)).ShouldBe(0);
    }

    [Fact]
    public async Task Events_of_others_and_made_up_ones_do_not_exist_for_the_door()
    {
        var door = await OpenAsync();
        var stranger = await OpenAsync();
        foreach (var id in new[] { stranger.EventId.ToString(), House.NewId().ToString(), "x" })
        {
            var path = $"/events/{id}/check-ins";
            (await door.Organisation.AskAsync(HttpMethod.Get, path, door.Staff)).Code.ShouldBe("event-not-found");
            (await door.Organisation.AskAsync(HttpMethod.Get, $"{path}/tickets", door.Staff)).Code
                .ShouldBe("event-not-found");
            (await door.Organisation.AskAsync(
                HttpMethod.Post, path, door.Staff, new { scans = new[] { Scan("A") } }))
                .Code.ShouldBe("event-not-found");
        }
    }

    private static int Number(JsonElement counts, string name) => counts.GetProperty(name).GetInt32();

    private static object Scan(string code, string kind = "entry", string gate = "") =>
        OpenDoor.Scan(code, kind, gate);

    private static IEnumerable<string> Rotate(string[] codes, int by) =>
        codes.Select((_, i) => codes[(i + by) % codes.Length]);

    private Task<OpenDoor> OpenAsync(TestOrganisation? organisation = null) => OpenDoor.OpenAsync(Node, organisation);
}
