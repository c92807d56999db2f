using Dapper;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events;

/// <summary>Events written straight to the database, under words and slugs nobody else uses.</summary>
internal sealed class EventSeed(NpgsqlDataSource dataSource)
{
    public static readonly DateTimeOffset Base = new(2031, 5, 1, 18, 0, 0, TimeSpan.Zero);

    /// <summary>A word no other test has in its events.</summary>
    public string Word { get; } = $"w{Id():N}";

    public static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public async Task<Guid> VenueAsync(
        string name = "Hall", string city = "Springfield", (decimal Latitude, decimal Longitude)? at = null)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var id = Id();
        await connection.ExecuteAsync("""
            insert into organisations (id, slug, name) values (@id, @slug, 'Promoter');
            insert into venues (
                id, organisation_id, slug, name, city, country, address, time_zone, latitude, longitude)
            values (
                @id, @id, @slug, @name, @city, 'US', '1 Main Street', 'America/New_York', @latitude, @longitude)
            """, new { id, slug = $"venue-{id:N}", name, city, latitude = at?.Latitude, longitude = at?.Longitude });
        return id;
    }

    /// <summary>An event with one tier by quantity for each price.</summary>
    public async Task<SeededEvent> EventAsync(
        Guid venue, string title = "Show", string category = "concert", DateTimeOffset? startsAt = null, int status = 1,
        long[]? prices = null, int capacity = 100, int sold = 0,
        DateTimeOffset? onSaleAt = null, DateTimeOffset? offSaleAt = null,
        string description = "")
    {
        var id = Id();
        var starts = startsAt ?? Base;
        var slug = $"show-{id:N}";
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into events (
                id, organisation_id, venue_id, slug, title, summary, description, category, starts_at, ends_at,
                                time_zone, currency, status, on_sale_at, off_sale_at)
            values (@id, @venue, @venue, @slug, @title, 'A summary', @description, @category, @starts, @ends,
                    'America/New_York', 'USD', @status, @onSale, @offSale);
            insert into inventory (event_id, total, available) values (@id, @total, @available);
            """, new
        {
            id,
            venue,
            slug,
            total = capacity * (prices?.Length ?? 1),
            available = (capacity - sold) * (prices?.Length ?? 1),
            title = $"{title} {Word}",
            description,
            category,
            status = (short)status,
            starts = starts.ToUniversalTime(),
            ends = starts.AddHours(3).ToUniversalTime(),
            onSale = (onSaleAt ?? new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime(),
            offSale = (offSaleAt ?? starts.AddHours(3)).ToUniversalTime(),
        });
        foreach (var (price, number) in (prices ?? [2500]).Select((price, number) => (price, (short)number)))
        {
            await connection.ExecuteAsync("""
                insert into tiers (event_id, number, id, name, kind, price, colour)
                values (@id, @number, @tier, @name, 1, @price, '#336699');
                insert into pools (event_id, tier, capacity, sold) values (@id, @number, @capacity, @sold)
                """, new { id, number, tier = Id(), name = $"Tier {number}", price, capacity, sold });
        }

        return new SeededEvent(id, slug);
    }
}

internal sealed record SeededEvent(Guid Id, string Slug);
