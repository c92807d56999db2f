namespace Onsale.Server.Catalog.Events;

/// <summary>What visitors are shown of events in lists, and of who sells them.</summary>
internal static class ListedEvents
{
    /// <summary>
    /// Of the table <c>events</c>: on sale or called off, and not one of the program's own, which begin on
    /// <see cref="EventLimits.HiddenEventsStartAt"/>.
    /// </summary>
    public const string Condition = "status in (1, 2) and starts_at >= timestamptz '2000-01-02 00:00Z'";
}
