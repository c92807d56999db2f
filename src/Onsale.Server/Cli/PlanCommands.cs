using System.CommandLine;
using Npgsql;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Cli;

/// <summary>The verbs <c>plan check</c>, <c>plan import</c>, <c>plan export</c> and <c>plan list</c>.</summary>
internal static class PlanCommands
{
    private const int MaxListedPlans = 1_000;

    public static Command Create() => new("plan", "Seating plans in pretix's JSON format")
    {
        Check(),
        Import(),
        Export(),
        List(),
    };

    private static Command Check()
    {
        var file = FileArgument();
        var command = new Command("check", "Checks a file and says what is in it; needs no database") { file };
        command.SetAction(async (arguments, cancellationToken) =>
            await ReadAsync(arguments.GetRequiredValue(file), cancellationToken) is { } document
                ? await PlanSummary.PrintAsync(document, arguments.InvocationConfiguration.Output)
                : CommandLine.Invalid);
        return command;
    }

    private static Command Import()
    {
        var file = FileArgument();
        var name = new Option<string?>("--name") { Description = "Stores the plan under this name", HelpName = "name" };
        var repair = new Option<bool>("--repair")
        {
            Description = $"Makes all repairs that it can and says each: {string.Join(", ", PlanRepairs.All)}",
        };
        var only = new Option<string[]>("--repair-only")
        {
            Description = "Makes the repairs of one kind; may be given more than once",
            HelpName = "kind",
        };
        only.AcceptOnlyFromAmong([.. PlanRepairs.All]);
        var command = new Command("import", "Stores a plan; the same plan is stored once") { file, name, repair, only };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var kinds = arguments.GetValue(repair)
                ? PlanRepairs.All
                : (arguments.GetValue(only) ?? []).ToHashSet(StringComparer.Ordinal);
            var source = arguments.GetRequiredValue(file);
            if (await ReadAsync(source, cancellationToken, kinds) is not { } document)
                return CommandLine.Invalid;
            if (arguments.GetValue(name) is { } given)
            {
                document = document with { Name = given };
                // The name comes from outside too: the reader's rules hold for it as for the file's.
                if (PlanJsonReader.Read(PlanJsonWriter.Write(document)) is { Faults: [var fault, ..] })
                    return await RefuseAsync($"--name {fault.Message}", CommandLine.Invalid);
            }

            return await CommandLine.WithDatabaseAsync(
                arguments,
                (services, connection) => ImportAsync(
                    connection, document, services.GetRequiredService<TimeProvider>(),
                    arguments.InvocationConfiguration.Output, cancellationToken),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> ImportAsync(
        NpgsqlConnection connection, PlanDocument document, TimeProvider timeProvider, TextWriter output,
        CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow());
        var stored = await SeatingPlanStore.AddAsync(connection, id, document, venueId: null, cancellationToken);
        var hash = PlanJsonWriter.Hash(PlanJsonWriter.Write(document));
        await output.WriteLineAsync(stored == id
            ? $"Imported \"{document.Name}\" with {Counted.Of(document.SeatCount, "seat")}."
            : $"\"{document.Name}\" with {Counted.Of(document.SeatCount, "seat")} is stored already.");
        await output.WriteLineAsync($"id    {stored}");
        await output.WriteLineAsync($"hash  {hash}");
        return CommandLine.Succeeded;
    }

    private static Command Export()
    {
        var plan = new Argument<string>("plan") { Description = "The plan's id, its hash or the hash's beginning" };
        var file = new Argument<FileInfo?>("file")
        {
            Description = "Where to write it; without one, to standard output",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var pretix = new Option<bool>("--pretix")
        {
            Description = "Leaves out the member that pretix does not know (seat attributes)",
        };
        var command = new Command("export", "Writes a stored plan as JSON") { plan, file, pretix };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments,
            (_, connection) => ExportAsync(
                connection, arguments.GetRequiredValue(plan), arguments.GetValue(file), arguments.GetValue(pretix),
                arguments.InvocationConfiguration.Output, cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(
        NpgsqlConnection connection, string reference, FileInfo? file, bool forPretix, TextWriter output,
        CancellationToken cancellationToken)
    {
        var found = await SeatingPlanStore.FindAsync(connection, reference);
        if (found.Count == 0)
            return await RefuseAsync($"There is no plan {reference}; see: plan list", CommandLine.Failed);
        if (found.Count > 1)
            return await RefuseAsync($"More than one plan's hash begins with {reference}.", CommandLine.Failed);

        var (document, _) = (await SeatingPlanStore.ReadAsync(connection, found[0].Id, cancellationToken))!.Value;
        if (forPretix)
            document = document.WithoutOwn();
        var json = PlanJsonWriter.Write(document);
        if (file is null)
        {
            await using var standardOutput = Console.OpenStandardOutput();
            await standardOutput.WriteAsync(json, cancellationToken);
        }
        else
        {
            await File.WriteAllBytesAsync(file.FullName, json, cancellationToken);
            await output.WriteLineAsync(
                $"Exported \"{document.Name}\" with {Counted.Of(document.SeatCount, "seat")} to {file.FullName}");
        }

        return CommandLine.Succeeded;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the stored plans, newest first");
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments, async (_, connection) =>
            {
                var output = arguments.InvocationConfiguration.Output;
                var plans = await SeatingPlanStore.ListAsync(connection, MaxListedPlans);
                foreach (var plan in plans)
                {
                    await output.WriteLineAsync(
                        $"{plan.Id}  {plan.ContentHash[..12]}  {Counted.Of(plan.SeatCount, "seat"),13}  {plan.Name}");
                }

                if (plans.Count == 0)
                    await Console.Error.WriteLineAsync("No seating plan is stored.");
                return CommandLine.Succeeded;
            }, cancellationToken));
        return command;
    }

    private static Argument<FileInfo> FileArgument() =>
        new("file") { Description = "A seating plan in pretix's JSON format" };

    private static async Task<PlanDocument?> ReadAsync(
        FileInfo file, CancellationToken cancellationToken, IReadOnlySet<string>? kinds = null)
    {
        // Too large a file is refused unread.
        if (file.Length > SeatingPlanLimits.MaxPlanFileBytes)
        {
            await ReportAsync(file, PlanJsonReader.TooLarge);
            return null;
        }

        var json = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        var (reading, repairs) = kinds is { Count: > 0 }
            ? PlanRepairer.Read(json, kinds)
            : new PlanRepairResult(PlanJsonReader.Read(json), []);
        foreach (var repair in repairs)
            await Console.Error.WriteLineAsync($"{file.Name}: repaired {repair}");
        await ReportAsync(file, reading);
        if (reading.Document is null)
            await OfferRepairsAsync(file, json);
        return reading.Document;
    }

    private static async Task ReportAsync(FileInfo file, PlanReading reading)
    {
        foreach (var fault in reading.Faults)
            await Console.Error.WriteLineAsync($"{file.Name}: {fault}");
        if (reading.Faults.Count == SeatingPlanLimits.MaxReportedFaults)
        {
            await Console.Error.WriteLineAsync(
                $"{file.Name}: there may be more; these are the first {reading.Faults.Count}.");
        }
    }

    private static async Task OfferRepairsAsync(FileInfo file, byte[] json)
    {
        var (reading, repairs) = PlanRepairer.Read(json, PlanRepairs.All);
        if (repairs.Count == 0)
            return;
        var kinds = string.Join(", ", repairs.Select(repair => repair.Kind).Distinct(StringComparer.Ordinal));
        var outcome = reading.Document is not null
            ? "and the plan would then be accepted"
            : "but the plan would still be refused";
        await Console.Error.WriteLineAsync(
            $"{file.Name}: plan import --repair can make {Counted.Of(repairs.Count, "repair")} ({kinds}), {outcome}.");
    }

    private static async Task<int> RefuseAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
