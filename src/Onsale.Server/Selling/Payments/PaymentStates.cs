using System.Collections.Immutable;

namespace Onsale.Server.Selling.Payments;

/// <summary>What can become known of a payment attempt.</summary>
internal enum PaymentFact
{
    /// <summary>The provider took the money, and the booking is confirmed by it.</summary>
    Paid,

    /// <summary>The buyer's bank refused.</summary>
    Declined,

    /// <summary>It never came to an answer, and never will.</summary>
    Voided,

    /// <summary>
    /// The provider took the money when the booking had moved on: its places were free and are booked anew.
    /// </summary>
    Moved,

    /// <summary>The provider took the money when the booking had moved on, and its places are gone.</summary>
    TooLate,

    /// <summary>The booking that it paid for was cancelled.</summary>
    Cancelled,

    /// <summary>All that was left of it has gone back.</summary>
    Refunded,

    /// <summary>It could not go back, or came back after it had.</summary>
    RefundFailed,

    /// <summary>It was to go back for a cancellation that never happened.</summary>
    Stands,
}

/// <summary>
/// The state machine of a payment attempt: one table. The rows of <c>payments</c> change by these moves alone, each in
/// a statement that is conditional on the states that the table lets it start from, so that it does not matter in which
/// order, how often and at which node something becomes known.
/// </summary>
internal static class PaymentStates
{
    private static readonly ImmutableArray<PaymentState> s_all = [.. Enum.GetValues<PaymentState>()];

    /// <summary>What an attempt becomes by a fact; null: it stays as it is.</summary>
    public static PaymentState? Next(PaymentState state, PaymentFact fact) => (state, fact) switch
    {
        // Said to be refused or never made, and paid after all: what counts is where the money is.
        (PaymentState.Started or PaymentState.Declined or PaymentState.Voided, PaymentFact.Paid) =>
            PaymentState.Succeeded,
        (PaymentState.Started, PaymentFact.Declined) => PaymentState.Declined,
        (PaymentState.Started, PaymentFact.Voided) => PaymentState.Voided,
        (PaymentState.Started or PaymentState.Declined or PaymentState.Voided, PaymentFact.Moved) =>
            PaymentState.Moved,
        (PaymentState.Started or PaymentState.Declined or PaymentState.Voided or PaymentState.Succeeded,
            PaymentFact.TooLate) => PaymentState.RefundIntended,
        // Started too: the confirmation is decided before its payment is noted as paid.
        (PaymentState.Started or PaymentState.Succeeded, PaymentFact.Cancelled) => PaymentState.RefundIntended,
        (PaymentState.RefundIntended, PaymentFact.Refunded) => PaymentState.Refunded,
        // From RefundFailed too: a part came back first, and then all that was left. PaymentStore enters that once.
        (PaymentState.RefundIntended or PaymentState.Refunded or PaymentState.RefundFailed,
            PaymentFact.RefundFailed) => PaymentState.RefundFailed,
        (PaymentState.RefundIntended, PaymentFact.Stands) => PaymentState.Succeeded,
        _ => null,
    };

    /// <summary>Where a fact leads, and from which states.</summary>
    public static (PaymentState To, ImmutableArray<PaymentState> From) MovesOf(PaymentFact fact)
    {
        var moves = s_all.Where(state => Next(state, fact) is not null).ToImmutableArray();
        return (Next(moves[0], fact)!.Value, moves);
    }

    /// <summary>Whether something follows from what the provider says of the charge.</summary>
    public static bool IsOpenTo(PaymentState state, ChargeState charge) => charge switch
    {
        ChargeState.Succeeded => Next(state, PaymentFact.Paid) is not null,
        ChargeState.Declined or ChargeState.Refunded => Next(state, PaymentFact.Declined) is not null,
        ChargeState.Voided => Next(state, PaymentFact.Voided) is not null,
        _ => false,
    };
}
