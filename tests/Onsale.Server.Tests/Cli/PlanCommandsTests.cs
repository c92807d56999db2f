using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Cli;
using Onsale.Server.Tests.Catalog.SeatingPlans;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Cli;

public sealed class PlanCommandsTests
{
    [Fact]
    public async Task What_was_imported_is_exported_again_and_other_files_are_refused()
    {
        var directory = Directory.CreateTempSubdirectory("onsale-plans-");
        try
        {
            var (given, bad, exported) = (
                Path.Combine(directory.FullName, "given.json"), Path.Combine(directory.FullName, "bad.json"),
                Path.Combine(directory.FullName, "exported.json"));
            await File.WriteAllTextAsync(given, Plans.Small);
            await File.WriteAllTextAsync(bad, Plans.Small.Replace("\"x\": 50.5", "\"x\": []"));
            var canonical = PlanJsonWriter.Write(Plans.Read(Plans.Small));
            var database = await TestCluster.SharedDatabaseAsync();

            (await RunAsync("check", given)).ShouldBe(CommandLine.Succeeded);
            (await RunAsync("check", bad)).ShouldBe(CommandLine.Invalid);
            (await RunAsync("check", Path.Combine(directory.FullName, "none.json"))).ShouldBe(CommandLine.Failed);
            (await RunAsync("import", bad, "--database", database)).ShouldBe(CommandLine.Invalid);
            (await RunAsync("import", given, "--name", "", "--database", database)).ShouldBe(CommandLine.Invalid);
            (await RunAsync("import", given, "--name", "a\0b", "--database", database)).ShouldBe(CommandLine.Invalid);
            (await RunAsync("import", given, "--database", database)).ShouldBe(CommandLine.Succeeded);
            (await RunAsync("import", given, "--database", database)).ShouldBe(CommandLine.Succeeded);
            (await RunAsync("export", PlanJsonWriter.Hash(canonical)[..16], exported, "--database", database))
                .ShouldBe(CommandLine.Succeeded);
            (await File.ReadAllBytesAsync(exported)).ShouldBe(canonical);
            (await RunAsync("export", "ffffffffffff", exported, "--database", database)).ShouldBe(CommandLine.Failed);
            (await RunAsync("list", "--database", database)).ShouldBe(CommandLine.Succeeded);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        static Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(["plan", .. arguments]);
    }

    [Theory]
    [InlineData("fractional-sizes", "sizes", "Imported \"Fractional sizes\" with 3 seats.")]
    [InlineData("seats-without-category", "categories", "Imported \"Seats without a category\" with 3 seats.")]
    public async Task Import_of_a_repairable_plan_is_refused_with_an_offer_and_accepted_with_repair(
        string plan, string kind, string imported)
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        var file = Path.Combine(AppContext.BaseDirectory, "Catalog", "SeatingPlans", "Cases", $"{plan}.json");

        var strict = await CommandRun.RunAsync("plan", "import", file, "--database", database);
        var other = await CommandRun.RunAsync(
            "plan", "import", file, "--repair-only", "labels", "--database", database);
        var repaired = await CommandRun.RunAsync(
            "plan", "import", file, "--repair-only", kind, "--database", database);
        var again = await CommandRun.RunAsync("plan", "import", file, "--repair", "--database", database);

        strict.ExitCode.ShouldBe(CommandLine.Invalid);
        strict.Error.ShouldContain($"({kind}), and the plan would then be accepted");
        other.ExitCode.ShouldBe(CommandLine.Invalid);
        repaired.ExitCode.ShouldBe(CommandLine.Succeeded, repaired.Error);
        repaired.Error.ShouldContain($"[{kind}]");
        repaired.Output.ShouldContain(imported);
        again.Output.ShouldContain("is stored already");
    }

    [Fact]
    public async Task Check_counts_one_row_and_one_section_in_the_singular()
    {
        var file = Path.Combine(
            AppContext.BaseDirectory, "Catalog", "SeatingPlans", "Cases", "area-without-color.json");

        var run = await CommandRun.RunAsync("plan", "check", file);

        run.Output.ShouldContain("3 seats in 1 row of 1 section");
    }

    [Theory]
    [InlineData(true, "plan", "list")]
    [InlineData(true, "--help")]
    [InlineData(false, "--urls", "http://localhost:8081")]
    [InlineData(false, "--Onsale:Demo=false")]
    [InlineData(false)]
    public void A_first_word_without_a_hyphen_is_a_verb(bool verb, params string[] arguments) =>
        CommandLine.Handles(arguments).ShouldBe(verb);
}
