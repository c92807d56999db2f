using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Database;

namespace Onsale.Platform.Identity;

/// <summary>Data-protection keys in PostgreSQL, so that any node accepts what another has protected.</summary>
internal sealed class PostgresKeyRepository(NpgsqlDataSource dataSource) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = dataSource.OpenConnection();
        return [.. connection.Query<string>("select xml from data_protection_keys order by created_at")
            .Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = dataSource.OpenConnection();
        connection.Execute(
            "insert into data_protection_keys (friendly_name, xml) values (@friendlyName, @xml)",
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}

/// <summary>
/// Makes the first key under a lock before anything is served: nodes that start together on a new database would each
/// make their own, and refuse one another's tokens until they read the keys again.
/// </summary>
internal sealed partial class DataProtectionKeyRing(
    DatabaseServer database, IDataProtectionProvider provider, KeyEncryption encryption, TimeProvider time,
    ILogger<DataProtectionKeyRing> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // The program's own cluster is as private as a key beside it would be.
        if (encryption.Secret is null && !database.IsEmbedded)
            LogUnencrypted(KeyEncryption.Setting);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await DatabaseLocks.WaitAsync(
            connection, DatabaseLocks.FirstProtectionKey, "the first data-protection key", ofTransaction: true, time,
            logger, cancellationToken);
        provider.CreateProtector(nameof(DataProtectionKeyRing)).Protect([]);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning,
        Message = "Data-protection keys are stored unencrypted in the database, and its readers can make access "
            + "tokens: set {Setting}")]
    private partial void LogUnencrypted(string setting);
}

/// <summary>Puts the keys into PostgreSQL, encrypted where there is a secret to do it with.</summary>
internal sealed class KeyStorage(NpgsqlDataSource dataSource, KeyEncryption encryption)
    : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new PostgresKeyRepository(dataSource);
        if (encryption.Secret is { } secret)
            options.XmlEncryptor = new KeyEncryptor(secret);
    }
}
