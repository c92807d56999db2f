using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Selling.Bookings.Answers;

/// <summary>
/// GET and PUT /events/{id}/bookings/{bookingId}/answers: what the buyer answers to the event's questions.
/// </summary>
internal static class SetAnswers
{
    public static async Task<Results<Ok<BookingAnswers>, Problem>> GetAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, BookingStore store,
        QuestionStore questions, AnswerStore answers, CancellationToken cancellationToken)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var eventId = selling.Terms!.EventId;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(eventId, wanted, buyer.Id) is not { } booking)
        {
            return Refusals.BookingNotFound();
        }

        // What is asked no more is not to be sent back.
        var asked = await questions.AskedAsync(eventId, cancellationToken);
        var given = await answers.FindAsync(eventId, wanted, cancellationToken);
        return Show(booking, [.. given.Where(answer => asked.Any(question => question.Id == answer.QuestionId))]);
    }

    public static async Task<Results<Ok<BookingAnswers>, Problem>> PutAsync(
        string id, string bookingId, AnswersRequest request, Buyer buyer, EventLookup events, BookingStore store,
        QuestionStore questions, AnswerStore answers, CancellationToken cancellationToken)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var eventId = selling.Terms!.EventId;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(eventId, wanted, buyer.Id) is not { } booking)
        {
            return Refusals.BookingNotFound();
        }

        switch (booking.State)
        {
            case BookingState.Released or BookingState.Expired:
                return Refusals.HoldExpired();
            case BookingState.Cancelled:
                return Refusals.AlreadyCancelled();
        }

        var validation = new Validation();
        var given = AnswerRules.Read(
            request, booking, await questions.AskedAsync(eventId, cancellationToken), validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await answers.SetAsync(eventId, wanted, buyer.Id, given, cancellationToken)
            ? Show(booking, given)
            : Refusals.BookingNotFound();
    }

    private static Ok<BookingAnswers> Show(Booking booking, IReadOnlyList<StoredAnswer> answers) =>
        TypedResults.Ok(new BookingAnswers([.. answers.Select(answer => new Answer(
            answer.QuestionId, answer.Value,
            answer.Line == AnswerRules.WholeBooking ? null : PlaceIds.Of(booking.Id, answer.Line)))]));
}
