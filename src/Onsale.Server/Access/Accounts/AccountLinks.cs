using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>What a mailed link is for. Stored as a number: append only.</summary>
internal enum AccountLinkKind
{
    /// <summary>Sets another password.</summary>
    PasswordReset = 0,

    /// <summary>Confirms that mail to the address arrives.</summary>
    EmailVerification = 1,
}

/// <summary>
/// Links that are mailed to accounts: a secret of 256 bits of which only the hash is stored, good once, for a limited
/// time, and only while the account has the address that it was mailed to.
/// </summary>
internal sealed class AccountLinks(NpgsqlDataSource dataSource)
{
    private const int SecretBytes = 32;

    private const string AddSql = """
        insert into account_links (token_hash, kind, account_id, email_key, expires_at)
        values (@hash, @kind, @Id, @EmailKey, clock_timestamp() + make_interval(mins => @minutes))
        """;

    // An older link for the same is worth nothing once there is a newer one.
    private const string ReplaceSql = "delete from account_links where account_id = @Id and kind = @kind";

    private const string FindSql = """
        select l.account_id from account_links l join accounts a on a.id = l.account_id and a.email_key = l.email_key
        where l.token_hash = @hash and l.kind = @kind and l.expires_at > clock_timestamp()
        """;

    private const string TakeSql = """
        delete from account_links l using accounts a
        where l.token_hash = @hash and l.kind = @kind and a.id = l.account_id and a.email_key = l.email_key
            and l.expires_at > clock_timestamp()
        returning l.account_id
        """;

    private const string DeleteExpiredSql = "delete from account_links where expires_at < clock_timestamp()";

    /// <summary>Makes a link in the connection's transaction, instead of earlier ones of its kind.</summary>
    /// <returns>The token that the link carries.</returns>
    public static async Task<string> CreateAsync(
        NpgsqlConnection connection, Account account, AccountLinkKind kind, int minutes)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        await connection.ExecuteAsync(ReplaceSql, new { account.Id, kind = (short)kind });
        await connection.ExecuteAsync(
            AddSql,
            new { hash = SHA256.HashData(secret), kind = (short)kind, account.Id, account.EmailKey, minutes });
        return Base64Url.EncodeToString(secret);
    }

    /// <summary>Whose link it is, without using it up; null: it is not good, or not good any more.</summary>
    public async Task<Guid?> FindAsync(string token, AccountLinkKind kind, CancellationToken cancellationToken)
    {
        if (HashOf(token) is not { } hash)
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            FindSql, new { hash, kind = (short)kind }, cancellationToken: cancellationToken));
    }

    /// <summary>Uses a link up in the connection's transaction; null: it is not good, or not good any more.</summary>
    public static async Task<Guid?> TakeAsync(NpgsqlConnection connection, string token, AccountLinkKind kind) =>
        HashOf(token) is { } hash
            ? await connection.QuerySingleOrDefaultAsync<Guid?>(TakeSql, new { hash, kind = (short)kind })
            : null;

    /// <summary>What a token is called where it may be read: it cannot be used, and no other has it.</summary>
    public static string NameOf(string token) => Convert.ToHexStringLower(HashOf(token)!);

    /// <summary>Deletes those whose time is over.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(DeleteExpiredSql, cancellationToken: cancellationToken));
    }

    private static byte[]? HashOf(string? token)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        return token?.Length == Base64Url.GetEncodedLength(SecretBytes)
            && Base64Url.TryDecodeFromChars(token, secret, out var written) && written == SecretBytes
                ? SHA256.HashData(secret)
                : null;
    }
}
