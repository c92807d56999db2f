using Dapper;
using Npgsql;

namespace Onsale.Server.Catalog.Venues;

/// <summary>A venue to be added.</summary>
/// <param name="Id">Chosen by the caller.</param>
/// <param name="OrganisationId">Who manages it.</param>
/// <param name="Slug">Unique; part of addresses.</param>
/// <param name="Name">As shown.</param>
/// <param name="City">As shown and searched.</param>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="Address">One line; may be empty.</param>
/// <param name="TimeZone">IANA name.</param>
internal sealed record NewVenue(
    Guid Id, Guid OrganisationId, string Slug, string Name, string City, string Country, string Address,
    string TimeZone);

/// <summary>The table <c>venues</c>.</summary>
internal static class VenueStore
{
    private const string AddSql = """
        insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
        values (@Id, @OrganisationId, @Slug, @Name, @City, @Country, @Address, @TimeZone)
        """;

    public static Task AddAsync(NpgsqlConnection connection, NewVenue venue, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(AddSql, venue, cancellationToken: cancellationToken));
}
