using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>
/// POST /reminders/confirm: whoever reads the address's mail wants to be told. Repeated, the same. By POST, as programs
/// that look at mails open their links.
/// </summary>
internal static class ConfirmReminder
{
    private static readonly Problem LinkInvalid = new(
        StatusCodes.Status404NotFound, "link-invalid",
        "The time of this link is over, the reminder was ended, or the sale has begun.");

    public static async Task<Results<NoContent, Problem>> HandleAsync(
        ReminderLink request, ReminderStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        validation.Text("token", request.Token, 1, RemindersLimits.MaxTokenCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await store.ConfirmAsync(request.Token, cancellationToken) ? TypedResults.NoContent() : LinkInvalid;
    }
}
