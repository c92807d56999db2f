using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Organisations;

/// <summary>An organisation made for one test, over HTTP.</summary>
internal sealed record TestOrganisation(OnsaleNode Node, Guid Id, string Slug, Signed Owner)
{
    private static int s_names;

    public static async Task<TestOrganisation> FoundAsync(OnsaleNode node, Signed? owner = null)
    {
        owner ??= await node.RegisterAsync();
        var name = $"Promoter {Interlocked.Increment(ref s_names)} {House.NewId():N}";
        var answer = await node.AskAsync(HttpMethod.Post, "organisations", owner.AccessToken, new { name });
        answer.Status.ShouldBe(201, answer.Body.ToString());
        return new TestOrganisation(node, answer.Id, answer["slug"].GetString()!, owner);
    }

    /// <summary>A new account that is a member with a role.</summary>
    public async Task<Signed> JoinAsync(MemberRole role)
    {
        var account = await Node.RegisterAsync();
        await Node.DataSource.ExecuteAsync(
            "insert into organisation_members (organisation_id, account_id, role) values ($1, $2, $3)",
            Id, account.Id, (short)role);
        return account;
    }

    /// <summary>A request below the organisation.</summary>
    public Task<Answer> AskAsync(HttpMethod method, string path, Signed? caller = null, object? body = null) =>
        Node.AskAsync(method, $"organisations/{Id}{path}", (caller ?? Owner).AccessToken, body);
}

/// <summary>Requests of accounts that run a sale.</summary>
internal static class Organisers
{
    public static async Task<Answer> AskAsync(
        this OnsaleNode node, HttpMethod method, string route, string? token, object? body = null,
        (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{route}");
        if (body is not null)
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await node.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            text.Length == 0 || response.Content.Headers.ContentType?.MediaType?.EndsWith("json") is not true
                ? default : JsonSerializer.Deserialize<JsonElement>(text),
            response.Headers)
        {
            ContentType = response.Content.Headers.ContentType?.MediaType,
        };
    }

    /// <summary>Makes an account an operator of the installation.</summary>
    public static async Task<Signed> OperatorAsync(this OnsaleNode node)
    {
        var account = await node.RegisterAsync();
        await node.DataSource.ExecuteAsync("update accounts set roles = '{0,3}' where id = $1", account.Id);
        return account;
    }

    public static void ShouldRefuse(this Answer answer, int status, string code)
    {
        answer.Status.ShouldBe(status, answer.Body.ToString());
        answer.Code.ShouldBe(code);
    }
}
