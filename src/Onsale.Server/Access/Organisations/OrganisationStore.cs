using Dapper;
using Npgsql;

namespace Onsale.Server.Access.Organisations;

/// <summary>The table <c>organisations</c>.</summary>
internal static class OrganisationStore
{
    private const string AddSql =
        "insert into organisations (id, slug, name) values (@id, @slug, @name) on conflict do nothing";

    /// <summary>Adds an organisation unless it is there already.</summary>
    public static Task AddAsync(
        NpgsqlConnection connection, Guid id, string slug, string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(AddSql, new { id, slug, name }, cancellationToken: cancellationToken));
}
