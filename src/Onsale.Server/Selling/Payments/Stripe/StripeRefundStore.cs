using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>What Stripe said of a refund. Stored as a number: append only.</summary>
internal enum KnownRefundState
{
    Asked = 0,
    Succeeded = 1,
    Pending = 2,
    Failed = 3,
}

/// <summary>A refund that was asked for.</summary>
/// <param name="Id">Of a partial refund, or the payment's reference: all that was left.</param>
/// <param name="Amount">In Stripe's units; null: all that is left.</param>
internal sealed record KnownRefund(
    Guid Id, Guid Reference, long? Amount, int Sequence, bool IsBroken, string? RefundId, KnownRefundState State);

/// <summary>The table <c>stripe_refunds</c>.</summary>
internal sealed class StripeRefundStore(NpgsqlDataSource dataSource)
{
    private const string Columns =
        "id, reference, amount, sequence::integer as sequence, is_broken, refund_id, state::integer as state";

    private const string BeginSql = $"""
        with added as (
            insert into stripe_refunds (id, reference, amount) values (@id, @reference, @amount)
            on conflict (id) do nothing returning {Columns})
        select * from added union all select {Columns} from stripe_refunds where id = @id
        """;

    private const string FindSql = $"select {Columns} from stripe_refunds where id = @id";

    private const string AdvanceSql = $"""
        update stripe_refunds set sequence = sequence + 1, is_broken = false, refund_id = null, state = 0,
            changed_at = (select clock_timestamp())
        where id = @Id and sequence = @Sequence and refund_id is null and state = 0
        returning {Columns}
        """;

    private const string BrokenSql = """
        update stripe_refunds set is_broken = true, changed_at = (select clock_timestamp())
        where id = @Id and sequence = @Sequence
        """;

    private const string SetSql = """
        update stripe_refunds set refund_id = coalesce(@refundId, refund_id), state = @state, is_broken = false,
            changed_at = (select clock_timestamp())
        where id = @Id and sequence = @Sequence
        """;

    public Task<KnownRefund?> FindAsync(Guid id) => QueryAsync(FindSql, new { id });

    /// <summary>Notes that it is asked for, or finds it as it was noted before.</summary>
    public async Task<KnownRefund> BeginAsync(Guid id, Guid reference, long? amount) =>
        (await QueryAsync(BeginSql, new { id, reference, amount }))!;

    /// <summary>The same refund by another request; null: another node was first.</summary>
    public Task<KnownRefund?> AdvanceAsync(KnownRefund refund) => QueryAsync(AdvanceSql, refund);

    /// <summary>The request was answered by an error of Stripe's, which its key repeats.</summary>
    public Task SetBrokenAsync(KnownRefund refund) => QueryAsync(BrokenSql, refund);

    public Task SetAsync(KnownRefund refund, string? refundId, KnownRefundState state) => QueryAsync(
        SetSql, new { refund.Id, refund.Sequence, refundId, state = (short)state });

    private async Task<KnownRefund?> QueryAsync(string sql, object values)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            return await connection.QueryFirstOrDefaultAsync<KnownRefund>(sql, values);
        }
        catch (NpgsqlException exception)
        {
            throw new PaymentProviderException("What is known of refunds by Stripe cannot be reached.", exception);
        }
    }
}
