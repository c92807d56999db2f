using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>Personal data of buyers that belongs to a later module.</summary>
internal interface IBuyerContacts
{
    /// <summary>Erases names and e-mail addresses from everything that a buyer booked.</summary>
    /// <param name="connection">In the transaction that deletes the account: both happen or neither.</param>
    /// <param name="buyerId">The account.</param>
    /// <param name="email">Its address, of which others may have written.</param>
    Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string email);
}
