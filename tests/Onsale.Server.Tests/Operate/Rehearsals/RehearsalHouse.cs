using System.Text.Json;
using Npgsql;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Rehearsals;

/// <summary>A node on a database of its own, since one rehearsal at a time runs in an installation.</summary>
internal sealed class RehearsalHouse(OnsaleNode node, TestOrganisation organisation) : IAsyncDisposable
{
    public OnsaleNode Node => node;

    public TestOrganisation Organisation => organisation;

    public static async Task<RehearsalHouse> OpenAsync(params (string Key, string Value)[] settings)
    {
        var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync(), settings);
        return new RehearsalHouse(node, await TestOrganisation.FoundAsync(node));
    }

    /// <summary>Buyers who neither look nor think, so that a test need not wait for them.</summary>
    public static object Plan(
        int buyers = 30, int requestsPerSecond = 200, object? profile = null, int minutes = 1, long seed = 7) => new
        {
            buyers,
            minutes,
            requestsPerSecond,
            seed,
            profile = profile ?? new
            {
                arrivalSeconds = 2,
                preQueueSeconds = 2,
                chooseSeconds = new { from = 0, to = 0 },
                checkoutSeconds = new { from = 0, to = 1 },
                slowPercent = 0,
                timeoutPercent = 0,
            },
        };

    public NewEvent Own(NewEvent made) => made with { OrganisationId = organisation.Id };

    public Task<Answer> StartAsync(TestEvent made, object plan, Signed? caller = null) =>
        organisation.AskAsync(HttpMethod.Post, $"/events/{made.Id}/rehearsals", caller, plan);

    public Task<Answer> GetAsync(TestEvent made, Guid id) =>
        organisation.AskAsync(HttpMethod.Get, $"/events/{made.Id}/rehearsals/{id}");

    /// <summary>Waits for its end, and for its copy to be gone.</summary>
    public async Task<JsonElement> EndAsync(TestEvent made, Guid id, string state = "finished")
    {
        JsonElement last = default;
        await Eventually.ShouldPassAsync(
            async () =>
            {
                last = (await GetAsync(made, id)).Body;
                last.GetProperty("state").GetString().ShouldBe(state, last.ToString());
                last.GetProperty("copyRemoved").GetBoolean().ShouldBeTrue();
            },
            TimeSpan.FromMinutes(2));
        return last;
    }

    /// <summary>The id of a rehearsal's copy.</summary>
    public Task<Guid> CopyOfAsync(Guid rehearsalId) =>
        ScalarAsync<Guid>("select copy_id from rehearsals where id = $1", rehearsalId);

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = node.DataSource.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Rows of any table that speak of an event.</summary>
    public async Task<IReadOnlyList<string>> TracesOfAsync(Guid eventId)
    {
        var tables = await ScalarAsync<string[]>("""
            select array_agg(c.table_name::text) from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and c.column_name = 'event_id' and t.table_type = 'BASE TABLE'
            """);
        tables.Length.ShouldBeGreaterThan(20);
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await node.DataSource.CountAsync(table, $"event_id = '{eventId}'") is > 0 and var rows)
                found.Add($"{table}: {rows}");
        }

        if (await node.DataSource.CountAsync("events", $"id = '{eventId}'") > 0)
            found.Add("events");
        return found;
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
