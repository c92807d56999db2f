using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// An attempt to sign in, counted: the account if there is one, or for how long attempts are refused.
/// </summary>
internal readonly record struct SignInAttempt(Account? Account, int? BlockedForSeconds);

/// <summary>
/// Counts attempts by e-mail in fixed windows, in the database, before the password is looked at: a thousand guesses
/// sent at once get no more tries than ten sent one by one. Identity's own lockout counts in memory, after the fact,
/// and only for accounts that exist, which a clock can tell apart.
/// </summary>
internal sealed class SignInAttempts(NpgsqlDataSource dataSource, ILookupNormalizer normalizer)
{
    private const string CountSql = """
        with attempt as (
            insert into sign_in_attempts as a (email_hash, attempts, since)
            values (@hash, 1, now())
            on conflict (email_hash) do update
            set attempts = case when a.since <= now() - make_interval(secs => @window) then 1
                                else least(a.attempts, @allowed) + 1 end,
                since = case when a.since <= now() - make_interval(secs => @window) then now() else a.since end
            returning attempts,
                      ceil(extract(epoch from since + make_interval(secs => @window) - now()))::integer as rest
        )
        select case when attempt.attempts > @allowed then greatest(attempt.rest, 1) end as blocked_for_seconds,
               acc.id, acc.email, acc.email_key, acc.name, acc.password_hash, acc.security_stamp, acc.roles
        from attempt left join accounts acc on acc.email_key = normalize(@key, NFC)
        """;

    public async Task<SignInAttempt> CountAsync(string email, CancellationToken cancellationToken)
    {
        var key = Key(email);
        var parameters = new
        {
            key,
            hash = Hash(key),
            window = AccountsLimits.SignInWindowSeconds,
            allowed = AccountsLimits.SignInAttempts,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<int?, Account?, SignInAttempt>(
            new CommandDefinition(CountSql, parameters, cancellationToken: cancellationToken),
            (blockedForSeconds, account) => new SignInAttempt(account, blockedForSeconds));
        return rows.Single();
    }

    /// <summary>Starts anew after a success.</summary>
    public async Task ForgetAsync(string email, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from sign_in_attempts where email_hash = @hash",
            new { hash = Hash(Key(email)) }, cancellationToken: cancellationToken));
    }

    private string Key(string email) => normalizer.NormalizeEmail(email.Trim());

    // Attempts name e-mails of people who may have nothing to do with this shop: they are not written down.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
