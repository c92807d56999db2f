using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Web;

/// <summary>
/// Reads what pages show first. The lists are the same for everybody: they are read once in as long as caches may call
/// them fresh, however many visitors open them.
/// </summary>
internal sealed class PageContents(
    EventsStore events, EventAvailability availability, TimeProvider time, IOptions<JsonOptions> json)
{
    /// <summary>As the app asks for them: src/features/events/api/queries.ts.</summary>
    private const int StartRows = 50;
    private const int ListRows = 12;

    /// <summary>Pictures of the list that a first view can show.</summary>
    private const int ListPictures = 3;

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private readonly SharedAnswer _start = new();
    private readonly SharedAnswer _list = new();

    public Task<PageContent> StartAsync() => _start.GetAsync(ReadStartAsync, time);

    public Task<PageContent> ListAsync() => _list.GetAsync(ReadListAsync, time);

    /// <summary>Null when there is no such event.</summary>
    /// <param name="below">The rest of the address, below the event's own page.</param>
    public async Task<PageContent?> EventAsync(string idOrSlug, string[] below, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(idOrSlug, cancellationToken) is not { } row)
            return null;
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        if (await availability.OfAsync(row.Id) is not { } places)
            return new PageContent();
        var details = row.ToDetails(tiers, places);
        var data = Write(writer => Property(writer, "event", details));
        return new PageContent(
            ShellOf(details, below), details, [new PagePicture(details.ImageUrl, details.Image)], data);
    }

    /// <summary>Where nothing can be chosen, the app says why; that has no first view.</summary>
    private static string? ShellOf(EventDetails details, string[] below) => below switch
    {
        [] => Shells.Event,
        ["pick"] when details.SaleStatus is SaleStatus.OnSale or SaleStatus.SoldOut =>
            details.HasSeatMap ? Shells.PickSeats : Shells.PickQuantities,
        _ => null,
    };

    private async Task<PageContent> ReadStartAsync()
    {
        var list = await ReadAsync(StartRows);
        var facets = await events.FacetsAsync(CancellationToken.None);
        // The one that the app shows large: of those on sale, the one with the most places.
        var featured = list.Data.Where(one => one.SaleStatus == SaleStatus.OnSale).MaxBy(one => one.Availability.Total);
        return new PageContent(
            Shells.Start, Pictures: featured is null ? [] : [new PagePicture(featured.ImageUrl, featured.Image)],
            Data: WriteList(list, facets));
    }

    private async Task<PageContent> ReadListAsync()
    {
        var list = await ReadAsync(ListRows);
        var facets = await events.FacetsAsync(CancellationToken.None);
        var pictures = list.Data.Take(ListPictures).Select(one => new PagePicture(one.ImageUrl, one.Image));
        return new PageContent(Shells.Events, Pictures: [.. pictures], Data: WriteList(list, facets));
    }

    private byte[] WriteList(Page<EventSummary> list, EventFacets facets) => Write(writer =>
    {
        Property(writer, "events", list);
        Property(writer, "facets", facets);
    });

    // For everybody who waits for it, so nobody's going away ends it.
    private Task<Page<EventSummary>> ReadAsync(int rows) => ListEvents.ReadAsync(
        new EventQuery(null, null, null, null, null, EventSort.Date, Descending: false, new Paging(1, rows))
        {
            IsGrouped = true,
        },
        events, availability, CancellationToken.None);

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void Property<T>(Utf8JsonWriter writer, string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)_json.GetTypeInfo(typeof(T)));
    }

    /// <summary>One answer for all who ask within a moment; a failed one is forgotten at once.</summary>
    private sealed class SharedAnswer
    {
        private readonly Lock _gate = new();
        private Task<PageContent>? _answer;
        private long _askedAt;

        public Task<PageContent> GetAsync(Func<Task<PageContent>> read, TimeProvider time)
        {
            lock (_gate)
            {
                if (_answer is null || _answer.IsFaulted || _answer.IsCanceled
                    || time.GetElapsedTime(_askedAt) >= TimeSpan.FromSeconds(EventListingLimits.FreshSeconds))
                {
                    _askedAt = time.GetTimestamp();
                    _answer = read();
                }

                return _answer;
            }
        }
    }
}
