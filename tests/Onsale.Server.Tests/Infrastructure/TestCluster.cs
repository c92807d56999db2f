using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// One real PostgreSQL a test process, on a directory of its own that goes with the process. Tests share one migrated
/// database and keep apart by unique ids; one that needs a database for itself gets a copy of the migrated one.
/// </summary>
internal sealed class TestCluster
{
    private const string Template = "onsale_template";

    // Many nodes, each with its pools. Everything else is as in production.
    private static readonly string[] Settings = ["max_connections = 400"];

    private static readonly Lazy<Task<TestCluster>> Instance = new(StartAsync);

    private readonly EmbeddedPostgres _postgres;
    private readonly Lazy<Task<string>> _sharedDatabase;
    private readonly SemaphoreSlim _copying = new(1);
    private int _databases;

    private TestCluster(EmbeddedPostgres postgres)
    {
        _postgres = postgres;
        _sharedDatabase = new Lazy<Task<string>>(() => CreateDatabaseAsync());
    }

    public static Task<TestCluster> SharedAsync() => Instance.Value;

    /// <summary>The process's one migrated database, as a connection string.</summary>
    public static async Task<string> SharedDatabaseAsync() => await (await SharedAsync())._sharedDatabase.Value;

    /// <summary>A migrated database nobody else uses, as a connection string.</summary>
    public static async Task<string> PrivateDatabaseAsync() => await (await SharedAsync()).CreateDatabaseAsync();

    /// <summary>A database without any table, made with options of <c>create database</c>.</summary>
    public static async Task<string> EmptyDatabaseAsync(string options = "") =>
        await (await SharedAsync()).CreateDatabaseAsync($"template template0 {options}");

    private async Task<string> CreateDatabaseAsync(string options = $"template {Template}")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        // PostgreSQL copies a template for one at a time.
        await _copying.WaitAsync();
        try
        {
            await ExecuteAsync(Connect("postgres"), $"create database {name} {options}");
        }
        finally
        {
            _copying.Release();
        }

        return Connect(name);
    }

    private string Connect(string database) =>
        new NpgsqlConnectionStringBuilder(_postgres.ConnectionString)
        {
            Database = database,
            IncludeErrorDetail = true,
        }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs the tests as the previous release on the schema of a next one.</summary>
    private static async Task ExpandIfAskedAsync(string database)
    {
        if (Environment.GetEnvironmentVariable("ONSALE_TEST_LATER_SCHEMA") != "1")
            return;
        await using var dataSource = NpgsqlDataSource.Create(database);
        await LaterSchema.ApplyAsync(dataSource);
    }

    private static async Task<TestCluster> StartAsync()
    {
        var postgres = await EmbeddedPostgres.StartAsync(
            Janitor.CreateDirectory("onsale-tests-"), Settings, TimeProvider.System, NullLogger.Instance);
        var cluster = new TestCluster(postgres);
        await ExecuteAsync(cluster.Connect("postgres"), $"create database {Template}");
        await using (var dataSource = NpgsqlDataSource.Create(cluster.Connect(Template)))
            await new Migrator(OnsaleApp.Migrations, TimeProvider.System, NullLogger<Migrator>.Instance)
                .MigrateAsync(dataSource, CancellationToken.None);
        await ExpandIfAskedAsync(cluster.Connect(Template));
        return cluster;
    }
}
