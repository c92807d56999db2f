using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>
/// POST /events/{id}/reminders: a mail before the event's sale begins. An address that is not the caller's own
/// verified one is first asked by mail. The answer is the same whether or not such an address is on the list already,
/// or is on as many as it may be: it says nothing about who else wants to come.
/// </summary>
internal static class AskForReminder
{
    private static readonly Problem SaleHasBegun = new(
        StatusCodes.Status409Conflict, "sale-has-begun",
        "The sale of this event has begun, or the event is called off.");

    private static readonly Problem TooMany = new(
        StatusCodes.Status409Conflict, "too-many-reminders",
        $"You have {RemindersLimits.MaxPerAddress} reminders that are to come. End one by the link of a mail of it.");

    public static async Task<Results<Accepted<ReminderAsked>, Problem>> HandleAsync(
        string id, ReminderRequest request, HttpContext context, EventLookup events, AccountStore accounts,
        ReminderStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        validation.Text("language", request.Language ?? "", 0, RemindersLimits.MaxLanguageCharacters);
        var account = Buyer.TryFrom(context.User) is { IsGuest: false } buyer
            ? await accounts.FindByIdAsync(buyer.Id, cancellationToken)
            : null;
        if (AccountRules.CheckEmail(request.Email ?? account?.Email ?? "", out var address) is { } badEmail)
            validation.Add("email", badEmail);
        if (validation.ToProblem() is { } invalid)
            return invalid;

        var (terms, problem) = await events.RequireVisibleAsync(id);
        if (problem is not null)
            return problem;
        // Anybody can register with anybody's address: only one that mail was shown to arrive at is the account's own.
        var isOwn = account is { IsVerified: true }
            && string.Equals(account.Email, address, StringComparison.OrdinalIgnoreCase);
        return await store.AddAsync(
            new NewReminder(
                terms!.EventId, Guid.CreateVersion7(time.GetUtcNow()), address, Languages.Of(request.Language), isOwn),
            cancellationToken) switch
        {
            ReminderAddition.NoSale => SaleHasBegun,
            // Of another's address it is not said how many it has.
            ReminderAddition.TooMany when isOwn => TooMany,
            _ => TypedResults.Accepted((string?)null, new ReminderAsked(isOwn)),
        };
    }
}
