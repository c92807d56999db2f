using Dapper;
using Npgsql;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>An attempt at a password, counted.</summary>
/// <param name="BlockedForSeconds">For how long attempts like this one are refused; null: it may be made.</param>
/// <param name="Scope">What is over its limit: <c>device</c>, <c>address</c> or <c>email</c>.</param>
/// <param name="Keys">The counters it was added to.</param>
internal readonly record struct SignInAttempt(int? BlockedForSeconds, string Scope, byte[][] Keys);

/// <summary>
/// Counts attempts at passwords in fixed windows, in the database, before a password is compared: a thousand guesses
/// sent at once get no more tries than ten sent one by one. Identity's own lockout counts in memory, after the
/// comparison, and only for accounts that exist, which can be told apart by timing.
/// </summary>
/// <remarks>
/// An attempt from a device on which the account has signed in before counts for that device alone. Any other counts
/// for its e-mail and address range together, and only when these are within their limit for the e-mail: one stranger
/// cannot spend what the owner has, and many who together do so do not lock out the owner's own devices.
/// </remarks>
internal sealed class SignInAttempts(NpgsqlDataSource dataSource, KeyedHash hash)
{
    private const string CountSql = """
        insert into sign_in_attempts as a (key_hash, attempts, since)
        values (@key, 1, now())
        on conflict (key_hash) do update
        set attempts = case when a.since <= now() - make_interval(secs => @window) then 1
                            else least(a.attempts, @allowed) + 1 end,
            since = case when a.since <= now() - make_interval(secs => @window) then now() else a.since end
        returning case when attempts > @allowed then greatest(1, ceil(extract(
            epoch from since + make_interval(secs => @window) - now()))::integer) end
        """;

    /// <summary>Counts an attempt.</summary>
    /// <param name="emailKey">The normalized e-mail, whether or not it has an account.</param>
    /// <param name="address">The caller's address range.</param>
    /// <param name="knownDevice">The device, when the account has signed in on it before.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    public async Task<SignInAttempt> CountAsync(
        string emailKey, UInt128 address, Guid? knownDevice, CancellationToken cancellationToken)
    {
        if (knownDevice is { } device)
        {
            var ofDevice = hash.Of("attempts-device", device.ToString());
            return new SignInAttempt(
                await CountAsync(ofDevice, AccountsLimits.SignInAttempts, cancellationToken), "device", [ofDevice]);
        }

        var ofPair = hash.Of("attempts-address", $"{address:x} {emailKey}");
        if (await CountAsync(ofPair, AccountsLimits.SignInAttempts, cancellationToken) is { } seconds)
            return new SignInAttempt(seconds, "address", [ofPair]);
        var ofEmail = hash.Of("attempts-email", emailKey);
        return new SignInAttempt(
            await CountAsync(ofEmail, AccountsLimits.SignInAttemptsPerEmail, cancellationToken), "email",
            [ofPair, ofEmail]);
    }

    /// <summary>Takes an attempt back whose password was not compared after all.</summary>
    public Task GiveBackAsync(SignInAttempt attempt, CancellationToken cancellationToken) => ExecuteAsync(
        "update sign_in_attempts set attempts = greatest(attempts - 1, 0) where key_hash = any (@Keys)", attempt,
        cancellationToken);

    /// <summary>Starts counting from zero after a success.</summary>
    public Task ForgetAsync(SignInAttempt attempt, CancellationToken cancellationToken) =>
        ExecuteAsync("delete from sign_in_attempts where key_hash = any (@Keys)", attempt, cancellationToken);

    /// <returns>Seconds until the next attempt, or null when this one is within the limit.</returns>
    private async Task<int?> CountAsync(byte[] key, int allowed, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<int?>(new CommandDefinition(
            CountSql, new { key, window = AccountsLimits.SignInWindowSeconds, allowed },
            cancellationToken: cancellationToken));
    }

    private async Task ExecuteAsync(string sql, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, new { attempt.Keys }, cancellationToken: cancellationToken));
    }
}
