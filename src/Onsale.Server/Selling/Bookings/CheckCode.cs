using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Codes;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// POST /events/{id}/codes/check: what a code does. A hint: its use is counted, and its price fixed, by the hold.
/// </summary>
internal static class CheckCode
{
    public static async Task<Results<Ok<CodeAnswer>, Problem>> HandleAsync(
        string id, CodeQuestion request, HttpContext context, EventLookup events, CodeStore codes,
        HoldAdmission admission, TimeProvider time, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var text = HoldPlaces.ReadCode(request.Code, validation)!;
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var selling = await events.RequireVisibleAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        if (admission.CheckGuesses(context) is { } tooMany)
            return tooMany;
        var settings = selling.Terms!;
        // From the table: what it is used for is not in the terms.
        if (await codes.FindAsync(settings.EventId, text, cancellationToken) is not { } row
            || !IsTaken(row, time.GetUtcNow()))
        {
            admission.CountGuess(context);
            return Refusals.CodeUsedUp();
        }

        var code = row.ToSettings();
        return TypedResults.Ok(new CodeAnswer(
            code.Text, [.. TiersOf(code, settings)], code.EndsAt, code.OpensPresale));
    }

    private static bool IsTaken(CodeRow code, DateTimeOffset now) =>
        !(code.StartsAt > now.UtcDateTime) && !(code.EndsAt <= now.UtcDateTime)
        && !(code.Uses >= code.MaxUses) && !(code.Tickets >= code.MaxTickets);

    private static IEnumerable<CodeTier> TiersOf(CodeSettings code, EventSettings settings)
    {
        for (var number = 0; number < settings.Tiers.Count; number++)
        {
            if (!code.IsFor(number))
                continue;
            var tier = settings.Tiers[number];
            yield return new CodeTier(
                tier.Id, new Money(tier.Parts.Total, settings.Currency),
                new Money(tier.Terms.Of(code.Reduce(tier.Price)).Total, settings.Currency));
        }
    }
}
