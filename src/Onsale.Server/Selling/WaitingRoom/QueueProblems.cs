using Onsale.Platform.Http;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What a waiting buyer hears when something cannot be.</summary>
internal static class QueueProblems
{
    public static Problem Closed() => new(
        StatusCodes.Status409Conflict, "queue-closed", "This event has no open waiting room. Try to book.");

    public static Problem AccountRequired() => new(
        StatusCodes.Status403Forbidden, "account-required", "This waiting room is for accounts: sign in to join it.");

    public static Problem PassInvalid() => new(
        StatusCodes.Status403Forbidden, "pass-invalid",
        "This is not a pass of yours for this waiting room. Join it to get one.");

    public static Problem PassUsed() => new(
        StatusCodes.Status409Conflict, "pass-used",
        "The admission of this pass has ended. Join the waiting room again.");

    public static Problem NotYourTurn(Room room, long? position) => new(
        StatusCodes.Status409Conflict, "not-your-turn", "It is not your turn yet.", writer =>
        {
            if (position is { } at)
                writer.WriteNumber("position", at);
            writer.WriteNumber("served", room.Served);
        })
    {
        RetryAfterSeconds = WaitingRoomLimits.FullRetryAfterSeconds,
    };

    public static Problem Full() => new(
        StatusCodes.Status409Conflict, "room-full",
        "It is your turn, and there is no place inside at this moment. Your turn stays: try again in a few seconds.")
    {
        RetryAfterSeconds = WaitingRoomLimits.FullRetryAfterSeconds,
    };

    public static Problem Overloaded() => new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many join at this moment. Try again.")
    {
        RetryAfterSeconds = WaitingRoomLimits.OverloadedRetryAfterSeconds,
    };
}
