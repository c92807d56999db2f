using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Primitives;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// Counts how often browsers open an event's page, by event and hour: the first step of the report's funnel. Nothing is
/// stored in the browser or known of the person; who opens it twice counts twice. Counts wait in memory and are added
/// to <c>event_views</c> by a job; a node that dies loses those of its last minute.
/// </summary>
internal sealed class EventViews(NpgsqlDataSource dataSource, ReadOnlyMode readOnly, TimeProvider time) : IHostedService
{
    private const string AddSql = """
        insert into event_views (event_id, hour, views)
        select * from unnest($1, $2, $3)
        on conflict (event_id, hour) do update set views = event_views.views + excluded.views
        """;

    // What programs that read the web call themselves, whether or not they run a page's script.
    private static readonly string[] s_programs = ["bot", "crawl", "spider", "slurp", "preview", "headless"];

    private readonly ConcurrentDictionary<(Guid Event, DateTime Hour), long> _counts = new();

    /// <summary>A page of the event was asked for: counted if a browser is to show it.</summary>
    public void CountPage(HttpRequest request, Guid eventId)
    {
        var headers = request.Headers;
        if (HttpMethods.IsGet(request.Method) && headers["Sec-Fetch-Dest"] == "document"
            && StringValues.IsNullOrEmpty(headers["Sec-Purpose"]))
        {
            Count(request, eventId);
        }
    }

    /// <summary>
    /// The event was asked for over the API: counted if that is the app's first question about it, coming from another
    /// of its pages. Later questions go past the browser's copy and say so, and those of other programs do not come
    /// from a page of this site.
    /// </summary>
    public void CountFirstAnswer(HttpRequest request, Guid eventId)
    {
        var headers = request.Headers;
        if (headers["Sec-Fetch-Site"] == "same-origin" && headers["Sec-Fetch-Dest"] == "empty"
            && StringValues.IsNullOrEmpty(headers.CacheControl))
        {
            Count(request, eventId);
        }
    }

    private void Count(HttpRequest request, Guid eventId)
    {
        var agent = request.Headers.UserAgent.ToString();
        if (Array.Exists(s_programs, name => agent.Contains(name, StringComparison.OrdinalIgnoreCase)))
            return;
        Add((eventId, HourOf(time.GetUtcNow())), 1);
    }

    /// <summary>One round of the job: writes what was counted since the last.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (readOnly.IsOn)
            return;
        var taken = new List<KeyValuePair<(Guid Event, DateTime Hour), long>>();
        foreach (var key in _counts.Keys)
        {
            // A view that comes meanwhile begins a count of its own.
            if (_counts.TryRemove(key, out var count))
                taken.Add(new(key, count));
        }

        if (taken.Count == 0)
            return;
        // Nodes that write the same rows lock them in one order.
        taken.Sort((one, other) => one.Key.CompareTo(other.Key));
        try
        {
            await using var command = dataSource.CreateCommand(AddSql);
            command.Parameters.Add(Values(taken.Select(view => view.Key.Event)));
            command.Parameters.Add(Values(taken.Select(view => view.Key.Hour)));
            command.Parameters.Add(Values(taken.Select(view => view.Value)));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch
        {
            foreach (var (key, count) in taken)
                Add(key, count);
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A stop loses nothing that can be written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or ObjectDisposedException
            || Errors.IsDatabaseUnavailable(exception))
        {
            // A stop is not to fail for the views of a minute.
        }
    }

    private void Add((Guid Event, DateTime Hour) key, long count) =>
        _counts.AddOrUpdate(key, static (_, more) => more, static (_, had, more) => had + more, count);

    private static DateTime HourOf(DateTimeOffset at) =>
        new(at.Year, at.Month, at.Day, at.Hour, 0, 0, DateTimeKind.Utc);

    private static NpgsqlParameter<T[]> Values<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}
