using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>
/// POST /events/{id}/waitlist: in line for places of an event that has not enough for the party. Repeated with the same
/// wish, the same place.
/// </summary>
internal static class JoinWaitlist
{
    public static async Task<Results<Ok<WaitlistPlace>, Problem>> HandleAsync(
        string id, WaitlistRequest request, Buyer buyer, EventLookup events, EventLanes lanes, WaitlistStore store,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var (terms, problem) = await events.RequireVisibleAsync(id);
        if (problem is not null)
            return problem;
        var settings = terms!;
        var validation = new Validation();
        validation.Range("quantity", request.Quantity, 1, InventoryLimits.MaxPlacesPerBooking);
        var tiers = TiersOf(request.Tiers ?? [], settings, validation);
        var contact = request.Contact is { } given ? ContactRules.Read(given, "contact.", validation) : default;
        validation.Require(
            request.Contact is not null || !buyer.IsGuest, "contact", "Say whom to write to, or sign in.");
        if (validation.ToProblem() is { } invalid)
            return invalid;

        var command = new JoinWaitlistCommand(
            Guid.CreateVersion7(time.GetUtcNow()), buyer.Id, [.. tiers], request.Quantity, request.Together);
        if (request.Contact is not null)
        {
            command = command with
            {
                Note = WaitlistStore.NoteOf(
                    settings.EventId, command.EntryId, contact.Name, contact.Email, contact.Language),
            };
        }

        var reply = await lanes.SubmitAsync(settings.EventId, command);
        if (reply.Status != LaneStatus.Decided || reply.Result.Refusal is not null)
            return WaitlistProblems.Of(reply, settings);
        // The inventory's own answer has no position; the tables have it by now.
        return await store.FindAsync(settings.EventId, buyer.Id, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToPlace(settings))
            : WaitlistProblems.NotOnWaitlist();
    }

    private static List<int> TiersOf(Guid[] ids, EventSettings settings, Validation validation)
    {
        validation.Require(
            ids.Length <= WaitlistLimits.MaxTiersOfEntry, "tiers",
            $"Must be at most {WaitlistLimits.MaxTiersOfEntry}.");
        var tiers = new List<int>();
        foreach (var id in ids)
        {
            var number = settings.Tiers.Select((tier, index) => (tier, index))
                .Where(item => item.tier.Id == id).Select(item => item.index).DefaultIfEmpty(-1).First();
            validation.Require(number >= 0, "tiers", "This event has no such tier.");
            validation.Require(!tiers.Contains(number), "tiers", "Each tier can be named once.");
            tiers.Add(number);
        }

        return tiers;
    }
}
