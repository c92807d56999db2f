using System.Text.Json.Serialization;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Where a rehearsal stands. Stored as a number: append only.</summary>
internal enum RehearsalState
{
    /// <summary>No node has taken it yet.</summary>
    Waiting = 0,

    Running = 1,

    /// <summary>All simulated buyers are done, or its time is over.</summary>
    Finished = 2,

    /// <summary>Somebody stopped it; its report says what there was until then.</summary>
    Stopped = 3,

    /// <summary>It could not be carried out; <c>failure</c> says why.</summary>
    Failed = 4,

    /// <summary>The node that ran it stopped or was lost; another one removed the copy.</summary>
    Abandoned = 5,
}

/// <summary>A rehearsal to be started.</summary>
/// <param name="Buyers">How many simulated buyers come.</param>
/// <param name="Minutes">When it ends at the latest, from the beginning of the sale.</param>
/// <param name="RequestsPerSecond">The budget: never more than so many requests a second.</param>
/// <param name="Seed">Decides what each buyer does. The same seed and profile give the same buyers.</param>
/// <param name="Profile">Who comes and how they behave; left out: a usual on-sale.</param>
internal sealed record StartRehearsalRequest(
    int Buyers, int Minutes, int RequestsPerSecond, long Seed = 1, RehearsalProfile? Profile = null);

/// <summary>Who comes to an on-sale, and how they behave.</summary>
/// <param name="Arrivals">
/// Weights of equal parts of <paramref name="ArrivalSeconds"/>: how many come in each. Default: most at once, then
/// fewer.
/// </param>
/// <param name="ArrivalSeconds">From the beginning of the sale until the last one comes. Default: 60.</param>
/// <param name="EarlyPercent">How many of all come before the sale begins. Default: 30.</param>
/// <param name="PreQueueSeconds">How long before the sale the early come. Default: 10.</param>
/// <param name="PartySizes">Weights of parties of 1, 2, 3 … places. Default: 20, 50, 10, 20.</param>
/// <param name="MapPercent">How many choose seats on the map, where there is one; the others by tier. Default:
/// 60.</param>
/// <param name="ChooseSeconds">How long one looks before choosing, at the least and most. Default: 2, 20.</param>
/// <param name="CheckoutSeconds">From the hold to the payment, at the least and most. Default: 10, 90.</param>
/// <param name="DeclinePercent">Payments that the bank refuses. Default: 5.</param>
/// <param name="SlowPercent">Payments that take 3 s. Default: 10.</param>
/// <param name="TimeoutPercent">Payments that the provider does not answer. Default: 1.</param>
/// <param name="AbandonPercent">How many leave their places held and go away. Default: 10.</param>
/// <param name="ReleasePercent">How many give their places back. Default: 5.</param>
/// <param name="PatienceSeconds">Who has waited so long for an admission gives up. Default: 1800.</param>
internal sealed record RehearsalProfile(
    int[]? Arrivals = null, int ArrivalSeconds = 60, int EarlyPercent = 30, int PreQueueSeconds = 10,
    int[]? PartySizes = null, int MapPercent = 60, SecondsRange? ChooseSeconds = null,
    SecondsRange? CheckoutSeconds = null, int DeclinePercent = 5, int SlowPercent = 10, int TimeoutPercent = 1,
    int AbandonPercent = 10, int ReleasePercent = 5, int PatienceSeconds = 1800)
{
    private static readonly int[] s_arrivals = [50, 20, 10, 8, 5, 4, 2, 1];
    private static readonly int[] s_partySizes = [20, 50, 10, 20];
    private static readonly SecondsRange s_choose = new(2, 20);
    private static readonly SecondsRange s_checkout = new(10, 90);

    /// <summary>With every default written out.</summary>
    public RehearsalProfile Complete() => this with
    {
        Arrivals = Arrivals ?? s_arrivals,
        PartySizes = PartySizes ?? s_partySizes,
        ChooseSeconds = ChooseSeconds ?? s_choose,
        CheckoutSeconds = CheckoutSeconds ?? s_checkout,
    };
}

/// <summary>A time that is drawn evenly from a range.</summary>
/// <param name="From">At the least.</param>
/// <param name="To">At the most.</param>
internal sealed record SecondsRange(int From, int To);

/// <summary>A rehearsal, with how far it is or its report.</summary>
/// <param name="Audit">What the audit of the copy found before it was removed; empty: nothing. Left out: not
/// audited.</param>
/// <param name="CopyRemoved">Whether nothing of the copy is left.</param>
/// <param name="Failure">Why it failed, or was abandoned.</param>
internal sealed record RehearsalResponse(
    Guid Id, Guid EventId, RehearsalState State, bool Stopping, DateTimeOffset CreatedAt, StartRehearsalRequest Plan,
    bool CopyRemoved, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null,
    RehearsalProgress? Progress = null, RehearsalReport? Report = null, IReadOnlyList<string>? Audit = null,
    string? Failure = null);

/// <summary>Rehearsals of an event, the latest first, without their reports.</summary>
/// <param name="Limits">What one may ask for in this installation.</param>
internal sealed record RehearsalsResponse(IReadOnlyList<RehearsalResponse> Data, RehearsalBounds Limits);

/// <summary>What a rehearsal may ask for in this installation.</summary>
/// <param name="Enabled">Whether one can be started.</param>
internal sealed record RehearsalBounds(bool Enabled, int MaxBuyers, int MaxMinutes, int MaxRequestsPerSecond);

/// <summary>How far a running rehearsal is.</summary>
/// <param name="Seconds">Since the beginning of the sale; negative before it.</param>
/// <param name="Arrived">Simulated buyers that have come.</param>
/// <param name="Waiting">Of them in the waiting room.</param>
/// <param name="Done">Of them with tickets, or gone.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Bookings">Bookings confirmed.</param>
/// <param name="PlacesSold">Places of those.</param>
/// <param name="PlacesTotal">Places for sale.</param>
internal sealed record RehearsalProgress(
    double Seconds, int Arrived, int Waiting, int Done, long Requests, int Bookings, int PlacesSold, int PlacesTotal);

/// <summary>A share of values that are at most this: in half of the cases, in 95 and in 99 of 100.</summary>
internal sealed record Percentiles(double P50, double P95, double P99);

/// <summary>What came of a rehearsal. Times are seconds from the beginning of the sale.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="SoldOutAfterSeconds">When no place was left for the first time; left out: never.</param>
/// <param name="Arrived">Simulated buyers that came.</param>
/// <param name="Bookings">Bookings confirmed.</param>
/// <param name="Outcomes">How it ended for the buyers.</param>
/// <param name="Steps">Latency of each step in milliseconds, over all of the time.</param>
/// <param name="Minutes">The same by minute.</param>
/// <param name="Refusals">What was refused, by step and reason, the most frequent first.</param>
/// <param name="BrokeFirst">What went wrong first; left out: nothing did.</param>
/// <param name="BudgetSeconds">Seconds in which the budget of requests was used up: then the budget was the
/// limit.</param>
internal sealed record RehearsalReport(
    double Seconds, int Arrived, long Requests, int PlacesTotal, int PlacesSold, int Bookings,
    IReadOnlyList<RehearsalCount> Outcomes, IReadOnlyList<RehearsalStep> Steps,
    IReadOnlyList<RehearsalMinute> Minutes, IReadOnlyList<RehearsalRefusal> Refusals, RehearsalAdvice Advice,
    int BudgetSeconds, double? SoldOutAfterSeconds = null, Percentiles? WaitSeconds = null,
    RehearsalBreak? BrokeFirst = null);

/// <summary>How many simulated buyers ended in one way.</summary>
/// <param name="Code"><c>bought</c>, <c>abandoned</c>, <c>released</c>, <c>sold-out</c>, <c>not-paid</c>,
/// <c>impatient</c>, <c>refused</c>, <c>cut-off</c>.</param>
internal sealed record RehearsalCount(string Code, int Count);

/// <summary>How a kind of request fared.</summary>
/// <param name="Step"><c>guest</c>, <c>event</c>, <c>queue</c>, <c>join</c>, <c>admission</c>, <c>availability</c>,
/// <c>hold</c>, <c>pay</c>, <c>release</c>.</param>
/// <param name="Count">Requests.</param>
/// <param name="Refused">Of them not answered as asked for.</param>
internal sealed record RehearsalStep(string Step, int Count, int Refused, Percentiles Milliseconds);

/// <summary>A minute of the sale.</summary>
/// <param name="Minute">From 0; -1: before the sale.</param>
/// <param name="Arrived">Simulated buyers that came.</param>
/// <param name="Admitted">Let in by the waiting room.</param>
/// <param name="Holds">Requests for places.</param>
/// <param name="Bookings">Bookings confirmed.</param>
/// <param name="Refused">Requests of any kind that were not answered as asked for.</param>
/// <param name="WaitSeconds">How long those had waited who were let in; left out: nobody was.</param>
/// <param name="HoldMilliseconds">Left out: there was none.</param>
/// <param name="PayMilliseconds">Left out: there was none.</param>
internal sealed record RehearsalMinute(
    int Minute, int Arrived, int Admitted, int Holds, int Bookings, int Refused, Percentiles? WaitSeconds = null,
    Percentiles? HoldMilliseconds = null, Percentiles? PayMilliseconds = null);

/// <summary>Requests that were refused for one reason.</summary>
/// <param name="Step">Of <see cref="RehearsalStep"/>.</param>
/// <param name="Code">The problem's code, or <c>no-answer</c>.</param>
internal sealed record RehearsalRefusal(string Step, string Code, int Count);

/// <summary>
/// The first thing that went wrong.
/// </summary>
/// <param name="Code"><c>no-answer</c>, <c>server-error</c>, <c>overloaded</c>, <c>read-only</c>, <c>rate-limited</c>,
/// or <c>slow-holds</c>: in five seconds the p99 of holds was above 250 ms.</param>
/// <param name="Second">When.</param>
/// <param name="Step">At what.</param>
internal sealed record RehearsalBreak(string Code, double Second, string Step);

/// <summary>What would have been best, and what that is derived from.</summary>
/// <param name="AdmissionsPerMinute">
/// <paramref name="HoldsPerSecond"/> × 60 / <paramref name="HoldsPerBuyer"/>; left out: there were too few holds.
/// </param>
/// <param name="IsLeast">Whether the system bore all there was: the best rate is this or higher.</param>
/// <param name="HoldsPerSecond">
/// The most holds a second, over five seconds before it was sold out, that were borne: p99 at most 250 ms, none refused
/// for want of room.
/// </param>
/// <param name="HoldsPerBuyer">Requests for places that a buyer made on average.</param>
/// <param name="HoldMinutes">
/// The p99 of <paramref name="PaidAfterSeconds"/> and half as much again, in whole minutes; left out: nobody paid.
/// </param>
/// <param name="PaidAfterSeconds">From the hold to its confirmation.</param>
/// <param name="UnpaidHolds">Holds that were left to expire.</param>
/// <param name="UnpaidPlaceMinutes">How long their places were kept from others: places × the event's hold
/// minutes.</param>
internal sealed record RehearsalAdvice(
    int UnpaidHolds, int UnpaidPlaceMinutes, bool IsLeast, int? AdmissionsPerMinute = null,
    double? HoldsPerSecond = null, double? HoldsPerBuyer = null, int? HoldMinutes = null,
    Percentiles? PaidAfterSeconds = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartRehearsalRequest))]
[JsonSerializable(typeof(RehearsalProfile))]
[JsonSerializable(typeof(RehearsalResponse))]
[JsonSerializable(typeof(RehearsalsResponse))]
[JsonSerializable(typeof(RehearsalProgress))]
[JsonSerializable(typeof(RehearsalReport))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class RehearsalsJson : JsonSerializerContext;
