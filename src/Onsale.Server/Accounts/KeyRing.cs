using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Onsale.Server.Database;

namespace Onsale.Server.Accounts;

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
internal sealed class KeyRing(DatabaseServer database, IDataProtectionProvider provider) : IHostedLifecycleService
{
    private const long AdvisoryLock = 0x0052_4E53_414C_4502;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@key)", new { key = AdvisoryLock }, transaction);
        provider.CreateProtector(nameof(KeyRing)).Protect([]);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Puts the keys into PostgreSQL.</summary>
internal sealed class KeyStorage(DatabaseServer database) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = new PostgresKeyRepository(database);
}
