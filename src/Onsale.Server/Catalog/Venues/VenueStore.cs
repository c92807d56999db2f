using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

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
    string TimeZone)
{
    public string Accessibility { get; init; } = "";

    public string MapUrl { get; init; } = "";

    public string Transport { get; init; } = "";

    public VenueCoordinates? Coordinates { get; init; }

    public decimal? Latitude => Coordinates?.Latitude;

    public decimal? Longitude => Coordinates?.Longitude;
}

/// <summary>The table <c>venues</c>.</summary>
internal sealed class VenueStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string AddSql = """
        insert into venues (
            id, organisation_id, slug, name, city, country, address, time_zone, accessibility, map_url, transport,
            latitude, longitude)
        values (
            @Id, @OrganisationId, @Slug, @Name, @City, @Country, @Address, @TimeZone, @Accessibility, @MapUrl,
            @Transport, @Latitude, @Longitude)
        """;

    private const string Columns = """
        id, slug, name, city, country, address, time_zone, accessibility, map_url, transport,
        coalesce(trim_scale(latitude) || ', ' || trim_scale(longitude), '') as coordinates
        """;

    private const string ListSql = $"""
        select {Columns} from venues where organisation_id = @organisationId
        order by name, id limit @limit offset @offset
        """;

    private const string CountSql = "select count(*) from venues where organisation_id = @organisationId";

    private const string FindSql = $"select {Columns} from venues where id = @id and organisation_id = @organisationId";

    private const string ChangeSql = """
        update venues set name = @Name, city = @City, country = @Country, address = @Address, time_zone = @TimeZone,
            accessibility = @Accessibility, map_url = @MapUrl, transport = @Transport,
            latitude = @Latitude, longitude = @Longitude
        where id = @Id and organisation_id = @OrganisationId
        """;

    public static Task AddAsync(NpgsqlConnection connection, NewVenue venue, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(AddSql, venue, cancellationToken: cancellationToken));

    /// <summary>Adds a venue; false: the organisation has as many as it may.</summary>
    public async Task<bool> AddAsync(Actor actor, NewVenue venue, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            CountSql, new { actor.OrganisationId }, cancellationToken: cancellationToken)) >= VenuesLimits.MaxVenues)
        {
            return false;
        }

        await AddAsync(connection, venue, cancellationToken);
        await activities.AddAsync(
            connection, new Activity(actor, "venue.added", "venue", $"{venue.Id}"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The venues of an organisation, by name.</summary>
    public async Task<(IReadOnlyList<VenueDetails> Rows, long Total)> ListAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, new { organisationId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<VenueDetails>(new CommandDefinition(
            ListSql, new { organisationId, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>A venue of an organisation; null: it has no such venue.</summary>
    public async Task<VenueDetails?> FindAsync(Guid organisationId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<VenueDetails>(new CommandDefinition(
            FindSql, new { id, organisationId }, cancellationToken: cancellationToken));
    }

    /// <summary>Changes a venue; null: the organisation has no such venue.</summary>
    public async Task<VenueDetails?> ChangeAsync(
        Actor actor, Guid id, Func<VenueDetails, VenueDetails> change, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<VenueDetails>(new CommandDefinition(
            $"{FindSql} for no key update", new { id, actor.OrganisationId },
            cancellationToken: cancellationToken)) is not { } before)
        {
            return null;
        }

        var after = change(before);
        var activity = new Activity(actor, "venue.changed", "venue", $"{id}")
            .Between(before, after, VenuesJson.Default.VenueDetails);
        if (activity.IsEmpty)
            return before;
        var coordinates = VenueCoordinates.TryParse(after.Coordinates);
        await connection.ExecuteAsync(new CommandDefinition(
            ChangeSql,
            new
            {
                after.Id,
                actor.OrganisationId,
                after.Name,
                after.City,
                after.Country,
                after.Address,
                after.TimeZone,
                after.Accessibility,
                after.MapUrl,
                after.Transport,
                coordinates?.Latitude,
                coordinates?.Longitude,
            },
            cancellationToken: cancellationToken));
        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return after;
    }
}
