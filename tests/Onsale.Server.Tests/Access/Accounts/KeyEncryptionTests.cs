using Dapper;
using Onsale.Platform.Identity;
using Onsale.Platform.Startup;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class KeyEncryptionTests
{
    private const string Secret = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";
    private const string OtherSecret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public async Task With_a_secret_the_database_alone_makes_no_tokens()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await StartAsync(database, Secret);
        await using var two = await StartAsync(database, Secret);

        var token = (await one.GuestAsync()).AccessToken;

        ((int)(await two.MeAsync(token)).StatusCode).ShouldBe(200);
        (await StoredKeysAsync(one)).ShouldHaveSingleItem().ShouldNotContain("masterKey");
    }

    [Fact]
    public async Task Without_a_secret_the_key_is_stored_as_it_is()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());

        (await StoredKeysAsync(node)).ShouldHaveSingleItem().ShouldContain("masterKey");
    }

    [Fact]
    public async Task Another_secret_makes_another_key_and_costs_a_refresh()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        Signed before;
        await using (var old = await StartAsync(database, Secret))
            before = await old.GuestAsync();

        await using var node = await StartAsync(database, OtherSecret);

        ((int)(await node.MeAsync(before.AccessToken)).StatusCode).ShouldBe(401);
        var after = await (await node.RefreshAsync(before.RefreshToken)).ShouldSignInAsync(200);
        ((int)(await node.MeAsync(after.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("c2hvcnQ=")]
    public async Task A_secret_of_the_wrong_form_stops_the_start(string secret)
    {
        var exception = await Should.ThrowAsync<StartupException>(
            async () => await StartAsync(await TestCluster.SharedDatabaseAsync(), secret));

        exception.Message.ShouldStartWith(KeyEncryption.Setting);
    }

    private static Task<OnsaleNode> StartAsync(string database, string secret) =>
        OnsaleNode.StartAsync(database, [(KeyEncryption.Setting, secret)]);

    private static async Task<List<string>> StoredKeysAsync(OnsaleNode node)
    {
        await using var connection = await node.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select xml from data_protection_keys")];
    }
}
