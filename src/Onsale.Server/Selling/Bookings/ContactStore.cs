using Dapper;
using Npgsql;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings;

/// <summary>A booking's contact; without name and e-mail once the person is erased.</summary>
internal sealed record Contact(string OrderCode, string? Name, string? Email, string? Language);

/// <summary>SQL of the contacts of bookings.</summary>
internal sealed class ContactStore(NpgsqlDataSource dataSource) : IBuyerContacts, IBookingDetails
{
    private const string CodeConstraint = "booking_contacts_event_id_order_code_key";

    // The code stays when the contact changes: it may have been written down.
    private const string SetSql = """
        insert into booking_contacts (event_id, booking_id, order_code, name, email, email_key, language)
        select b.event_id, b.id, @code, @name, @email, normalize(@emailKey, NFC), @language
        from bookings b where b.event_id = @eventId and b.id = @bookingId and b.buyer_id = @buyerId
        on conflict (event_id, booking_id) do update
        set name = excluded.name, email = excluded.email, email_key = excluded.email_key,
            language = excluded.language, changed_at = clock_timestamp()
        returning order_code, name, email, language
        """;

    // With a code of its own; a person who was erased since stays so.
    private const string CopySql = """
        insert into booking_contacts (event_id, booking_id, order_code, name, email, email_key, language)
        select event_id, @to, @code, name, email, email_key, language
        from booking_contacts where event_id = @eventId and booking_id = @from
        on conflict (event_id, booking_id) do nothing
        """;

    private const string FindSql = """
        select booking_id, order_code, name, email, language from booking_contacts
        where event_id = any (@eventIds) and booking_id = any (@bookingIds)
        """;

    // Two bookings with one code and one e-mail address are possible and will not be seen.
    private const string FindOrderSql = """
        select event_id, booking_id from booking_contacts
        where order_code = @code and email_key = normalize(@emailKey, NFC) order by booking_id desc limit 1
        """;

    private const string EraseSql = """
        update booking_contacts c
        set name = null, email = null, email_key = null, language = null, changed_at = clock_timestamp()
        from bookings b
        where b.buyer_id = @buyerId and c.event_id = b.event_id and c.booking_id = b.id
        """;

    /// <summary>Where codes come from.</summary>
    internal Func<string> NewCode { get; init; } = OrderCodes.New;

    /// <summary>Sets a booking's contact and gives it an order code with the first; null: not this buyer's.</summary>
    public async Task<Contact?> SetAsync(
        Guid eventId, Guid bookingId, Guid buyerId, string? name, string? email, string? language)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await WithCodeAsync(code => connection.QuerySingleOrDefaultAsync<Contact>(SetSql, new
        {
            eventId,
            bookingId,
            buyerId,
            code,
            name,
            email,
            emailKey = new EmailNormalizer().NormalizeEmail(email),
            language,
        }));
    }

    /// <inheritdoc/>
    public async Task CopyAsync(Guid eventId, Guid from, Guid to)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await WithCodeAsync(code => connection.ExecuteAsync(CopySql, new { eventId, from, to, code }));
    }

    private async Task<T> WithCodeAsync<T>(Func<string, Task<T>> writeAsync)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await writeAsync(NewCode());
            }
            catch (PostgresException exception) when (
                exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: CodeConstraint }
                && attempt < BookingsLimits.MaxOrderCodeTries)
            {
                // Another booking of the event has this code: draw again.
            }
        }
    }

    /// <summary>The contact of a booking; null: none was given.</summary>
    public async Task<Contact?> FindAsync(Guid eventId, Guid bookingId) =>
        (await FindAsync([eventId], [bookingId])).GetValueOrDefault(bookingId);

    /// <summary>Contacts of several bookings, by booking.</summary>
    public async Task<IReadOnlyDictionary<Guid, Contact>> FindAsync(Guid[] eventIds, Guid[] bookingIds)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var rows =
            await connection.QueryAsync<(Guid BookingId, string Code, string? Name, string? Email, string? Language)>(
            FindSql, new { eventIds, bookingIds });
        return rows.ToDictionary(row => row.BookingId, row => new Contact(row.Code, row.Name, row.Email, row.Language));
    }

    /// <summary>The booking with this code and e-mail address; null: there is none.</summary>
    public async Task<(Guid EventId, Guid BookingId)?> FindOrderAsync(string code, string email)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<(Guid, Guid)?>(
            FindOrderSql, new { code, emailKey = new EmailNormalizer().NormalizeEmail(email) });
    }

    /// <inheritdoc/>
    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(EraseSql, new { buyerId });
}
