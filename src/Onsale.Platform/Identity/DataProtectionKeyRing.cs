using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Onsale.Platform.Database;

namespace Onsale.Platform.Identity;

/// <summary>Data-protection keys in PostgreSQL, so that any node accepts what another has protected.</summary>
/// <remarks>It is made before the database is started, hence asks for the data source only when it is used.</remarks>
internal sealed class PostgresKeyRepository(DatabaseServer database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.DataSource.OpenConnection();
        return [.. connection.Query<string>("select xml from data_protection_keys order by created_at")
            .Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.DataSource.OpenConnection();
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
    DatabaseServer database, IDataProtectionProvider provider, KeyEncryption encryption, ILogger<DataProtectionKeyRing> logger)
    : IHostedLifecycleService
{
    private const long AdvisoryLock = 0x0052_4E53_414C_4502;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // The program's own cluster is as private as a key beside it would be.
        if (encryption.Secret is null && database.Embedded is null)
            LogUnencrypted(KeyEncryption.Setting);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@key)", new { key = AdvisoryLock }, transaction);
        provider.CreateProtector(nameof(DataProtectionKeyRing)).Protect([]);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning,
        Message = "Who can read the database can make access tokens: set {Setting} to keep the keys there encrypted")]
    private partial void LogUnencrypted(string setting);
}

/// <summary>Puts the keys into PostgreSQL, encrypted where there is a secret to do it with.</summary>
internal sealed class KeyStorage(DatabaseServer database, KeyEncryption encryption)
    : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new PostgresKeyRepository(database);
        if (encryption.Secret is { } secret)
            options.XmlEncryptor = new KeyEncryptor(secret);
    }
}
