using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>How far the intent of a payment attempt has come here. Stored as a number: append only.</summary>
internal enum IntentState
{
    /// <summary>To be made; nothing can be charged yet.</summary>
    Begun = 0,

    /// <summary>Made, and confirmed from then on: Stripe knows what became of it.</summary>
    Confirming = 1,

    /// <summary>Given up before it was confirmed: it never will be.</summary>
    GivenUp = 2,
}

/// <summary>The intent of a payment attempt.</summary>
/// <param name="Amount">In Stripe's units.</param>
internal sealed record KnownIntent(
    Guid Reference, Guid? BookingId, string? IntentId, IntentState State, bool IsOpen, long Amount, string Currency);

/// <summary>The table <c>stripe_intents</c>.</summary>
internal sealed class StripeIntentStore(NpgsqlDataSource dataSource)
{
    private const string Columns =
        "reference, booking_id, intent_id, state::integer as state, is_open, amount, currency";

    private const string BeginSql = """
        insert into stripe_intents (reference, event_id, booking_id, amount, currency)
        values (@Reference, @EventId, @BookingId, @amount, @Currency) on conflict (reference) do nothing
        """;

    private const string ConfirmingSql = """
        update stripe_intents set state = 1, intent_id = @intentId, changed_at = (select clock_timestamp())
        where reference = @reference and state = 0
        """;

    private const string OpenSql = """
        update stripe_intents set is_open = true, changed_at = (select clock_timestamp()) where reference = @reference
        """;

    private const string GiveUpSql = """
        insert into stripe_intents (reference, amount, currency, state) values (@reference, 0, 'XXX', 2)
        on conflict (reference) do update set state = 2, changed_at = (select clock_timestamp())
            where stripe_intents.state = 0
        """;

    private const string FindSql = $"select {Columns} from stripe_intents where reference = @reference";

    private const string OfIntentSql = $"select {Columns} from stripe_intents where intent_id = @intentId";

    /// <summary>Notes that an intent will be made, before Stripe hears of it.</summary>
    public Task BeginAsync(Charge charge, long amount) => ExecuteAsync(BeginSql, new
    {
        charge.Reference,
        charge.EventId,
        charge.BookingId,
        amount,
        charge.Currency,
    });

    /// <summary>Notes which intent it is, before it is confirmed; false: the attempt was given up meanwhile.</summary>
    public async Task<bool> SetConfirmingAsync(Guid reference, string intentId) =>
        await ExecuteAsync(ConfirmingSql, new { reference, intentId }) > 0;

    /// <summary>Its answer takes longer than a request.</summary>
    public Task SetOpenAsync(Guid reference) => ExecuteAsync(OpenSql, new { reference });

    /// <summary>The attempt, given up if it was not confirmed yet, so that it never will be.</summary>
    public async Task<KnownIntent> FindOrGiveUpAsync(Guid reference)
    {
        await ExecuteAsync(GiveUpSql, new { reference });
        return (await FindAsync(reference))!;
    }

    public Task<KnownIntent?> FindAsync(Guid reference) => QueryAsync(FindSql, new { reference });

    public Task<KnownIntent?> FindAsync(string intentId) => QueryAsync(OfIntentSql, new { intentId });

    private async Task<KnownIntent?> QueryAsync(string sql, object values)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            return await connection.QuerySingleOrDefaultAsync<KnownIntent>(sql, values);
        }
        catch (NpgsqlException exception)
        {
            throw Unreachable(exception);
        }
    }

    private async Task<int> ExecuteAsync(string sql, object values)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            return await connection.ExecuteAsync(sql, values);
        }
        catch (NpgsqlException exception)
        {
            throw Unreachable(exception);
        }
    }

    // Without it nothing is known of a payment that may be under way, as when the provider is silent.
    private static PaymentProviderException Unreachable(NpgsqlException exception) =>
        new("What is known of payments by Stripe cannot be reached.", exception);
}
