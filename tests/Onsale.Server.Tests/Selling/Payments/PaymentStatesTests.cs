using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>
/// The state machine of a payment attempt: every pair of a state and a fact, in the table and on its rows.
/// </summary>
public sealed class PaymentStatesTests
{
    // Rows: where an attempt stands. Columns: what becomes known. A dot: it stays as it is. In parentheses: only if
    // what was left of it is out.
    private const string Table = """
                        Paid       Declined  Voided  Moved  TooLate         Cancelled       Refunded  RefundFailed  Stands
        Started         Succeeded  Declined  Voided  Moved  RefundIntended  RefundIntended  .         .             .
        Succeeded       .          .         .       .      RefundIntended  RefundIntended  .         .             .
        Declined        Succeeded  .         .       Moved  RefundIntended  .               .         .             .
        RefundIntended  .          .         .       .      .               .               Refunded  RefundFailed  Succeeded
        Refunded        .          .         .       .      .               .               .         RefundFailed  .
        Moved           .          .         .       .      .               .               .         .             .
        Voided          Succeeded  .         .       Moved  RefundIntended  .               .         .             .
        RefundFailed    .          .         .       .      .               .               .         (RefundFailed) .
        """;

    [Fact]
    public void Table_has_every_pair_and_is_what_the_code_says()
    {
        var pairs = Pairs().ToList();
        pairs.Count.ShouldBe(Enum.GetValues<PaymentState>().Length * Enum.GetValues<PaymentFact>().Length);
        foreach (var (state, fact, next, _) in pairs)
            PaymentStates.Next(state, fact).ShouldBe(next, $"{state}, {fact}");
    }

    [Fact]
    public async Task Every_pair_moves_its_row_as_the_table_says_and_the_ledger_stays_even()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var store = node.Services.GetRequiredService<PaymentStore>();
        foreach (var (state, fact, next, isConditional) in Pairs())
        {
            var payment = await AddAsync(node, @event, state);

            (await MoveAsync(store, payment, fact)).ShouldBe(
                next is not null && !isConditional, $"{state}, {fact}");

            (await node.DataSource.CountAsync(
                "payments", $"booking_id = $1 and state = {(int)(next ?? state)}", payment.BookingId))
                .ShouldBe(1, $"{state}, {fact}");
            // Said once more, as by another node: nothing follows.
            (await MoveAsync(store, payment, fact)).ShouldBeFalse($"{state}, {fact} again");
        }

        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Rest_that_comes_back_after_a_part_moves_its_row_once_more_and_only_once()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var store = node.Services.GetRequiredService<PaymentStore>();
        var refunds = node.Services.GetRequiredService<RefundStore>();
        var payment = await AddAsync(node, @event, PaymentState.Succeeded);
        var organisation = (await node.DataSource.QueryAsync<Guid>(
            "select organisation_id from events where id = $1", @event.Id)).Single();
        var actor = new Actor(organisation, House.NewId(), IsOperator: false, Origin: null);
        var part = (await refunds.IntendAsync(
                actor, @event.Id, payment.BookingId, null, House.NewId(), 300, [], "Asked for", null, default))
            .ShouldBeOfType<RefundIntended.Done>().Refund;
        (await refunds.SetAsync(part, RefundAnswer.Succeeded)).ShouldBeTrue();
        (await MoveAsync(store, payment, PaymentFact.Cancelled)).ShouldBeTrue();
        (await MoveAsync(store, payment, PaymentFact.Refunded)).ShouldBeTrue();
        (await refunds.SetAsync(part, RefundAnswer.Failed)).ShouldBeTrue();
        (await node.DataSource.CountAsync(
            "payments", "booking_id = $1 and state = 7 and refunded = 700", payment.BookingId)).ShouldBe(1);

        (await MoveAsync(store, payment, PaymentFact.RefundFailed)).ShouldBeTrue();
        (await MoveAsync(store, payment, PaymentFact.RefundFailed)).ShouldBeFalse();

        (await node.DataSource.CountAsync(
            "payments", "booking_id = $1 and state = 7 and refunded = 0", payment.BookingId)).ShouldBe(1);
        await node.ShouldBeSoundAsync(@event);
    }

    /// <summary>An attempt that has come to a state by the moves that lead there.</summary>
    private static async Task<Payment> AddAsync(OnsaleNode node, TestEvent @event, PaymentState state)
    {
        var store = node.Services.GetRequiredService<PaymentStore>();
        var reference = House.NewId();
        var booking = House.NewId();
        var charge = new Charge(reference, "token", 1000, "USD");
        await store.StartAsync(@event.Id, booking, 1, House.NewId(), "bank", charge);
        var payment = (await store.FindAsync(@event.Id, booking, 1))!;
        foreach (var fact in Way(state))
            (await MoveAsync(store, payment, fact)).ShouldBeTrue();

        return payment;
    }

    private static async Task<bool> MoveAsync(PaymentStore store, Payment payment, PaymentFact fact) => fact switch
    {
        PaymentFact.Moved => await store.MoveAsync(
            payment, payment with { BookingId = House.NewId(), Attempt = 1 }),
        PaymentFact.Cancelled =>
            await store.IntendRefundAsync(payment.EventId, payment.BookingId, payment.Attempt) is not null,
        _ => await store.SetAsync(payment, fact),
    };

    private static PaymentFact[] Way(PaymentState state) => state switch
    {
        PaymentState.Started => [],
        PaymentState.Succeeded => [PaymentFact.Paid],
        PaymentState.Declined => [PaymentFact.Declined],
        PaymentState.RefundIntended => [PaymentFact.Paid, PaymentFact.Cancelled],
        PaymentState.Refunded => [PaymentFact.Paid, PaymentFact.Cancelled, PaymentFact.Refunded],
        PaymentState.Moved => [PaymentFact.Moved],
        PaymentState.Voided => [PaymentFact.Voided],
        PaymentState.RefundFailed => [PaymentFact.Paid, PaymentFact.Cancelled, PaymentFact.RefundFailed],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No way leads there."),
    };

    private static IEnumerable<(PaymentState State, PaymentFact Fact, PaymentState? Next, bool IsConditional)> Pairs()
    {
        var lines = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var facts = Words(lines[0]).Select(Enum.Parse<PaymentFact>).ToArray();
        foreach (var line in lines.Skip(1).Select(Words))
        {
            for (var i = 0; i < facts.Length; i++)
            {
                var next = line[i + 1];
                yield return (
                    Enum.Parse<PaymentState>(line[0]), facts[i],
                    next == "." ? null : Enum.Parse<PaymentState>(next.Trim('(', ')')), next[0] == '(');
            }
        }

        static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
