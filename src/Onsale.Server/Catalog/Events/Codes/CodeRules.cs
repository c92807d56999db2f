using System.Collections.Immutable;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Catalog.Events.Codes;

/// <summary>What a code may be, field by field: the inventory refuses the same as a whole.</summary>
internal static class CodeRules
{
    private static readonly string[] s_clearable =
        ["percent", "amount", "tierIds", "startsAt", "endsAt", "maxUses", "maxTickets", "maxTicketsPerBuyer"];

    /// <summary>A new code; with faults it is of no use.</summary>
    public static CodeSettings Read(
        NewCode request, Guid id, string text, IReadOnlyList<EditedTier> tiers, Validation validation)
    {
        validation.Require(
            CodeSettings.IsText(text), "text",
            $"Must be {InventoryLimits.MinCodeCharacters} to {InventoryLimits.MaxCodeCharacters} letters of A to Z, "
            + "digits, hyphens and low lines.");
        var code = new CodeSettings(id, text)
        {
            Percent = request.Percent,
            Amount = request.Amount,
            Tiers = TiersOf(request.TierIds ?? [], tiers, validation),
            StartsAt = request.StartsAt,
            EndsAt = request.EndsAt,
            MaxUses = request.MaxUses,
            MaxTickets = request.MaxTickets,
            MaxTicketsPerBuyer = request.MaxTicketsPerBuyer,
            OpensPresale = request.OpensPresale,
        };
        Check(code, validation);
        return code;
    }

    /// <summary>A code with changes.</summary>
    public static CodeSettings Apply(
        CodeSettings code, CodePatch patch, IReadOnlyList<EditedTier> tiers, Validation validation)
    {
        var clear = patch.Clear ?? [];
        validation.Require(
            clear.All(field => s_clearable.Contains(field)), "clear", $"Must be of {string.Join(", ", s_clearable)}.");
        var after = code with
        {
            Percent = clear.Contains("percent") ? null : patch.Percent ?? code.Percent,
            Amount = clear.Contains("amount") ? null : patch.Amount ?? code.Amount,
            Tiers = clear.Contains("tierIds") ? []
                : patch.TierIds is { } ids ? TiersOf(ids, tiers, validation) : code.Tiers,
            StartsAt = clear.Contains("startsAt") ? null : patch.StartsAt ?? code.StartsAt,
            EndsAt = clear.Contains("endsAt") ? null : patch.EndsAt ?? code.EndsAt,
            MaxUses = clear.Contains("maxUses") ? null : patch.MaxUses ?? code.MaxUses,
            MaxTickets = clear.Contains("maxTickets") ? null : patch.MaxTickets ?? code.MaxTickets,
            MaxTicketsPerBuyer = clear.Contains("maxTicketsPerBuyer") ? null
                : patch.MaxTicketsPerBuyer ?? code.MaxTicketsPerBuyer,
            OpensPresale = patch.OpensPresale ?? code.OpensPresale,
        };
        Check(after, validation);
        return after;
    }

    private static void Check(CodeSettings code, Validation validation)
    {
        if (code.Percent is { } percent)
            validation.Range("percent", percent, 1, 100);
        if (code.Amount is { } amount)
            validation.Range("amount", amount, 1, EventLimits.MaxPriceMinorUnits);
        validation.Require(
            code.Percent is null || code.Amount is null, "amount", "A code takes a percentage off, or an amount.");
        validation.Require(
            code.Percent is not null || code.Amount is not null || code.OpensPresale, "percent",
            "Give a percentage, an amount, or let the code open the presale.");
        validation.Require(!(code.StartsAt >= code.EndsAt), "endsAt", "Must be after startsAt.");
        CheckLimit("maxUses", code.MaxUses, validation);
        CheckLimit("maxTickets", code.MaxTickets, validation);
        CheckLimit("maxTicketsPerBuyer", code.MaxTicketsPerBuyer, validation);
    }

    private static void CheckLimit(string field, int? limit, Validation validation)
    {
        if (limit is { } given)
            validation.Range(field, given, 1, InventoryLimits.MaxCodeUses);
    }

    private static ImmutableArray<int> TiersOf(
        Guid[] ids, IReadOnlyList<EditedTier> tiers, Validation validation)
    {
        var distinct = ids.Distinct().ToList();
        validation.Require(distinct.TrueForAll(id => tiers.Any(tier => tier.Id == id)), "tierIds",
            "The event has no such tier.");
        return [.. tiers.Where(tier => distinct.Contains(tier.Id)).Select(tier => (int)tier.Number).Order()];
    }
}
