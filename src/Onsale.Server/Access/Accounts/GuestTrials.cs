using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Deletes the sessions of guests that have not been used for an hour and never booked: what a flood of guests leaves
/// behind is gone soon. A guest with a booking is found here before that and keeps its session for the usual time. By
/// then its last access token has expired long ago, so none can be booking meanwhile.
/// </summary>
internal sealed class GuestTrials(NpgsqlDataSource dataSource, IGuestBookings bookings)
{
    private const string FindSql = """
        select id, subject_id from sessions
        where is_trial and rotated_at < now() - make_interval(mins => $1)
        order by rotated_at limit $2
        """;

    private const string KeepSql = "update sessions set is_trial = false where id = any ($1) and is_trial";

    // Used again meanwhile: it stays.
    private const string DeleteSql = """
        delete from sessions where id = any (array(
            select id from sessions
            where id = any ($1) and is_trial and rotated_at < now() - make_interval(mins => $2)
            for update skip locked))
        """;

    /// <summary>One round; answers how many sessions it deleted.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        for (var batch = 0; batch < AccountsLimits.CleanUpBatches; batch++)
        {
            var trials = await FindAsync(cancellationToken);
            if (trials.Count == 0)
                break;
            var booked = (await bookings.FindGuestsThatBookedAsync(
                [.. trials.Select(trial => trial.GuestId)], cancellationToken)).ToHashSet();
            var (keep, delete) = (
                trials.Where(trial => booked.Contains(trial.GuestId)).Select(trial => trial.Id).ToArray(),
                trials.Where(trial => !booked.Contains(trial.GuestId)).Select(trial => trial.Id).ToArray());
            if (keep.Length > 0)
                await ExecuteAsync(KeepSql, keep, minutes: null, cancellationToken);
            if (delete.Length > 0)
                total += await ExecuteAsync(DeleteSql, delete, AccountsLimits.TrialMinutes, cancellationToken);
            if (trials.Count < AccountsLimits.CleanUpBatchRows)
                break;
        }

        return total;
    }

    private async Task<List<(Guid Id, Guid GuestId)>> FindAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AccountsLimits.TrialMinutes });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AccountsLimits.CleanUpBatchRows });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<(Guid, Guid)> trials = [];
        while (await rows.ReadAsync(cancellationToken))
            trials.Add((rows.GetGuid(0), rows.GetGuid(1)));
        return trials;
    }

    private async Task<int> ExecuteAsync(
        string sql, Guid[] ids, int? minutes, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        if (minutes is { } value)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
