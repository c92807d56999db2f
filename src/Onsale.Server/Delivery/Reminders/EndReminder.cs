using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>
/// POST /reminders/end: no more mails about the event's sale to this address. By POST, as programs that look at mails
/// open their links. Repeated, and for a token that nobody was given, the same.
/// </summary>
internal static class EndReminder
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        ReminderLink request, ReminderStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        validation.Text("token", request.Token, 1, RemindersLimits.MaxTokenCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        await store.EndAsync(request.Token, cancellationToken);
        return TypedResults.NoContent();
    }
}
