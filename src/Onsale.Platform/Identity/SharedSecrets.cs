using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Onsale.Platform.Database;

namespace Onsale.Platform.Identity;

/// <summary>
/// Random secrets that all nodes of one database share, stored under the data-protection keys. Read before anything is
/// served.
/// </summary>
internal sealed partial class SharedSecrets(
    DatabaseServer database, IDataProtectionProvider protection, KeyedHash hash, ILogger<SharedSecrets> logger)
    : IHostedLifecycleService
{
    private const string HashKey = "keyed-hash";

    private const string InsertSql = """
        insert into shared_secrets (name, protected_value) values ($1, $2) on conflict do nothing
        """;

    // Another node may have replaced it meanwhile; both then read the same row.
    private const string ReplaceSql = """
        update shared_secrets set protected_value = $2, created_at = now() where name = $1 and protected_value = $3
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("Onsale.SharedSecrets");

    public async Task StartingAsync(CancellationToken cancellationToken) =>
        hash.Use(await GetAsync(HashKey, cancellationToken));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<byte[]> GetAsync(string name, CancellationToken cancellationToken)
    {
        var created = _protector.Protect(RandomNumberGenerator.GetBytes(KeyedHash.KeyBytes));
        await ExecuteAsync(InsertSql, name, created, previous: null, cancellationToken);
        var stored = await ReadAsync(name, cancellationToken);
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException exception)
        {
            // The keys were encrypted with another secret than this installation has now.
            LogReplaced(exception, name);
            await ExecuteAsync(ReplaceSql, name, created, stored, cancellationToken);
            return _protector.Unprotect(await ReadAsync(name, cancellationToken));
        }
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<byte[]>(new CommandDefinition(
            "select protected_value from shared_secrets where name = @name", new { name },
            cancellationToken: cancellationToken));
    }

    private async Task ExecuteAsync(
        string sql, string name, byte[] value, byte[]? previous, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value });
        if (previous is not null)
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = previous });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning,
        Message = "Shared secret {Name} could not be decrypted and was replaced: pseudonyms in logs change")]
    private partial void LogReplaced(Exception exception, string name);
}
