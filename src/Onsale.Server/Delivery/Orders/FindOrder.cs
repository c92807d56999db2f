using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Orders;

/// <summary>
/// POST /orders/find: the tickets of an order, for who knows its code and its e-mail address. A code that does not
/// exist and one with another e-mail address have the same answer after the same one statement.
/// </summary>
internal static class FindOrder
{
    private static readonly Problem NotFound = new(
        StatusCodes.Status404NotFound, "order-not-found",
        "There are no tickets with this order code and e-mail address. Check both.");

    public static async Task<Results<Ok<FoundOrder>, Problem>> HandleAsync(
        FindOrderRequest request, HttpContext context, SignInAttempts attempts, ContactStore contacts,
        BookingReader bookings, BookingStore store, EventLookup events, BookingResponseMapper wire, OrderAccess access,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        if (!OrderCodes.TryRead(request.OrderCode, out var code))
            validation.Add("orderCode", "An order code has nine letters and digits, such as K7M-F2Q-XDH.");
        if (AccountRules.CheckEmail(request.Email, out var email) is { } badEmail)
            validation.Add("email", badEmail);
        if (validation.ToProblem() is { } malformed)
            return malformed;

        // Codes are seen on paper and over shoulders: whoever has one must not try e-mail addresses at it.
        var attempt = await attempts.CountAsync(
            $"order {code}", AddressRange.Of(context.Connection.RemoteIpAddress), knownDevice: null, cancellationToken);
        if (attempt.BlockedForSeconds is { } seconds)
            return TooManyAttempts(seconds);
        if (await contacts.FindOrderAsync(code!, email) is not var (eventId, bookingId))
            return NotFound;
        await attempts.ForgetAsync(attempt, cancellationToken);

        if (await bookings.FindAsync(eventId, bookingId) is not
            { State: BookingState.Confirmed or BookingState.Cancelled } booking)
        {
            return NotFound;
        }

        var selling = await events.RequireAnyAsync(eventId.ToString());
        if (selling.Problem is not null)
            return selling.Problem;
        var tickets = await store.TicketsAsync(eventId, bookingId);
        var shown = await store.EventsAsync([eventId]);
        var (token, expiresAt) = access.Issue(eventId, bookingId);
        return TypedResults.Ok(new FoundOrder(
            await wire.OfAsync(booking, selling.Terms!, tickets, await contacts.FindAsync(eventId, bookingId)),
            shown[eventId], token, expiresAt));
    }

    private static Problem TooManyAttempts(int seconds) => new(
        StatusCodes.Status429TooManyRequests, "too-many-attempts",
        "There were too many attempts at this order code. Try again later.")
    {
        RetryAfterSeconds = seconds,
    };
}
