using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform.Work;

/// <summary>Proof of work before what a machine could do a thousand times a minute.</summary>
public sealed class WorkTests
{
    private const string Header = "Proof-Of-Work";
    private static int s_addresses;

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Onsale:RateLimits:Enabled", "true"), ("Onsale:TrustedProxies", "127.0.0.0/8"),
        ("Onsale:ProofOfWork:GuestsPerMinute", "3"), ("Onsale:ProofOfWork:FailedSignInsPerMinute", "2"),
        ("Onsale:ProofOfWork:RegistrationsPerMinute", "2"), ("Onsale:ProofOfWork:Hashes", "200"),
    ];

    [Fact]
    public async Task An_address_that_makes_many_guests_works_for_more_and_others_do_not()
    {
        await using var node = await OnsaleNode.StartAsync(settings: Settings);
        var address = NewAddress();
        for (var i = 0; i < 3; i++)
            (await GuestAsync(node, address)).Status.ShouldBe(201);

        var challenge = (await GuestAsync(node, address)).ShouldAskForWork("Solve the challenge");

        challenge.GetProperty("algorithm").GetString().ShouldBe("SHA-256");
        (await GuestAsync(node, address, Solver.Solve(challenge))).Status.ShouldBe(201);
        (await GuestAsync(node, NewAddress())).Status.ShouldBe(201);
        // This machine is not asked.
        for (var i = 0; i < 10; i++)
            (await node.AskAsync(HttpMethod.Post, "auth/guest", token: null)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task It_costs_more_the_more_an_address_does()
    {
        await using var node = await OnsaleNode.StartAsync(settings: Settings);
        var address = NewAddress();
        for (var i = 0; i < 3; i++)
            await GuestAsync(node, address);
        var first = (await GuestAsync(node, address)).ShouldAskForWork("").GetProperty("maxnumber").GetInt32();
        for (var i = 0; i < 20; i++)
            await GuestAsync(node, address);
        var later = (await GuestAsync(node, address)).ShouldAskForWork("").GetProperty("maxnumber").GetInt32();
        later.ShouldBeGreaterThanOrEqualTo(3 * first);
    }

    [Fact]
    public async Task A_solution_is_good_once_at_whichever_node()
    {
        await using var first = await OnsaleNode.StartAsync(settings: [.. Settings, Always]);
        await using var second = await OnsaleNode.StartAsync(settings: [.. Settings, Always]);
        var (address, other) = (NewAddress(), NewAddress());
        var solution = Solver.Solve((await GuestAsync(first, address)).ShouldAskForWork("Solve"));

        (await GuestAsync(second, address, solution)).Status.ShouldBe(201);

        (await GuestAsync(first, address, solution)).ShouldAskForWork("used before");
        (await GuestAsync(second, other, solution)).ShouldAskForWork("used before");
        // Of many at once one is let through.
        var again = Solver.Solve((await GuestAsync(first, address)).ShouldAskForWork("Solve"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => GuestAsync(i % 2 == 0 ? first : second, address, again)));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_for_another_action_forged_or_no_solution_is_asked_for_again()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [.. Settings, Always]);
        var address = NewAddress();
        var challenge = (await GuestAsync(node, address)).ShouldAskForWork("Solve");
        var (salt, hash, signature) = (
            challenge.GetProperty("salt").GetString()!, challenge.GetProperty("challenge").GetString()!,
            challenge.GetProperty("signature").GetString()!);
        var other = Solver.Solve(await ChallengeAsync(node, "join", address));
        (await GuestAsync(node, address, other)).ShouldAskForWork("something else");
        foreach (var wrong in new[]
        {
            "x", "{}", Convert.ToBase64String("{}"u8), Convert.ToBase64String("null"u8), new string('A', 5000),
            Solver.Solve(challenge, number: 1_000_000), Solver.Solve(challenge, algorithm: "SHA-1"),
            // A challenge of one's own.
            Solver.Write("SHA-256", hash, 1, salt.Replace("max=400", "max=1"), signature),
            Solver.Write("SHA-256", new string('0', 64), 1, salt, signature),
            Solver.Write("SHA-256", hash, 1, salt, new string('0', 64)),
        })
        {
            (await GuestAsync(node, address, wrong)).ShouldAskForWork("not right");
        }

        (await node.AskAsync(HttpMethod.Get, "work/nothing", token: null)).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task Refused_passwords_cost_work_and_the_right_one_costs_none_until_then()
    {
        await using var node = await OnsaleNode.StartAsync(settings: Settings);
        var account = await node.RegisterAsync();
        var email = account.User.GetProperty("email").GetString()!;
        var address = NewAddress();
        for (var i = 0; i < 4; i++)
            (await LoginAsync(email, Auth.Password)).Status.ShouldBe(200);
        for (var i = 0; i < 3; i++)
            (await LoginAsync(email, "a wrong password")).ShouldRefuse(401, "invalid-credentials");

        var challenge = (await LoginAsync(email, Auth.Password)).ShouldAskForWork("Solve");

        (await LoginAsync(email, Auth.Password, Solver.Solve(challenge))).Status.ShouldBe(200);

        Task<Answer> LoginAsync(string user, string password, string? solution = null) => SendAsync(
            node, HttpMethod.Post, "auth/login", address, solution, new { email = user, password });
    }

    [Fact]
    public async Task Registrations_ask_for_it_and_bad_settings_stop_the_start()
    {
        await using (var node = await OnsaleNode.StartAsync(settings: Settings))
        {
            var address = NewAddress();
            var answers = new List<Answer>();
            for (var i = 0; i < 4; i++)
            {
                answers.Add(await SendAsync(node, HttpMethod.Post, "auth/register", address, solution: null,
                    new { email = $"{House.NewId():N}@example.com", password = Auth.Password, name = "Somebody" }));
            }

            answers.Take(2).ShouldAllBe(answer => answer.Status == 201);
            answers[3].ShouldAskForWork("Solve");
        }

        foreach (var (key, value) in new[] { ("Hashes", "1"), ("GuestsPerMinute", "0"), ("Mode", "7") })
        {
            (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(
                () => OnsaleNode.StartAsync(settings: [($"Onsale:ProofOfWork:{key}", value)])))
                .Message.ShouldContain($"Onsale:ProofOfWork:{key}");
        }
    }

    private static (string, string) Always => ("Onsale:ProofOfWork:Mode", "Always");

    private static string NewAddress() => $"203.0.113.{Interlocked.Increment(ref s_addresses)}";

    private static async Task<JsonElement> ChallengeAsync(OnsaleNode node, string action, string address) =>
        (await SendAsync(node, HttpMethod.Get, $"work/{action}", address, solution: null)).Body;

    private static Task<Answer> GuestAsync(OnsaleNode node, string address, string? solution = null) =>
        SendAsync(node, HttpMethod.Post, "auth/guest", address, solution);

    private static async Task<Answer> SendAsync(
        OnsaleNode node, HttpMethod method, string route, string address, string? solution, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{route}");
        request.Headers.Add("X-Forwarded-For", address);
        if (solution is not null)
            request.Headers.TryAddWithoutValidation(Header, solution);
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        using var response = await node.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
            response.Headers);
    }
}
