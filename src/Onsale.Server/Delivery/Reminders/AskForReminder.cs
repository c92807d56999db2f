using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>
/// POST /events/{id}/reminders: a mail before the event's sale begins. The answer is the same whether or not the address
/// is on the list already, or is on as many as it may be: it says nothing about who else wants to come.
/// </summary>
internal static class AskForReminder
{
    private static readonly Problem SaleHasBegun = new(
        StatusCodes.Status409Conflict, "sale-has-begun", "The sale of this event has begun, or the event is called off.");

    public static async Task<Results<Accepted, Problem>> HandleAsync(
        string id, ReminderRequest request, HttpContext context, EventLookup events, AccountStore accounts,
        ReminderStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        validation.Text("language", request.Language ?? "", 0, RemindersLimits.MaxLanguageCharacters);
        var email = request.Email;
        if (email is null && Buyer.TryFrom(context.User) is { IsGuest: false } buyer)
            email = (await accounts.FindByIdAsync(buyer.Id, cancellationToken))?.Email;
        if (AccountRules.CheckEmail(email ?? "", out var address) is { } badEmail)
            validation.Add("email", badEmail);
        if (validation.ToProblem() is { } invalid)
            return invalid;

        var (terms, problem) = await events.RequireVisibleAsync(id);
        if (problem is not null)
            return problem;
        if (!await store.AddAsync(
            terms!.EventId, Guid.CreateVersion7(time.GetUtcNow()), address, Languages.Of(request.Language),
            cancellationToken))
        {
            return SaleHasBegun;
        }

        return TypedResults.Accepted((string?)null);
    }
}
