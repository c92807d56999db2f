using System.Diagnostics;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Spans of the source <c>Onsale.Inventory</c>: one a command, from its arrival to its reply, and one a batch. A batch
/// serves many requests and can be part of one trace only: it belongs to the first that is sampled, and is linked with
/// the others. Requests that are not sampled cost a look at the current activity.
/// </summary>
internal static class LaneTraces
{
    public const string SourceName = "Onsale.Inventory";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A span of a command, ended with its reply; null where its request is not sampled.</summary>
    public static Activity? BeginCommand(InventoryCommand command)
    {
        if (Activity.Current is not { Recorded: true } request)
            return null;
        var span = s_source.StartActivity("inventory.command");
        span?.SetTag("onsale.command", command.GetType().Name);
        // The caller's own next spans are no part of it.
        Activity.Current = request;
        return span;
    }

    public static void EndCommand(Activity? span, LaneStatus status)
    {
        span?.SetTag("onsale.status", status.ToString());
        span?.Dispose();
    }

    /// <summary>A span of a batch, current until it is disposed of; null where no request of it is sampled.</summary>
    public static Activity? BeginBatch(Guid eventId, IReadOnlyList<PendingCommand> batch)
    {
        if (!batch.Any(pending => pending.Span is not null))
            return null;
        var spans = batch.Where(pending => pending.Span is not null).Select(pending => pending.Span!).ToList();
        var links = spans.Skip(1).Select(span => new ActivityLink(span.Context));
        var started = s_source.StartActivity(
            "inventory.batch", ActivityKind.Internal, spans[0].Context, tags: null, links);
        started?.SetTag("onsale.event", eventId);
        started?.SetTag("onsale.batch.commands", batch.Count);
        foreach (var other in spans.Skip(1))
            other.AddLink(new ActivityLink(started?.Context ?? default));
        return started;
    }

    /// <summary>The notes of a commit, with one that lets what follows from it go on with the trace.</summary>
    public static IReadOnlyList<object> WithTrace(IReadOnlyList<object> notes, Guid eventId, long version) =>
        Activity.Current is { Recorded: true, Id: { } parent }
            ? [.. notes, new ChangeTrace(eventId, version, parent)]
            : notes;
}
