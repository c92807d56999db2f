using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Selling.Payments;

/// <summary>Where a dispute stands. Stored as a number: append only.</summary>
internal enum DisputeState
{
    /// <summary>The money was taken back, and the organiser may object.</summary>
    Open = 0,

    /// <summary>The money is the organiser's again.</summary>
    Won = 1,

    /// <summary>The money is the buyer's.</summary>
    Lost = 2,

    /// <summary>The buyer's bank only asks; the money stays for now.</summary>
    Inquiry = 3,
}

/// <summary>A dispute about a payment.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Reference">What the provider knows it by.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="AnswerBy">Until when the organiser may object; null: not any more.</param>
internal sealed record Dispute(
    Guid Id, string Reference, DisputeState State, long Amount, string Currency, string Reason,
    DateTimeOffset? AnswerBy);

/// <summary>
/// The table <c>payment_disputes</c>: while one is open or lost, the tickets of its booking admit nobody.
/// </summary>
internal sealed class DisputeStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string FindSql =
        "select state::integer from payment_disputes where event_id = @EventId and id = @Id";

    // Never from an end back to open, nor from open back to an inquiry: readings of one dispute may come in any order.
    private const string SetSql = $"""
        with disputed as (
            insert into payment_disputes as d (event_id, id, booking_id, attempt, provider, reference, state, amount,
                currency, reason, answer_by)
            values (@EventId, @Id, @BookingId, @Attempt, @Provider, @Reference, @state, @Amount, @Currency, @Reason,
                @answerBy)
            on conflict (event_id, id) do update set state = excluded.state, amount = excluded.amount,
                answer_by = excluded.answer_by, changed_at = (select clock_timestamp()),
                changed_by = pg_current_xact_id()
                where d.state not in (1, 2) and (d.state <> 0 or excluded.state <> 3)
                    and (d.state, d.amount, d.answer_by)
                        is distinct from (excluded.state, excluded.amount, excluded.answer_by)
            returning *),
        taken as ({LedgerSql.PostChargebacks})
        select e.organisation_id from disputed d join events e on e.id = d.event_id
        """;

    /// <summary>Notes where a dispute stands; false: it was noted before.</summary>
    public async Task<bool> SetAsync(Payment payment, Dispute dispute)
    {
        var values = new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            payment.Provider,
            dispute.Id,
            dispute.Reference,
            state = (short)dispute.State,
            dispute.Amount,
            dispute.Currency,
            dispute.Reason,
            answerBy = dispute.AnswerBy?.UtcDateTime,
        };
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(PaymentStore.LockSql, values);
        var before = await connection.ExecuteScalarAsync<int?>(FindSql, values);
        if (await connection.ExecuteScalarAsync<Guid?>(SetSql, values) is not { } organisationId)
            return false;
        // Nobody here did it: the activity is the provider's.
        await activities.AddAsync(
            connection,
            new Activity(
                new Actor(organisationId, Guid.Empty, IsOperator: false, Origin: null), ActionOf(dispute.State),
                "booking", $"{payment.BookingId}")
            {
                EventId = payment.EventId,
                Before = before is { } state ? new JsonObject { ["state"] = $"{(DisputeState)state}" } : null,
                After = new JsonObject
                {
                    ["state"] = $"{dispute.State}",
                    ["amount"] = dispute.Amount,
                    ["reason"] = dispute.Reason,
                    ["dispute"] = dispute.Reference,
                },
            },
            CancellationToken.None);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>A state as the contract spells it.</summary>
    public static string NameOf(DisputeState state) => state switch
    {
        DisputeState.Open => "open",
        DisputeState.Won => "won",
        DisputeState.Lost => "lost",
        _ => "inquiry",
    };

    private static string ActionOf(DisputeState state) => state switch
    {
        DisputeState.Open => "payment.disputed",
        DisputeState.Won => "payment.disputeWon",
        DisputeState.Lost => "payment.disputeLost",
        _ => "payment.inquired",
    };
}
