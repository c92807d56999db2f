using Dapper;
using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>A guest whose bookings go to an account.</summary>
/// <param name="GuestId">The identity that has ended.</param>
/// <param name="AccountId">Whose its bookings become.</param>
/// <param name="Tries">How often they have been moved before.</param>
internal sealed record GuestMerge(Guid GuestId, Guid AccountId, int Tries);

/// <summary>SQL of ended guest identities. A guest that registers gets its row with its account's.</summary>
internal sealed class GuestMergeStore(NpgsqlDataSource dataSource)
{
    // The primary key decides between two sign-ins, or a sign-in and a registration, with one guest's token.
    private const string AddSql = """
        insert into guest_merges (guest_id, account_id, next_try_at)
        select @guestId, @accountId, clock_timestamp() + make_interval(secs => @leaseSeconds)
        where not exists (select from accounts where id = @guestId)
        on conflict (guest_id) do nothing
        """;

    private const string IsEndedSql = """
        select exists (select from guest_merges where guest_id = $1) or exists (select from accounts where id = $1)
        """;

    private const string EndedLatelySql = """
        select guest_id from guest_merges where merged_at > clock_timestamp() - make_interval(secs => @seconds)
        """;

    private const string AccountOfSql = "select account_id from guest_merges where guest_id = @guestId";

    private const string ClaimSql = """
        update guest_merges
        set next_try_at = clock_timestamp() + make_interval(secs => @leaseSeconds), tries = tries + 1
        where guest_id = any (array(
            select guest_id from guest_merges where state = 0 and next_try_at <= clock_timestamp()
            order by next_try_at limit @limit for update skip locked))
        returning guest_id, account_id, tries
        """;

    private const string PostponeSql = """
        update guest_merges set next_try_at = clock_timestamp() + make_interval(secs => @seconds)
        where guest_id = @guestId and state = 0
        """;

    // Holds that were under way when the identity ended, at any node, are there before its last token is over.
    private const string DecidedSql = """
        update guest_merges
        set state = case when merged_at < clock_timestamp() - make_interval(mins => @lastLookMinutes) then 1 else 0 end,
            next_try_at = merged_at + make_interval(mins => @lastLookMinutes, secs => 1)
        where guest_id = @guestId and state = 0
        """;

    /// <summary>Notes that a guest's bookings go to an account; false: the guest's identity has ended before.</summary>
    public async Task<bool> AddAsync(Guid guestId, Guid accountId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(
            AddSql, new { guestId, accountId, leaseSeconds = AccountsLimits.MergeLeaseSeconds }) > 0;
    }

    /// <summary>Whether a guest has become an account or was merged into one.</summary>
    public async Task<bool> IsEndedAsync(Guid guestId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(IsEndedSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = guestId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Guests whose identity ended in the last seconds.</summary>
    public async Task<IReadOnlyList<Guid>> FindEndedAsync(int seconds, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(
            new CommandDefinition(EndedLatelySql, new { seconds }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Whose a guest's bookings are by now: the account's, or still the guest's own.</summary>
    public async Task<Guid> FindOwnerAsync(Guid buyerId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(AccountOfSql, new { guestId = buyerId }) ?? buyerId;
    }

    /// <summary>Merges that are due, each for one node and one try.</summary>
    public async Task<IReadOnlyList<GuestMerge>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<GuestMerge>(new CommandDefinition(
            ClaimSql, new { leaseSeconds = AccountsLimits.MergeLeaseSeconds, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Some bookings could not be decided: try again.</summary>
    public Task PostponeAsync(Guid guestId, int seconds) => ExecuteAsync(PostponeSql, new { guestId, seconds });

    /// <summary>Every booking that there was is decided.</summary>
    public Task DecidedAsync(Guid guestId) =>
        ExecuteAsync(DecidedSql, new { guestId, lastLookMinutes = AccountsLimits.MergeLastLookMinutes });

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
