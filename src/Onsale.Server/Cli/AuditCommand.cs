using System.CommandLine;
using Onsale.Inventory.Engine.Audit;

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
        };
        var command = new Command(
            "audit", "Proves that no place was sold twice: rows, counters, tickets and change log agree") { only };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithDatabaseAsync(
            arguments,
            (services, _) => RunAsync(
                services.GetRequiredService<Auditor>(), arguments.GetValue(only),
                arguments.InvocationConfiguration.Output, cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Auditor auditor, Guid? only, TextWriter output, CancellationToken cancellationToken)
    {
        var events = only is { } one
            ? [one]
            : (await auditor.FindChangedAsync(DateTimeOffset.MinValue, cancellationToken))
                .Select(changed => changed.EventId).ToList();
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

        await output.WriteLineAsync(faults == 0
            ? $"Audited: {events.Count}. No fault."
            : $"Audited: {events.Count}. Faults: {faults}.");
        return faults == 0 ? CommandLine.Succeeded : CommandLine.Invalid;
    }
}
