using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// A provider for development and demonstration. The token says what happens: <c>sim_success</c>, <c>sim_decline</c>,
/// <c>sim_slow</c> (succeeds after 3 s), <c>sim_timeout</c> (never answers, and takes nothing). It keeps books like a
/// real one, so that a restart in the middle of a payment can be asked about.
/// </summary>
internal sealed class SimulatedPaymentProvider(NpgsqlDataSource dataSource, TimeProvider time) : IPaymentProvider
{
    private const int SlowSeconds = 3;

    private const int OverdueSeconds = 10;

    private const string BeginSql = """
        insert into simulated_payments (reference, token, amount, currency, state)
        values (@Reference, @Token, @Amount, @Currency, 0) on conflict (reference) do nothing
        """;

    private const string SettleSql = """
        update simulated_payments set state = @state, changed_at = (select clock_timestamp())
        where reference = @reference and state = 0
        """;

    // A charge that a crash of this program cut off goes on at a real provider: its token says how it ends.
    private const string VoidSql = """
        insert into simulated_payments (reference, token, amount, currency, state)
        values (@reference, '', 0, 'XXX', 4)
        on conflict (reference) do update
            set state = case when simulated_payments.token in ('sim_success', 'sim_slow') then 1
                    when simulated_payments.token = 'sim_decline' then 2 else 4 end,
                changed_at = (select clock_timestamp())
            where simulated_payments.state = 0 and (simulated_payments.token = 'sim_timeout'
                or simulated_payments.changed_at < (select clock_timestamp()) - make_interval(secs => @overdue))
        """;

    private const string StateSql = "select state from simulated_payments where reference = @reference";

    private const string RefundSql = """
        update simulated_payments set state = 3, changed_at = (select clock_timestamp())
        where reference = @reference and state = 1
        """;

    private const string RefundPartSql = """
        insert into simulated_refunds (id, reference, amount)
        select @refundId, reference, @amount from simulated_payments where reference = @reference and state = 1
        on conflict (id) do nothing
        """;

    public string Name => "simulated";

    public bool IsToken(string token) => token is "sim_success" or "sim_decline" or "sim_slow" or "sim_timeout";

    public async Task<ChargeAnswer> ChargeAsync(Charge charge, CancellationToken cancellationToken)
    {
        await ExecuteAsync(BeginSql, charge);
        switch (charge.Token)
        {
            case "sim_timeout":
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case "sim_slow":
                // The charge goes through whether or not somebody still waits for the answer.
                await Task.Delay(TimeSpan.FromSeconds(SlowSeconds), time, CancellationToken.None);
                break;
        }

        var state = charge.Token == "sim_decline" ? ChargeState.Declined : ChargeState.Succeeded;
        await ExecuteAsync(SettleSql, new { reference = charge.Reference, state = (short)state });
        return await StateOfAsync(charge.Reference);
    }

    public async Task<ChargeAnswer> FindAsync(Guid reference, CancellationToken cancellationToken)
    {
        await ExecuteAsync(VoidSql, new { reference, overdue = OverdueSeconds });
        return await StateOfAsync(reference);
    }

    public async Task<RefundAnswer> RefundAsync(Guid reference, CancellationToken cancellationToken)
    {
        await ExecuteAsync(RefundSql, new { reference });
        return RefundAnswer.Succeeded;
    }

    public async Task<RefundAnswer> RefundPartAsync(
        Guid reference, Guid refundId, long amount, CancellationToken cancellationToken)
    {
        await ExecuteAsync(RefundPartSql, new { reference, refundId, amount });
        return RefundAnswer.Succeeded;
    }

    private async Task<ChargeState> StateOfAsync(Guid reference)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            return (ChargeState)await connection.ExecuteScalarAsync<short>(StateSql, new { reference });
        }
        catch (NpgsqlException exception)
        {
            throw new PaymentProviderException("The simulated provider's books cannot be reached.", exception);
        }
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            await connection.ExecuteAsync(sql, parameters);
        }
        catch (NpgsqlException exception)
        {
            throw new PaymentProviderException("The simulated provider's books cannot be reached.", exception);
        }
    }
}
