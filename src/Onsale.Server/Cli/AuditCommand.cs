using System.CommandLine;
using System.CommandLine.Parsing;
using Onsale.Inventory.Engine.Audit;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Cli;

/// <summary>
/// The verb <c>audit</c>: proves the invariants of a database, also of one that is selling right now.
/// </summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var only = new Argument<Guid?>("event")
        {
            Description = "The event's id; without one, every event that ever sold",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ReadEventId,
        };
        var command = new Command(
            "audit", "Proves that no place was sold twice: rows, counters, tickets and change log agree") { only };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments,
            (services, _) => arguments.GetValue(only) is { } eventId
                ? RunOneAsync(services, eventId, arguments.InvocationConfiguration.Output, cancellationToken)
                : RunAllAsync(services, arguments.InvocationConfiguration.Output, cancellationToken),
            cancellationToken));
        return command;
    }

    private static Guid? ReadEventId(ArgumentResult result)
    {
        if (result.Tokens is not [var token])
            return null;
        var given = token.Value;
        if (Guid.TryParse(given, out var id))
            return id;
        result.AddError(
            $"\"{given}\" is not an event's id, which looks like 0198c0de-0000-7000-8000-000000000000.");
        return null;
    }

    private static async Task<int> RunOneAsync(
        IServiceProvider services, Guid eventId, TextWriter output, CancellationToken cancellationToken)
    {
        if (!await services.GetRequiredService<EventsStore>().ExistsAsync(eventId, cancellationToken))
        {
            await Console.Error.WriteLineAsync($"There is no event {eventId} in this database. Nothing was audited.");
            return CommandLine.Failed;
        }

        return await RunAsync(services, [eventId], output, cancellationToken);
    }

    private static async Task<int> RunAllAsync(
        IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var changed = await services.GetRequiredService<Auditor>()
            .FindChangedAsync(DateTimeOffset.MinValue, cancellationToken);
        if (changed.Count == 0)
        {
            await output.WriteLineAsync("Nothing to audit: no event of this database has held or sold anything yet.");
            return CommandLine.Succeeded;
        }

        return await RunAsync(services, [.. changed.Select(one => one.EventId)], output, cancellationToken);
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, IReadOnlyList<Guid> events, TextWriter output, CancellationToken cancellationToken)
    {
        var auditor = services.GetRequiredService<Auditor>();
        var faults = 0;
        foreach (var eventId in events)
        {
            foreach (var fault in await auditor.AuditAsync(eventId, replay: true, cancellationToken))
            {
                faults++;
                await output.WriteLineAsync(fault.ToString());
            }

            foreach (var note in await auditor.NotesAsync(eventId, cancellationToken))
                await output.WriteLineAsync($"note: event {eventId}: {note}");
        }

        var found = faults == 0 ? "no fault" : Counted.Of(faults, "fault");
        await output.WriteLineAsync($"Audited {Counted.Of(events.Count, "event")}: {found}.");
        return faults == 0 ? CommandLine.Succeeded : CommandLine.Invalid;
    }
}
