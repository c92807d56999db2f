using System.Net.Http.Headers;
using System.Net.Http.Json;
using CsvHelper;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings.Answers;

public sealed class QuestionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] s_meals = ["Meat", "Vegetables"];

    private static readonly string[] s_anotherDay = ["2027-05-01T20:00"];

    private readonly OnsaleNode _node = shared.Node;
    private readonly Guid _meal = House.NewId();
    private readonly Guid _terms = House.NewId();
    private readonly Guid _note = House.NewId();

    private object Meal => new
    {
        id = _meal,
        label = "Which meal?",
        kind = "choice",
        options = s_meals,
        perTicket = true,
        isRequired = true,
    };

    private object Terms =>
        new { id = _terms, label = "I accept the rules of the house", kind = "checkbox", isRequired = true };

    private object Note =>
        new { id = _note, label = "=Anything else?", kind = "text", help = "Allergies, for example" };

    [Fact]
    public async Task A_hold_is_paid_for_once_all_that_is_required_is_answered()
    {
        var (made, @event) = await AskingAsync(Meal, Terms, Note);
        var guest = await Booker.GuestAsync(_node);
        var asked = await guest.SendAsync(HttpMethod.Get, $"events/{made.Id}/questions");
        asked["questions"].EnumerateArray().Select(question => question.GetProperty("id").GetGuid())
            .ShouldBe([_meal, _terms, _note]);
        var hold = await guest.HoldTicketsAsync(@event, 2);
        var places = hold["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ToArray();

        var refused = await guest.ConfirmAsync(@event, hold.Id);
        refused.ShouldRefuse(409, "answers-required");
        refused["questionId"].GetGuid().ShouldBe(_meal);
        (await _node.DataSource.CountAsync("payments", "event_id = $1", made.Id)).ShouldBe(0);
        (await AnswerAsync(guest, made, hold.Id, Given(_meal, "Meat", places[0]), Given(_terms, "true")))
            .ShouldRefuse(400, "validation");

        var answered = await AnswerAsync(
            guest, made, hold.Id, Given(_meal, "Meat", places[0]), Given(_meal, "Vegetables", places[1]),
            Given(_terms, "true"), Given(_note, "=1+1"));
        answered.Status.ShouldBe(200, answered.Body.ToString());
        (await guest.ConfirmAsync(@event, hold.Id)).State.ShouldBe("confirmed");

        (await guest.SendAsync(HttpMethod.Get, $"events/{made.Id}/bookings/{hold.Id}/answers"))["answers"]
            .GetArrayLength().ShouldBe(4);
        var seen = await made.AskAsync(HttpMethod.Get, $"/bookings/{hold.Id}");
        seen["answers"].EnumerateArray().Select(answer => answer.GetProperty("answer").GetString())
            .ShouldBe(["Meat", "Vegetables", "true", "=1+1"]);
        (await ReadAsync(made, "bookings")).ShouldHaveSingleItem()["'=Anything else?"].ShouldBe("'=1+1");
        var tickets = await ReadAsync(made, "tickets");
        tickets.Select(ticket => ticket["Which meal?"]).ShouldBe(["Meat", "Vegetables"]);
        tickets.Select(ticket => ticket["I accept the rules of the house"]).ShouldBe(["true", "true"]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_question_that_is_asked_no_more_keeps_its_answers_and_its_kind()
    {
        var (made, @event) = await AskingAsync(Meal);
        var guest = await Booker.GuestAsync(_node);
        var hold = await guest.HoldTicketsAsync(@event, 1);
        var place = hold["items"][0].GetProperty("id").GetGuid();
        (await AnswerAsync(guest, made, hold.Id, Given(_meal, "Meat", place))).Status.ShouldBe(200);
        (await guest.ConfirmAsync(@event, hold.Id)).State.ShouldBe("confirmed");
        var version = (await made.AskAsync(HttpMethod.Get, "/questions"))["version"].GetString();

        var changed = await made.AskAsync(
            HttpMethod.Put, "/questions", new { questions = new[] { Terms } }, ifMatch: $"\"{version}\"");
        changed.Status.ShouldBe(200, changed.Body.ToString());
        (await made.AskAsync(
            HttpMethod.Put, "/questions", new { questions = new[] { Note } }, ifMatch: $"\"{version}\""))
            .ShouldRefuse(412, "changed-meanwhile");

        // A node takes a second to hear of a change.
        await Eventually.ShouldPassAsync(async () =>
            (await AnswerAsync(guest, made, hold.Id, Given(_terms, "true"))).Status.ShouldBe(200));
        (await ReadAsync(made, "tickets")).ShouldHaveSingleItem()["Which meal?"].ShouldBe("Meat");
        var other = await made.AskAsync(HttpMethod.Put, "/questions", new
        {
            questions = new[] { new { id = _meal, label = "Which meal?", kind = "text", perTicket = true } },
        });
        other.ShouldRefuse(400, "validation");
        other["errors"].TryGetProperty("questions[0].kind", out _).ShouldBeTrue();
        (await _node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'questions.changed'", made.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task Copies_ask_the_same_and_a_draft_is_deleted_with_its_questions()
    {
        var (made, _) = await AskingAsync(Meal, Note);
        var copy = (await made.AskAsync(
            HttpMethod.Post, "/duplicate", new { starts = s_anotherDay }))["events"][0]
            .GetProperty("id").GetGuid();
        var other = made with { Id = copy };

        var copied = (await other.AskAsync(HttpMethod.Get, "/questions"))["questions"];

        copied.EnumerateArray().Select(question => question.GetProperty("label").GetString())
            .ShouldBe(["Which meal?", "=Anything else?"]);
        copied[0].GetProperty("id").GetGuid().ShouldNotBe(_meal);
        (await other.AskAsync(HttpMethod.Delete, "")).Status.ShouldBe(204);
        (await _node.DataSource.CountAsync("event_questions", "event_id = $1", copy)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_answer_is_refused_by_field_and_another_buyers_booking_is_not_there()
    {
        var birthday = House.NewId();
        var (made, @event) = await AskingAsync(
            Meal, new { id = _terms, label = "Newsletter", kind = "checkbox" },
            new { id = birthday, label = "Birthday", kind = "date" });
        var guest = await Booker.GuestAsync(_node);
        var hold = await guest.HoldTicketsAsync(@event, 1);
        var place = hold["items"][0].GetProperty("id").GetGuid();

        await ShouldRefuseAsync("answers[0].value", Given(_meal, "Fish", place));
        await ShouldRefuseAsync("answers[0].itemId", Given(_meal, "Meat"));
        await ShouldRefuseAsync("answers[0].itemId", Given(_meal, "Meat", House.NewId()));
        await ShouldRefuseAsync("answers[0].itemId", Given(_terms, "true", place));
        await ShouldRefuseAsync("answers[0].value", Given(_terms, "yes"));
        await ShouldRefuseAsync("answers[0].value", Given(birthday, "2026-02-30"));
        await ShouldRefuseAsync("answers[0].questionId", Given(House.NewId(), "x"));
        await ShouldRefuseAsync("answers", Given(_meal, "Meat", place), Given(_meal, "Meat", place));
        (await AnswerAsync(await Booker.GuestAsync(_node), made, hold.Id, Given(_meal, "Meat", place)))
            .ShouldRefuse(404, "booking-not-found");
        (await (await Booker.GuestAsync(_node)).SendAsync(
            HttpMethod.Get, $"events/{made.Id}/bookings/{hold.Id}/answers")).ShouldRefuse(404, "booking-not-found");
        (await _node.DataSource.CountAsync("booking_answers", "booking_id = $1", hold.Id)).ShouldBe(0);
        (await AnswerAsync(guest, made, hold.Id, [null!])).ShouldRefuse(400, "validation");
        (await guest.CancelAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await AnswerAsync(guest, made, hold.Id, Given(_meal, "Meat", place))).ShouldRefuse(409, "hold-expired");

        async Task ShouldRefuseAsync(string field, params object[] answers)
        {
            var answer = await AnswerAsync(guest, made, hold.Id, answers);
            answer.ShouldRefuse(400, "validation");
            answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        }
    }

    [Fact]
    public async Task Who_is_erased_leaves_no_answers()
    {
        var (made, @event) = await AskingAsync(Note);
        var account = await _node.RegisterAsync(Auth.NewEmail());
        var buyer = new Booker(_node.Client, account.AccessToken, account.Id);
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        (await AnswerAsync(buyer, made, hold.Id, Given(_note, "Nuts"))).Status.ShouldBe(200);
        (await buyer.SendAsync(HttpMethod.Get, "me/export"))["answers"][0].GetProperty("answer").GetString()
            .ShouldBe("Nuts");

        (await buyer.SendAsync(HttpMethod.Delete, "me", JsonContent.Create(new { password = Auth.Password })))
            .Status.ShouldBe(204);

        (await _node.DataSource.CountAsync("booking_answers", "booking_id = $1", hold.Id)).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"questions":[null]}""", "questions")]
    [InlineData("""{"questions":[{"id":"00000000-0000-0000-0000-000000000000","label":"A","kind":"text"}]}""",
        "questions[0].id")]
    [InlineData("""{"questions":[{"id":"0197a8f0-0000-7000-8000-000000000001","label":" ","kind":"text"}]}""",
        "questions[0].label")]
    [InlineData("""{"questions":[{"id":"0197a8f0-0000-7000-8000-000000000001","label":"A","kind":"choice"}]}""",
        "questions[0].options")]
    [InlineData(
        """
        {"questions":[{"id":"0197a8f0-0000-7000-8000-000000000001","label":"A","kind":"choice","options":["x","x"]}]}
        """,
        "questions[0].options")]
    [InlineData(
        """{"questions":[{"id":"0197a8f0-0000-7000-8000-000000000001","label":"A","kind":"text","options":["x"]}]}""",
        "questions[0].options")]
    [InlineData(
        """
        {"questions":[
            {"id":"0197a8f0-0000-7000-8000-000000000001","label":"A","kind":"date"},
            {"id":"0197a8f0-0000-7000-8000-000000000001","label":"B","kind":"date"}]}
        """,
        "questions")]
    public async Task What_cannot_be_asked_is_refused_by_field(string body, string field)
    {
        var made = await OwnEvent.DraftAsync(_node);

        var answer = await made.AskAsync(
            HttpMethod.Put, "/questions", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        (await made.AskAsync(HttpMethod.Get, "/questions"))["questions"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task There_are_twenty_questions_at_most()
    {
        var made = await OwnEvent.DraftAsync(_node);
        object[] Questions(int count) =>
            [.. Enumerable.Range(0, count)
                .Select(number => new { id = House.NewId(), label = $"{number}", kind = "text" })];

        (await made.AskAsync(HttpMethod.Put, "/questions", new { questions = Questions(20) })).Status.ShouldBe(200);
        (await made.AskAsync(HttpMethod.Put, "/questions", new { questions = Questions(21) }))
            .ShouldRefuse(400, "validation");
    }

    private static object Given(Guid questionId, string value, Guid? itemId = null) =>
        new { questionId, value, itemId };

    private static Task<Answer> AnswerAsync(Booker buyer, OwnEvent made, Guid booking, params object[] answers) =>
        buyer.SendAsync(
            HttpMethod.Put, $"events/{made.Id}/bookings/{booking}/answers", JsonContent.Create(new { answers }));

    private async Task<(OwnEvent Made, TestEvent Event)> AskingAsync(params object[] questions)
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var put = await made.AskAsync(HttpMethod.Put, "/questions", new { questions });
        put.Status.ShouldBe(200, put.Body.ToString());
        return (made, await made.ToTestEventAsync());
    }

    private async Task<List<Dictionary<string, string>>> ReadAsync(OwnEvent made, string list)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/organisations/{made.Organisation.Id}/events/{made.Id}/{list}.csv");
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", made.Organisation.Owner.AccessToken);
        using var response = await _node.Client.SendAsync(request);
        await using var bytes = await response.Content.ReadAsStreamAsync();
        await using var csv = CsvReader.Create(bytes, null);
        var rows = new List<Dictionary<string, string>>();
        while (await csv.ReadAsync())
            rows.Add(csv.Headers.ToDictionary(name => name, name => csv.GetString(name) ?? "", StringComparer.Ordinal));
        return rows;
    }
}
