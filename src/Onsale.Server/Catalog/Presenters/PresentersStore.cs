using Dapper;
using Npgsql;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Catalog.Presenters;

/// <summary>
/// Reads of venues and organisations for visitors: only of those that have an event which visitors see.
/// </summary>
internal sealed class PresentersStore(NpgsqlDataSource dataSource)
{
    private const string VenueSql = $"""
        select slug, name, city, country, address, time_zone, accessibility, nullif(map_url, '') as map_url, transport
        from venues v where slug = @slug and exists (
            select from events where venue_id = v.id and {ListedEvents.Condition})
        """;

    private const string OrganiserSql = $"""
        select slug, name, nullif(contact_email, '') as contact_email, nullif(contact_phone, '') as contact_phone,
            nullif(website, '') as website, nullif(imprint_url, '') as imprint_url,
            nullif(terms_url, '') as terms_url, nullif(privacy_url, '') as privacy_url
        from organisations o
        where slug = @slug and exists (
            select from events where organisation_id = o.id and {ListedEvents.Condition})
        """;

    /// <summary>Null: there is none, or none of its events is public.</summary>
    public Task<PublicVenue?> FindVenueAsync(string slug, CancellationToken cancellationToken) =>
        FindAsync<PublicVenue>(VenueSql, slug, cancellationToken);

    /// <inheritdoc cref="FindVenueAsync"/>
    public Task<PublicOrganiser?> FindOrganiserAsync(string slug, CancellationToken cancellationToken) =>
        FindAsync<PublicOrganiser>(OrganiserSql, slug, cancellationToken);

    private async Task<T?> FindAsync<T>(string sql, string slug, CancellationToken cancellationToken)
        where T : class
    {
        if (slug.Length > PresentersLimits.MaxSlugChars || slug.Contains('\0'))
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<T>(
            new CommandDefinition(sql, new { slug }, cancellationToken: cancellationToken));
    }
}
