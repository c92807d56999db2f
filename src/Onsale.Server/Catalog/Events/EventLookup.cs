using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// Finds the event that a route names. What only shows an event's terms (tiers, labels, policy) reads them from here
/// and loads no inventory, so it answers also while that one cannot be loaded.
/// </summary>
internal sealed class EventLookup(
    EventLanes lanes, EventDirectory directory, NpgsqlDataSource dataSource, TimeProvider time)
{
    // As old as what readers see of the inventory may be.
    private readonly RecentValues<EventSettings> _terms = new(
        EventLimits.MaxCachedTerms, TimeSpan.FromMilliseconds(JournalLimits.MaxReadAgeMilliseconds), time);

    /// <summary>The terms of an event that buyers may see: published or cancelled.</summary>
    public async ValueTask<FoundTerms> RequireVisibleAsync(string id) =>
        await RequireAnyAsync(id) is var found && found.Terms?.Status == EventStatus.Draft
            ? new FoundTerms(null, Problem.EventNotFound())
            : found;

    /// <summary>
    /// The terms of any event: a booking is its buyer's whatever became of the event, also when it is a draft again.
    /// They have no seat layout.
    /// </summary>
    public async ValueTask<FoundTerms> RequireAnyAsync(string id) =>
        Guid.TryParseExact(id, "D", out var eventId)
            ? await RequireAnyAsync(eventId)
            : new FoundTerms(null, Problem.EventNotFound());

    /// <inheritdoc cref="RequireAnyAsync(string)"/>
    public async ValueTask<FoundTerms> RequireAnyAsync(Guid eventId)
    {
        if (lanes.FindLoaded(eventId) is { } loaded)
            return new FoundTerms(loaded.Settings, null);
        if (_terms.TryGet(eventId, out var cached))
            return new FoundTerms(cached, null);
        if (await directory.FindAsync(eventId) is var status && status != LaneStatus.Decided)
            return new FoundTerms(null, LaneProblems.ToProblem(status));
        await using var connection = await dataSource.OpenConnectionAsync();
        if (await EventSettingsReader.ReadTermsAsync(connection, eventId, CancellationToken.None) is not { } terms)
            return new FoundTerms(null, Problem.EventNotFound());
        _terms.Set(eventId, terms);
        return new FoundTerms(terms, null);
    }

    /// <summary>
    /// The settings, with their seat layout, of an event that buyers may see and whose inventory is loaded, of whatever
    /// age: a command is decided on exact state anyway.
    /// </summary>
    public async ValueTask<FoundTerms> RequireLoadedAsync(string id)
    {
        if (Guid.TryParseExact(id, "D", out var eventId) && lanes.FindLoaded(eventId) is { } loaded
            && IsVisible(loaded))
            return new FoundTerms(loaded.Settings, null);
        // Not loaded, or a draft that another node may have published since.
        var (lane, problem) = await RequireFreshAsync(id);
        return new FoundTerms(lane?.Settings, problem);
    }

    /// <summary>The lane of an event that buyers may see, with its availability at most a second old.</summary>
    public async ValueTask<FoundLane> RequireFreshAsync(string id)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId))
            return new FoundLane(null, Problem.EventNotFound());
        var (lane, status) = await lanes.ReadAsync(eventId);
        if (lane is null)
            return new FoundLane(null, LaneProblems.ToProblem(status));
        return IsVisible(lane) ? new FoundLane(lane, null) : new FoundLane(null, Problem.EventNotFound());
    }

    private static bool IsVisible(EventLane lane) => lane.Settings!.Status != EventStatus.Draft;
}

/// <summary>An event's terms, or why there are none.</summary>
internal readonly record struct FoundTerms(EventSettings? Terms, Problem? Problem);

/// <summary>An event's lane, or why there is none.</summary>
internal readonly record struct FoundLane(EventLane? Lane, Problem? Problem);
