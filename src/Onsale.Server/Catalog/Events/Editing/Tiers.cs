using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.SeatingPlans;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>The tiers of an event: what a place costs, and how many there are.</summary>
internal static class Tiers
{
    private const string DefaultColour = "#4f46e5";

    // The events row is the lock of its draft: publishing and deleting take it too.
    private const string TouchSql = """
        update events set edit_version = edit_version + 1
        where id = @eventId and not exists (select from inventory where event_id = @eventId)
        """;

    private const string UpsertSql = """
        insert into tiers (event_id, number, id, name, kind, category, price, colour, planned_capacity,
            fee_fixed, fee_basis_points, fee_from_buyer, tax_basis_points, tax_added, needs_tier)
        values (@eventId, (select count(*) from tiers where event_id = @eventId), @id, @Name,
            case when @PlanCategory::text is null then 1 else 0 end, @PlanCategory, @Price, @colour, @Capacity,
            @FeeFixed, @FeeBasisPoints, @FeeFromBuyer, @TaxBasisPoints, @TaxAdded, @needs)
        on conflict (event_id, id) do update set name = excluded.name, kind = excluded.kind,
            category = excluded.category, price = excluded.price, colour = excluded.colour,
            planned_capacity = excluded.planned_capacity, fee_fixed = excluded.fee_fixed,
            fee_basis_points = excluded.fee_basis_points, fee_from_buyer = excluded.fee_from_buyer,
            tax_basis_points = excluded.tax_basis_points, tax_added = excluded.tax_added,
            needs_tier = excluded.needs_tier
        """;

    private const string DeleteSql = "delete from tiers where event_id = @eventId and id = @id returning number";

    // In two steps: the key is checked row by row, and a row must not take the number of one that is still there.
    private const string RenumberSql = """
        update tiers set needs_tier = case when needs_tier > @number then needs_tier - 1 end
        where event_id = @eventId and needs_tier >= @number;
        update tiers set number = number + 1000 where event_id = @eventId and number > @number;
        update tiers set number = number - 1001 where event_id = @eventId and number > 1000
        """;

    private const string ColourSql = "update tiers set colour = $3 where event_id = $1 and id = $2";

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "tier-not-found", "The event has no such tier.");

    private static readonly Problem s_fixed = new(
        StatusCodes.Status409Conflict, "event-was-published",
        "An event that was published keeps its tiers: their names, prices and colours change, and their capacities by "
        + "the route for that.");

    public static async Task<Results<Ok<OwnEvent>, Problem>> PutAsync(
        string @event, string tier, TierRequest request, OrganisationAccess access, HttpContext context,
        EditedEvents events, EventChanges changes, EventShowing showing, NpgsqlDataSource dataSource,
        ActivityLog activities, SeatingPlanCache plans, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(tier, "D", out var id))
            return Problem.Validation(("tier", "Must be an id (UUID)."));
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        if (Check(request, id, tiers, plan) is { } invalid)
            return invalid;
        var problem = row.IsOpened
            ? await ChangeAsync(row, tiers.FirstOrDefault(one => one.Id == id), tiers, request, access.Actor, changes)
            : await StoreAsync(row, id, tiers, request, access.Actor, dataSource, activities, cancellationToken);
        return problem is null
            ? await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken)
            : problem;
    }

    public static async Task<Results<Ok<OwnEvent>, Problem>> DeleteAsync(
        string @event, string tier, OrganisationAccess access, HttpContext context, EditedEvents events,
        EventShowing showing, NpgsqlDataSource dataSource, ActivityLog activities,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(tier, "D", out var id))
            return s_notFound;
        if (row.IsOpened)
            return s_fixed;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var keys = new { eventId = row.Id, id };
        if (await connection.ExecuteAsync(Sql(TouchSql, keys, cancellationToken)) == 0)
            return s_fixed;
        if (await connection.ExecuteScalarAsync<short?>(Sql(DeleteSql, keys, cancellationToken)) is not { } number)
            return s_notFound;
        await connection.ExecuteAsync(Sql(RenumberSql, new { eventId = row.Id, number }, cancellationToken));
        await activities.AddAsync(connection, Told(access.Actor, "tier.deleted", row, id), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    public static async Task<Results<Ok<OwnEvent>, Problem>> ResizeAsync(
        string @event, string tier, CapacityChange request, OrganisationAccess access, HttpContext context,
        EditedEvents events, EventChanges changes, EventShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        if (tiers.FirstOrDefault(one => $"{one.Id}" == tier) is not { TierKind: TierKind.Quantity } found)
            return s_notFound;
        if (!row.IsOpened)
        {
            return new Problem(
                StatusCodes.Status409Conflict, "not-published", "Set the capacity of a draft's tier with the tier.");
        }

        if (request.Delta is 0 or < -EventLimits.MaxPoolPlaces or > EventLimits.MaxPoolPlaces)
        {
            return Problem.Validation((
                "delta", $"Must be a number other than 0, at most {EventLimits.MaxPoolPlaces}."));
        }

        var activity = Told(access.Actor, "tier.resized", row, found.Id) with
        {
            After = new() { ["delta"] = request.Delta },
        };
        var refused = await changes.SubmitAsync(
            row.Id, new ResizePoolCommand(found.Number, request.Delta), activity);
        if (refused is not null)
            return refused.Problem ?? ProblemOf(refused.Refusal!);
        return await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    private static Problem ProblemOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.CapacityBelowSold => new Problem(
            StatusCodes.Status409Conflict, "capacity-below-sold",
            $"Only {refusal.Available} places of this tier are neither held nor sold nor blocked.",
            writer => writer.WriteNumber("available", refusal.Available)),
        RefusalReason.InvalidSettings => Problem.Validation((
            "delta", $"A tier has at most {InventoryLimits.MaxPlacesPerPool} places.")),
        _ => s_notFound,
    };

    private static async Task<Problem?> StoreAsync(
        EditedEvent row, Guid id, IReadOnlyList<EditedTier> tiers, TierRequest request, Actor actor,
        NpgsqlDataSource dataSource, ActivityLog activities, CancellationToken cancellationToken)
    {
        var present = tiers.FirstOrDefault(one => one.Id == id);
        var terms = TermsOf(request, present);
        var values = new
        {
            eventId = row.Id,
            id,
            terms.FeeFixed,
            terms.FeeBasisPoints,
            terms.FeeFromBuyer,
            terms.TaxBasisPoints,
            terms.TaxAdded,
            needs = (short?)NeedsOf(request, present, tiers),
            request.Name,
            request.PlanCategory,
            request.Price,
            colour = request.Colour ?? present?.Colour ?? DefaultColour,
            request.Capacity,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(Sql(TouchSql, values, cancellationToken)) == 0)
            return s_fixed;
        await connection.ExecuteAsync(Sql(UpsertSql, values, cancellationToken));
        var after = (await EditedEvents.TiersAsync(connection, row.Id, cancellationToken)).Single(one => one.Id == id);
        var activity = Told(actor, present is null ? "tier.added" : "tier.changed", row, id);
        if (present is not null)
            activity = activity.Between(present, after, EditingJson.Default.EditedTier);
        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static async Task<Problem?> ChangeAsync(
        EditedEvent row, EditedTier? present, IReadOnlyList<EditedTier> tiers, TierRequest request, Actor actor,
        EventChanges changes)
    {
        var isOther = present is null || request.PlanCategory != present.Category
            || (request.Capacity is { } capacity && capacity != present.Capacity);
        if (isOther)
            return s_fixed;
        var terms = TermsOf(request, present);
        var after = present! with
        {
            FeeFixed = terms.FeeFixed,
            FeeBasisPoints = terms.FeeBasisPoints,
            FeeFromBuyer = terms.FeeFromBuyer,
            TaxBasisPoints = terms.TaxBasisPoints,
            TaxAdded = terms.TaxAdded,
            NeedsTier = (short?)NeedsOf(request, present, tiers),
            Name = request.Name.Trim(),
            Price = request.Price,
            Colour = request.Colour ?? present.Colour,
        };
        var activity = Told(actor, "tier.changed", row, present.Id)
            .Between(present, after, EditingJson.Default.EditedTier);
        if (activity.IsEmpty)
            return null;
        var patch = new SettingsPatch
        {
            Prices = [new TierPrice(present.Number, after.Price)],
            Terms = [new TierTerms(present.Number, terms)],
            Names = [new TierName(present.Number, after.Name)],
            Needs = [new TierNeed(present.Number, after.NeedsTier)],
        };
        var refused = await changes.SubmitAsync(
            row.Id, new ChangeSettingsCommand(patch), activity,
            () => [Command(
                ColourSql, Id(row.Id), Id(present.Id), Parameter(after.Colour, NpgsqlDbType.Text))]);
        return refused is null ? null : refused.Problem ?? s_notFound;
    }

    /// <summary>What a request leaves out stays as it is.</summary>
    private static PriceTerms TermsOf(TierRequest request, EditedTier? present)
    {
        var terms = present?.Terms ?? PriceTerms.None;
        if (request.Fee is { } fee)
        {
            terms = terms with
            {
                FeeFixed = fee.Fixed,
                FeeBasisPoints = fee.BasisPoints,
                FeeFromBuyer = fee.FromBuyer,
            };
        }

        return request.Tax is { } tax
            ? terms with { TaxBasisPoints = tax.BasisPoints, TaxAdded = tax.Added }
            : terms;
    }

    /// <summary>Number of the tier that a tier is sold with; what a request leaves out stays as it is.</summary>
    private static int? NeedsOf(TierRequest request, EditedTier? present, IReadOnlyList<EditedTier> tiers) =>
        request.SoldWith is { } with
            ? tiers.FirstOrDefault(tier => tier.Id == with.TierId)?.Number
            : present?.NeedsTier;

    private static void CheckSoldWith(
        TierRequest request, Guid id, IReadOnlyList<EditedTier> tiers, Validation validation)
    {
        if (request.SoldWith?.TierId is not { } needed)
            return;
        var other = tiers.FirstOrDefault(tier => tier.Id == needed);
        validation.Require(other is not null && needed != id, "soldWith.tierId", "The event has no such other tier.");
        validation.Require(
            other?.NeedsTier is null, "soldWith.tierId", "This tier is itself sold only with another.");
        var own = tiers.FirstOrDefault(tier => tier.Id == id)?.Number;
        validation.Require(
            own is null || !tiers.Any(tier => tier.NeedsTier == own), "soldWith.tierId",
            "Another tier is sold only with this one, so this one is sold alone too.");
    }

    private static Problem? Check(
        TierRequest request, Guid id, IReadOnlyList<EditedTier> tiers, SeatingPlan? plan)
    {
        var validation = new Validation();
        var name = validation.Text("name", request.Name, 1, EventLimits.MaxTierNameCharacters);
        validation.Require(
            !tiers.Any(tier => tier.Id != id && tier.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), "name",
            "Another tier has this name.");
        validation.Range("price", request.Price, 0, EventLimits.MaxPriceMinorUnits);
        CheckTerms(request, validation);
        CheckSoldWith(request, id, tiers, validation);
        validation.Require(
            request.Colour is null || NewEventRules.IsColour(request.Colour), "colour",
            "Must be a colour such as #7c3aed.");
        if (request.Capacity is { } capacity)
            validation.Range("capacity", capacity, 0, EventLimits.MaxPoolPlaces);
        validation.Require(
            request.PlanCategory is null || request.Capacity is null, "capacity",
            "A tier sells the seats of a category, or places by quantity.");
        if (request.PlanCategory is { } category)
        {
            validation.Require(
                plan is not null && plan.IndexOfCategory(category) >= 0, "planCategory",
                "The event's plan has no such category.");
            validation.Require(
                !tiers.Any(tier => tier.Id != id && tier.Category == category), "planCategory",
                "Another tier sells this category.");
        }

        validation.Require(
            tiers.Any(tier => tier.Id == id) || tiers.Count < EventLimits.MaxTiers, "tier",
            $"An event has at most {EventLimits.MaxTiers} tiers.");
        return validation.ToProblem();
    }

    private static void CheckTerms(TierRequest request, Validation validation)
    {
        if (request.Fee is { } fee)
        {
            validation.Range("fee.fixed", fee.Fixed, 0, InventoryLimits.MaxFee);
            validation.Range("fee.basisPoints", fee.BasisPoints, 0, EventLimits.MaxBasisPoints);
        }

        if (request.Tax is { } tax)
            validation.Range("tax.basisPoints", tax.BasisPoints, 0, EventLimits.MaxBasisPoints);
    }

    private static Activity Told(Actor actor, string action, EditedEvent row, Guid tier) =>
        new(actor, action, "tier", $"{tier}") { EventId = row.Id };

    private static CommandDefinition Sql(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}
