using Dapper;
using Npgsql;

namespace Onsale.Server.Catalog.Venues;

/// <summary>A venue to be added.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA time zone in which its events show their times.</param>
internal sealed record NewVenue(
    Guid Id, Guid OrganisationId, string Slug, string Name, string City, string Country, string Address,
    string TimeZone);

/// <summary>
/// The table <c>venues</c>, which only this class writes. Lists and pages of events join it for reading.
/// </summary>
internal static class VenuesStore
{
    private const string AddSql = """
        insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
        values (@Id, @OrganisationId, @Slug, @Name, @City, @Country, @Address, @TimeZone)
        """;

    /// <summary>Adds a venue, inside the connection's transaction if it has one.</summary>
    public static Task AddAsync(
        NpgsqlConnection connection, NewVenue venue, CancellationToken cancellationToken = default) =>
        connection.ExecuteAsync(new CommandDefinition(AddSql, venue, cancellationToken: cancellationToken));
}
