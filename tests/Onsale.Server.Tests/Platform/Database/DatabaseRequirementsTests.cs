using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Onsale.Platform.Startup;
using Onsale.Server.Tests.Catalog.Events;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database;

public sealed class DatabaseRequirementsTests
{
    [Theory]
    [InlineData("SQL_ASCII")]
    [InlineData("LATIN1")]
    public async Task Start_on_a_database_that_is_not_UTF8_is_refused_before_any_migration(string encoding)
    {
        var database = await TestCluster.EmptyDatabaseAsync($"encoding '{encoding}' locale 'C'");

        var refusal = await Should.ThrowAsync<StartupException>(() => OnsaleNode.StartAsync(database));

        refusal.Message.ShouldContain($"has the encoding {encoding}; Onsale needs UTF8.");
        await using var dataSource = NpgsqlDataSource.Create(database);
        (await dataSource.CountAsync("pg_class", "relnamespace = 'public'::regnamespace")).ShouldBe(0);
    }

    [Fact]
    public async Task Search_on_a_UTF8_database_with_locale_C_ignores_case_beyond_ASCII()
    {
        var database = await TestCluster.EmptyDatabaseAsync("encoding 'UTF8' locale_provider libc locale 'C'");
        await using var node = await OnsaleNode.StartAsync(database);
        var seed = new EventSeed(node.DataSource);
        await seed.EventAsync(await seed.VenueAsync(city: "Łódź"), "Концерт Ångström");

        foreach (
            var query in (string[])["search=концерт", "search=КОНЦЕРТ", "search=ångström", "city=łódź", "city=LODZ"])
        {
            var list = await node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}");
            list.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(1, query);
        }
    }
}
