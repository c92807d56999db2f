using Dapper;
using Npgsql;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Catalog.Favourites;

/// <summary>What became of marking something.</summary>
internal enum Marked
{
    Done,

    /// <summary>There is no such event or venue that visitors see.</summary>
    NotFound,

    /// <summary>The account has as many as it may.</summary>
    TooMany,

    /// <summary>The account does not exist any more.</summary>
    NoAccount,
}

/// <summary>The tables <c>favourite_events</c> and <c>followed_venues</c>.</summary>
internal sealed class FavouritesStore(NpgsqlDataSource dataSource)
{
    // One request of an account after the other: two at once could both find room for the last one.
    private const string LockAccountSql = "select true from accounts where id = @accountId for no key update";

    private const string VisibleEvent = "e.status in (1, 2)";

    private const string VisibleVenue =
        $"exists (select from events where venue_id = v.id and {ListedEvents.Condition})";

    private const string FindSql = $"""
        select f.event_id from favourite_events f join events e on e.id = f.event_id
        where f.account_id = @accountId and {VisibleEvent} order by f.added_at desc, f.event_id;
        select v.slug, v.name, v.city from followed_venues f join venues v on v.id = f.venue_id
        where f.account_id = @accountId and {VisibleVenue} order by f.added_at desc, v.id
        """;

    private const string AddEventsSql = $"""
        insert into favourite_events (account_id, event_id)
        select @accountId, e.id
        from unnest(@eventIds) with ordinality asked (id, place) join events e on e.id = asked.id and {VisibleEvent}
        where not exists (select from favourite_events where account_id = @accountId and event_id = e.id)
        order by asked.place
        limit greatest(0, @max - (select count(*) from favourite_events where account_id = @accountId))
        on conflict do nothing
        """;

    private const string AddVenuesSql = $"""
        insert into followed_venues (account_id, venue_id)
        select @accountId, v.id
        from unnest(@slugs) with ordinality asked (slug, place) join venues v on v.slug = asked.slug and {VisibleVenue}
        where not exists (select from followed_venues where account_id = @accountId and venue_id = v.id)
        order by asked.place
        limit greatest(0, @max - (select count(*) from followed_venues where account_id = @accountId))
        on conflict do nothing
        """;

    private const string EventStateSql = $"""
        select exists (select from events e where e.id = @eventId and {VisibleEvent}) as exists,
            exists (select from favourite_events where account_id = @accountId and event_id = @eventId) as is_marked
        """;

    private const string VenueStateSql = $"""
        select exists (select from venues v where v.slug = @slug and {VisibleVenue}) as exists,
            exists (
                select from followed_venues f join venues v on v.id = f.venue_id
                where f.account_id = @accountId and v.slug = @slug) as is_marked
        """;

    private const string RemoveEventSql =
        "delete from favourite_events where account_id = @accountId and event_id = @eventId";

    private const string RemoveVenueSql = """
        delete from followed_venues
        where account_id = @accountId and venue_id = (select id from venues where slug = @slug)
        """;

    /// <summary>All that an account has marked and visitors see.</summary>
    public async Task<MyFavourites> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, accountId, cancellationToken);
    }

    public Task<Marked> AddEventAsync(Guid accountId, Guid eventId, CancellationToken cancellationToken) =>
        AddAsync(
            accountId, EventStateSql, AddEventsSql,
            new { accountId, eventId, eventIds = new[] { eventId }, max = FavouritesLimits.MaxEvents },
            cancellationToken);

    public Task<Marked> AddVenueAsync(Guid accountId, string slug, CancellationToken cancellationToken) =>
        AddAsync(
            accountId, VenueStateSql, AddVenuesSql,
            new { accountId, slug, slugs = new[] { slug }, max = FavouritesLimits.MaxVenues }, cancellationToken);

    /// <summary>
    /// Adds what exists, in order, until the account has as many as it may; null: the account does not exist any more.
    /// </summary>
    public async Task<MyFavourites?> MergeAsync(
        Guid accountId, Guid[] eventIds, string[] slugs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(connection, accountId, cancellationToken))
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            AddEventsSql, new { accountId, eventIds, max = FavouritesLimits.MaxEvents },
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            AddVenuesSql, new { accountId, slugs, max = FavouritesLimits.MaxVenues },
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return await FindAsync(connection, accountId, cancellationToken);
    }

    public Task RemoveEventAsync(Guid accountId, Guid eventId, CancellationToken cancellationToken) =>
        ExecuteAsync(RemoveEventSql, new { accountId, eventId }, cancellationToken);

    public Task RemoveVenueAsync(Guid accountId, string slug, CancellationToken cancellationToken) =>
        ExecuteAsync(RemoveVenueSql, new { accountId, slug }, cancellationToken);

    private static async Task<MyFavourites> FindAsync(
        NpgsqlConnection connection, Guid accountId, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(FindSql, new { accountId }, cancellationToken: cancellationToken));
        return new MyFavourites(
            (await results.ReadAsync<Guid>()).AsList(), (await results.ReadAsync<FollowedVenue>()).AsList());
    }

    private async Task<Marked> AddAsync(
        Guid accountId, string stateSql, string addSql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(connection, accountId, cancellationToken))
            return Marked.NoAccount;
        var (exists, isMarked) = await connection.QuerySingleAsync<(bool Exists, bool IsMarked)>(
            new CommandDefinition(stateSql, parameters, cancellationToken: cancellationToken));
        if (!exists)
            return Marked.NotFound;
        if (isMarked)
            return Marked.Done;
        var added = await connection.ExecuteAsync(
            new CommandDefinition(addSql, parameters, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return added > 0 ? Marked.Done : Marked.TooMany;
    }

    private static async Task<bool> LockAsync(
        NpgsqlConnection connection, Guid accountId, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            LockAccountSql, new { accountId }, cancellationToken: cancellationToken)) is true;

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}
