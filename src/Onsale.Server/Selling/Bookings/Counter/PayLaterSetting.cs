using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// /organisations/{org}/events/{event}/pay-later: whether and how bookings of an event can be paid later.
/// </summary>
internal static class PayLaterSetting
{
    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "An event can be paid for once it was published.");

    public static async Task<Results<Ok<PayLaterSettings>, Problem>> GetAsync(
        string @event, OrganisationAccess access, EditedEvents events, CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(Show(row))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<PayLaterSettings>, Problem>> SetAsync(
        string @event, PayLaterSettings request, OrganisationAccess access, EditedEvents events, EventChanges changes,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var terms = Read(request, row, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!row.IsOpened)
            return s_notPublished;
        var activity = new Activity(access.Actor, "event.pay-later-changed", "event", $"{row.Id}")
        {
            EventId = row.Id,
            // Who changes where money goes to is seen.
            Before = new()
            {
                ["days"] = row.PayLaterDays,
                ["endsAt"] = row.PayLaterEndsAt,
                ["instructions"] = row.PayLaterInstructions,
            },
            After = new()
            {
                ["days"] = request.Days,
                ["endsAt"] = request.EndsAt,
                ["instructions"] = request.Instructions,
            },
        };
        var patch = new SettingsPatch { PayLater = terms };
        if (await changes.SubmitAsync(row.Id, new ChangeSettingsCommand(patch), activity) is { } refused)
            return refused.Problem ?? Problem.Validation(("days", "The inventory does not take this."));
        return await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } after
            ? TypedResults.Ok(Show(after))
            : Problem.EventNotFound();
    }

    private static PayLaterTerms Read(PayLaterSettings request, EditedEvent row, Validation validation)
    {
        if (request.Days is not { } days)
        {
            validation.Require(
                request is { EndsAt: null, Instructions: null }, "days", "Without days nothing is paid later.");
            return PayLaterTerms.Off;
        }

        validation.Range("days", days, 1, InventoryLimits.MaxPayLaterDays);
        validation.Require(
            request.EndsAt is { } end && end <= row.StartsAt, "endsAt",
            "Must be given, and not after the event begins.");
        var instructions = validation.Text(
            "instructions", request.Instructions, 1, InventoryLimits.MaxPayLaterInstructionsCharacters);
        return new PayLaterTerms(days, request.EndsAt ?? default, instructions);
    }

    private static PayLaterSettings Show(EditedEvent row) =>
        new(row.PayLaterDays, row.PayLaterEndsAt, row.PayLaterInstructions);
}
