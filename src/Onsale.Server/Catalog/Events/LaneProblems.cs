using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>What a request hears when an event's lane decided nothing.</summary>
internal static class LaneProblems
{
    /// <summary>The answer to any status but <see cref="LaneStatus.Decided"/>.</summary>
    public static Problem ToProblem(LaneStatus status) => status switch
    {
        LaneStatus.EventNotFound => Problem.EventNotFound(),
        LaneStatus.Overloaded => new Problem(503, "overloaded",
            "Too many buyers at this moment. Nothing was booked; try again in a second.")
        {
            RetryAfterSeconds = EventLimits.OverloadedRetryAfterSeconds,
            RetrySpreadSeconds = EventLimits.OverloadedRetrySpreadSeconds,
        },
        LaneStatus.OutcomeUnknown => OutcomeUnknown(),
        LaneStatus.Unavailable => Problem.Unavailable(),
        _ => new Problem(500, "internal", "Something went wrong on our side. Nothing was booked."),
    };

    /// <summary>503: it may or may not have happened.</summary>
    public static Problem OutcomeUnknown(
        string detail =
            "It is not known yet whether this took effect. Repeat the request with the same Idempotency-Key.") =>
        new(503, "outcome-unknown", detail) { RetryAfterSeconds = EventLimits.UnknownRetryAfterSeconds };
}
