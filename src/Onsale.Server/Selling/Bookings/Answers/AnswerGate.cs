using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Selling.Bookings.Answers;

/// <summary>Keeps a hold from being paid for while the organiser's required questions are open.</summary>
internal sealed class AnswerGate(QuestionStore questions, AnswerStore answers, BookingStore bookings)
{
    /// <summary>
    /// 409 <c>answers-required</c>, or null: nothing is missing. Events without such questions cost no read.
    /// </summary>
    public async ValueTask<Problem?> CheckAsync(
        Guid eventId, Guid bookingId, Guid buyerId, CancellationToken cancellationToken)
    {
        var asked = await questions.AskedAsync(eventId, cancellationToken);
        if (!asked.Any(question => question.IsRequired)
            || await bookings.FindAsync(eventId, bookingId, buyerId) is not
            { State: BookingState.Held } booking)
        {
            return null;
        }

        var given = await answers.FindAsync(eventId, bookingId, cancellationToken);
        return AnswerRules.FindMissing(booking, asked, given) is { } missing
            ? new Problem(
                StatusCodes.Status409Conflict, "answers-required",
                $"The organiser asks something that has to be answered before paying: {missing.Label}",
                writer => writer.WriteString("questionId", missing.Id))
            : null;
    }
}
