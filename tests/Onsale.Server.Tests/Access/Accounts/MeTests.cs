using System.Text.Json;
using Dapper;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class MeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task A_new_name_is_there_at_once_and_after_a_refresh()
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        var changed = await node.PatchMeAsync(account.AccessToken, new { name = " Beatrice " });

        ((int)changed.StatusCode).ShouldBe(200);
        (await NameAsync(changed)).ShouldBe("Beatrice");
        (await NameAsync(await node.MeAsync(account.AccessToken))).ShouldBe("Beatrice");
        (await (await node.RefreshAsync(account.RefreshToken)).ShouldSignInAsync(200))
            .User.GetProperty("name").GetString().ShouldBe("Beatrice");
    }

    [Fact]
    public async Task Nobody_keeps_what_it_answers()
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        foreach (var response in new[]
        {
            await node.MeAsync(account.AccessToken),
            await node.PatchMeAsync(account.AccessToken, new { name = "Bea" }),
            await node.MeAsync("not-a-token"),
        })
            response.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"Bea","email":"other@example.com"}""")]
    [InlineData("""{"name":"Bea","roles":["operator"]}""")]
    public async Task Only_the_name_can_be_changed(string body)
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();

        var response = await node.PatchMeAsync(account.AccessToken, JsonDocument.Parse(body).RootElement);

        await response.ShouldBeProblemAsync(400, "validation");
        (await (await node.MeAsync(account.AccessToken)).Content.ReadAsStringAsync())
            .ShouldBe(account.User.GetRawText());
    }

    [Fact]
    public async Task An_account_that_is_gone_is_signed_out()
    {
        var node = shared.Node;
        var account = await node.RegisterAsync();
        await using (var connection = await node.DataSource.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from accounts where id = @Id", new { account.Id });

        await (await node.MeAsync(account.AccessToken)).ShouldBeProblemAsync(401, "unauthenticated");
        await (await node.PatchMeAsync(account.AccessToken, new { name = "Bo" }))
            .ShouldBeProblemAsync(401, "unauthenticated");
    }

    private static async Task<string?> NameAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("name").GetString();
}
