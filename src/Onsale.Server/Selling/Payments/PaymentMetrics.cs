using System.Diagnostics.Metrics;

namespace Onsale.Server.Selling.Payments;

/// <summary>Meter <c>Onsale.Payments</c>.</summary>
internal sealed class PaymentMetrics
{
    private readonly Counter<long> _payments;
    private readonly Counter<long> _late;
    private readonly Counter<long> _refunds;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Onsale.Payments");
        _payments = meter.CreateCounter<long>(
            "onsale.payments.confirms", "{request}", "Requests to pay for a booking, by outcome.");
        _late = meter.CreateCounter<long>(
            "onsale.payments.late", "{payment}",
            "Payments that came after their booking had ended, by what became of them.");
        _refunds = meter.CreateCounter<long>(
            "onsale.payments.refunds", "{refund}", "Refunds, by whether they went through.");
    }

    public void Answered(PaymentOutcome outcome) => _payments.Add(1, Tag("outcome", outcome.ToString()));

    public void Late(bool isRebooked) => _late.Add(1, Tag("outcome", isRebooked ? "rebooked" : "refunded"));

    public void Refunded(bool isDone) => _refunds.Add(1, Tag("outcome", isDone ? "done" : "postponed"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
