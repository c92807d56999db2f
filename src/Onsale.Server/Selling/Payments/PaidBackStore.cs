using Dapper;
using Npgsql;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.Payments;

/// <summary>What organisers pay back by hand, as to the account that a bank transfer came from.</summary>
internal sealed class PaidBackStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string LockSql = """
        select 1 from payments where event_id = @eventId and booking_id = @bookingId order by attempt for no key update
        """;

    private const string OfBookingSql = $"""
        select owed.attempt::integer as attempt, owed.refund_id, owed.amount from ({PaymentSql.Owed}) owed
        where owed.event_id = @eventId and owed.booking_id = @bookingId
        """;

    /// <summary>What is owed to a booking's buyer, minor units.</summary>
    public async Task<long> OwedAsync(Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await OwedAsync(connection, eventId, bookingId, cancellationToken)).Sum(one => one.Amount);
    }

    /// <summary>
    /// Notes that all of it has been sent, in the ledger as well. Another amount than what is owed is not noted.
    /// </summary>
    /// <returns>Minor units that are owed: the amount if it was noted; 0: nothing is owed.</returns>
    public async Task<long> MarkAsync(
        Actor actor, Guid eventId, Guid bookingId, long amount, string note, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(LockSql, new { eventId, bookingId }, cancellationToken: cancellationToken));
        var owed = await OwedAsync(connection, eventId, bookingId, cancellationToken);
        var sum = owed.Sum(one => one.Amount);
        if (sum != amount || sum == 0)
            return sum;
        foreach (var (attempt, refundId, _) in owed)
        {
            if (refundId is { } id)
            {
                await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    RefundStore.DoneSql, new { EventId = eventId, Id = id }, cancellationToken: cancellationToken));
            }
            else
            {
                await PaymentStore.SetRefundedAsync(
                    connection,
                    new Payment(
                        eventId, bookingId, attempt, default, default, PaymentState.RefundIntended, default),
                    cancellationToken);
            }
        }

        await activities.AddAsync(
            connection,
            new Activity(actor, "booking.paid-back", "booking", $"{bookingId}")
            {
                EventId = eventId,
                After = new() { ["amount"] = amount, ["note"] = note },
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sum;
    }

    private static async Task<IReadOnlyList<(int Attempt, Guid? RefundId, long Amount)>> OwedAsync(
        NpgsqlConnection connection, Guid eventId, Guid bookingId, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(int, Guid?, long)>(new CommandDefinition(
            OfBookingSql, new { eventId, bookingId }, cancellationToken: cancellationToken))).AsList();
}
