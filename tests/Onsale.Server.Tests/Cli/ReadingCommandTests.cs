using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Cli;

/// <summary>A command that only reads makes nothing, and says so where there is nothing to read.</summary>
public sealed class ReadingCommandTests
{
    public static TheoryData<string> Readers => ["audit", "plan list", "plan export 0123456789ab"];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Reading_command_on_an_empty_data_directory_fails_and_creates_nothing(string command)
    {
        var directory = Path.Combine(Janitor.CreateDirectory("onsale-typo-"), "mistyped");

        var run = await CommandRun.RunAsync([.. command.Split(' '), "--data-directory", directory]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"There is no Onsale database in {directory}");
        run.Error.ShouldNotContain("   at ");
        run.Output.ShouldBeEmpty();
        Directory.Exists(directory).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Reading_command_on_a_database_of_another_program_fails_and_creates_nothing(string command)
    {
        var database = await TestCluster.EmptyDatabaseAsync();

        var run = await CommandRun.RunAsync([.. command.Split(' '), "--database", database]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("is not one of Onsale");
        await using var dataSource = NpgsqlDataSource.Create(database);
        (await dataSource.CountAsync("pg_class", "relnamespace = 'public'::regnamespace")).ShouldBe(0);
    }

    [Fact]
    public async Task Reading_command_on_an_older_schema_fails_and_does_not_migrate_it()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database);
        await dataSource.ExecuteAsync(
            "delete from schema_migrations where number = (select max(number) from schema_migrations)");
        var before = await dataSource.CountAsync("schema_migrations");

        var run = await CommandRun.RunAsync("audit", "--database", database);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("has the schema of an older version of Onsale");
        (await dataSource.CountAsync("schema_migrations")).ShouldBe(before);
    }

    [Theory]
    [InlineData("values (9000, '9000_later', '', 0)", null)]
    [InlineData("values (9000, '9000_later', '', 9000)", "was migrated by a newer version of Onsale")]
    [InlineData("values (9000, '9000_later', '', null)", "was migrated by a newer version of Onsale")]
    [InlineData(
        "values (9000, '9000_later', '', 0); delete from schema_migrations where number = 5",
        "has the schema of an older version of Onsale")]
    public async Task Reading_command_works_on_a_newer_schema_where_that_allows_it(string later, string? refusal)
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database);
        await dataSource.ExecuteAsync(
            $"insert into schema_migrations (number, name, checksum, oldest_program) {later}");

        var run = await CommandRun.RunAsync("plan", "list", "--database", database);

        if (refusal is null)
            run.ExitCode.ShouldBe(0, run.Error);
        else
            (run.ExitCode, run.Error.Contains(refusal, StringComparison.Ordinal)).ShouldBe((1, true), run.Error);
    }

    [Fact]
    public async Task Audit_of_an_unknown_event_fails_and_says_so()
    {
        var database = await TestCluster.SharedDatabaseAsync();

        var run = await CommandRun.RunAsync("audit", "00000000-0000-0000-0000-000000000001", "--database", database);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("There is no event 00000000-0000-0000-0000-000000000001 in this database.");
        run.Output.ShouldNotContain("no fault");
    }

    [Fact]
    public async Task Audit_of_what_is_no_id_fails_with_a_sentence()
    {
        var run = await CommandRun.RunAsync("audit", "notaguid");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("\"notaguid\" is not an event's id");
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Audit_counts_events_in_the_singular_and_says_when_nothing_was_sold()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [5]);

        var all = await CommandRun.RunAsync("audit", "--database", database);
        var one = await CommandRun.RunAsync("audit", @event.Id.ToString(), "--database", database);

        all.ExitCode.ShouldBe(0);
        all.Output.ShouldContain("Nothing to audit");
        one.ExitCode.ShouldBe(0);
        one.Output.ShouldContain("Audited 1 event: no fault.");
    }
}
