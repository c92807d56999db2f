using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>What deleting an account does to its memberships, which belong to a later module.</summary>
internal interface IAccountMemberships
{
    /// <summary>Ends all memberships of an account in the transaction of its deletion.</summary>
    /// <returns>False: an organisation would be left without an owner, and nothing was changed.</returns>
    Task<bool> EndAllAsync(NpgsqlConnection connection, Guid accountId, CancellationToken cancellationToken);
}
