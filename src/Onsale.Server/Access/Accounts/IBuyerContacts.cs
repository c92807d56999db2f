using Npgsql;

namespace Onsale.Server.Access.Accounts;

/// <summary>Personal data of buyers that belongs to a later module.</summary>
internal interface IBuyerContacts
{
    /// <summary>Erases names and e-mail addresses from everything that a buyer booked.</summary>
    /// <param name="connection">In the transaction that deletes the account: both happen or neither.</param>
    /// <param name="buyerId">The account.</param>
    /// <param name="verifiedEmail">
    /// Its address, of which others may have written; null where mail to it was never shown to arrive: anybody can
    /// register with anybody's address, and what others wrote of it is then that person's.
    /// </param>
    Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail);
}
