using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>What a buyer hears when the waitlist says no.</summary>
internal static class WaitlistProblems
{
    /// <summary>404: the buyer has no place on the list.</summary>
    public static Problem NotOnWaitlist() => new(
        StatusCodes.Status404NotFound, "not-on-waitlist", "You are not on this event's waitlist.");

    /// <summary>The answer to a lane's reply that is not an effect.</summary>
    public static Problem Of(LaneReply reply, EventSettings settings) => reply.Result.Refusal?.Reason switch
    {
        RefusalReason.NoWaitlist => Conflict("no-waitlist", "This event has no waitlist."),
        RefusalReason.AlreadyOnWaitlist => Conflict(
            "already-on-waitlist", "You wait for something else of this event. Leave the list before you change it."),
        RefusalReason.NotOnWaitlist => NotOnWaitlist(),
        RefusalReason.WaitlistFull => Conflict(
            "waitlist-full", $"{reply.Result.Refusal!.Limit} parties wait: the list is full. Try again later."),
        RefusalReason.PlacesAvailable => Conflict(
            "places-available", "There is nothing to wait for: enough places are free. Choose yours."),
        _ => Refusals.Of(reply, settings),
    };

    private static Problem Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);
}
