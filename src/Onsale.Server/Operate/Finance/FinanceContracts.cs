using System.Text.Json.Serialization;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Operate.Finance;

/// <summary>What an organisation has sold in a period, by its ledger.</summary>
/// <param name="Totals">All events together, one a currency.</param>
/// <param name="Events">By event, the latest first; an event without entries in the period is not among them.</param>
internal sealed record MoneyReport(IReadOnlyList<MoneyFigures> Totals, Page<EventMoney> Events);

/// <summary>Gross − refunds − fees − tax = net.</summary>
/// <param name="Gross">What buyers have paid.</param>
/// <param name="Refunds">What has gone back to them.</param>
/// <param name="Fees">Of what stands: without the fees that went back.</param>
/// <param name="Tax">Of what stands.</param>
/// <param name="Net">What is left of sales.</param>
internal sealed record MoneyFigures(Money Gross, Money Refunds, Money Fees, Money Tax, Money Net);

/// <summary>The figures of one event.</summary>
internal sealed record EventMoney(
    Guid EventId, string Slug, string Title, DateTimeOffset StartsAt, MoneyFigures Figures);

/// <summary>A movement of money with all its postings, which sum to zero.</summary>
/// <param name="Number">Grows with time; there may be gaps.</param>
/// <param name="EventId">Left out: it is of no event.</param>
/// <param name="Method">A provider's name, or cash, card, comp or invoice.</param>
/// <param name="Reference">What the provider, or this program, knows it by.</param>
internal sealed record LedgerEntry(
    long Number, DateTimeOffset At, LedgerKind Kind, Guid? EventId, string? EventTitle, Guid? BookingId,
    string? OrderCode, string Method, string Reference, IReadOnlyList<LedgerPosting> Postings);

/// <summary>A posting: a debit is positive, a credit negative.</summary>
/// <param name="Account">Such as provider:simulated, counter:cash, sales, fees or tax.</param>
internal sealed record LedgerPosting(string Account, Money Amount);

/// <summary>Money of a booking that the organiser has to send back, and has not said that they did.</summary>
/// <param name="Method">How it was paid: transfer, cash or card.</param>
/// <param name="Since">When it began to be owed.</param>
internal sealed record OwedRefund(
    Guid EventId, string EventTitle, Guid BookingId, string? OrderCode, string? Name, string Method, Money Amount,
    DateTimeOffset Since);

/// <summary>How the ledger compares with what payment providers say.</summary>
/// <param name="Differences">That are open, the newest first.</param>
internal sealed record MoneyReconciliation(
    IReadOnlyList<ReconciliationRun> Runs, IReadOnlyList<MoneyDifference> Differences);

/// <summary>The last comparison with a provider.</summary>
/// <param name="Done">False: it is under way, or it failed.</param>
internal sealed record ReconciliationRun(string Provider, DateTimeOffset At, bool Done);

/// <summary>A payment of which the provider says something else than the ledger.</summary>
/// <param name="Reference">What the provider knows it by.</param>
/// <param name="OurTaken">By the ledger.</param>
/// <param name="OurBack">Given back, by the ledger.</param>
/// <param name="TheirTaken">By the provider.</param>
/// <param name="TheirBack">Given back, by the provider.</param>
internal sealed record MoneyDifference(
    string Provider, Guid Reference, Guid? EventId, string? EventTitle, Guid? BookingId, Money OurTaken, Money OurBack,
    Money TheirTaken, Money TheirBack, DateTimeOffset FoundAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MoneyReport))]
[JsonSerializable(typeof(MoneyReconciliation))]
[JsonSerializable(typeof(Page<LedgerEntry>))]
[JsonSerializable(typeof(Page<OwedRefund>))]
internal sealed partial class FinanceJson : JsonSerializerContext;
