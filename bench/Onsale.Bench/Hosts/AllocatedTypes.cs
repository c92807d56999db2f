using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Onsale.Bench.Hosts;

/// <summary>
/// What types the server allocates, by the runtime's samples: one about every hundred kilobytes. For
/// <c>--server Bench:Allocations=true</c>, which makes the server slower.
/// </summary>
internal sealed class AllocatedTypes : EventListener
{
    public const string Setting = "Bench:Allocations";
    private const int Shown = 40;

    // The keyword of the garbage collector.
    private const EventKeywords Collector = (EventKeywords)0x1;

    private readonly ConcurrentDictionary<string, long> _bytes = new();

    /// <summary>The types with the most bytes, and what part of all they are.</summary>
    public string Describe()
    {
        var all = (double)_bytes.Values.Sum();
        return string.Join('\n', _bytes.OrderByDescending(type => type.Value).Take(Shown)
            .Select(type => $"    {type.Value / all * 100,5:F1} % {type.Key}"));
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Collector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) != true
            || eventData.PayloadNames is not { } names || eventData.Payload is not { } payload)
        {
            return;
        }

        var type = payload[names.IndexOf("TypeName")]?.ToString() ?? "";
        var bytes = Convert.ToInt64(payload[names.IndexOf("AllocationAmount64")], null);
        _bytes.AddOrUpdate(type, bytes, (_, sum) => sum + bytes);
    }
}
