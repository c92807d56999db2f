using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Bookings.Answers;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// POST /events/{id}/bookings/{bookingId}/pay-later: the hold is kept for the longer time that the event gives to who
/// pays by bank transfer. Its contact is known by then: the order code is what the transfer refers to.
/// </summary>
internal static class PayLater
{
    private static readonly Problem s_contactNeeded = new(
        StatusCodes.Status409Conflict, "contact-needed",
        "Give a name and an e-mail address first: what to pay is sent there.");

    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, EventLanes lanes, BookingStore store,
        ContactStore contacts, BookingResponseMapper wire, AnswerGate answers, CancellationToken cancellationToken)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(settings.EventId, wanted, buyer.Id) is null)
        {
            return Refusals.BookingNotFound();
        }

        if (await contacts.FindAsync(settings.EventId, wanted) is not { Email: not null } contact)
            return s_contactNeeded;
        if (await answers.CheckAsync(settings.EventId, wanted, buyer.Id, cancellationToken) is { } unanswered)
            return unanswered;
        var reply = await lanes.SubmitAsync(settings.EventId, new PayLaterCommand(wanted, buyer.Id)
        {
            Note = new CommitNote(() =>
                [LaterPaymentStore.KeepCommand(settings.EventId, wanted, settings.PayLater?.Instructions)]),
        });
        return reply.Result.Booking is { } booking
            ? TypedResults.Ok(await wire.OfAsync(booking, settings, contact: contact))
            : Refusals.Of(reply, settings);
    }
}
