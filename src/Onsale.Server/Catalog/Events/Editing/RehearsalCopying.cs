using System.Collections.Immutable;
using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Catalog.Venues;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>
/// Makes the copy of an event that a rehearsal sells: the same plan, tiers and rules of sale, none of its buyers. It
/// belongs to an organisation of its own and took place long ago: no list, search or calendar shows it, and nothing of
/// it is in the organiser's bookings, reports and money.
/// </summary>
internal sealed class RehearsalCopying(NpgsqlDataSource dataSource, SeatingPlanCache plans, EventLanes lanes)
{
    private const string AddOrganisationSql = "select exists (select from organisations where id = @id)";

    // Fees and taxes are part of what a place costs, and of the work of selling it. What is sold with another's place
    // only is not copied: the buyers of a rehearsal take places of one tier.
    private const string FeesSql = """
        update tiers c set fee_fixed = t.fee_fixed, fee_basis_points = t.fee_basis_points,
            fee_from_buyer = t.fee_from_buyer, tax_basis_points = t.tax_basis_points, tax_added = t.tax_added
        from tiers t where t.event_id = @source and c.event_id = @copy and c.number = t.number
        """;

    private const string BlocksSql = "select seats, tier, quantity from event_blocks where event_id = @source";

    private static readonly Guid s_organisation = new("00000000-0000-7000-8000-005245484501");
    private static readonly Guid s_venue = new("00000000-0000-7000-8000-005245484502");

    /// <summary>Makes the copy; answers why not, by field, where that cannot be.</summary>
    /// <param name="source">The event.</param>
    /// <param name="copyId">Of <see cref="RehearsalCopy.NewId"/>.</param>
    /// <param name="onSaleAt">When its sale begins.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is made then.</param>
    public async Task<IReadOnlyList<(string Field, string Message)>> CopyAsync(
        EditedEvent source, Guid copyId, DateTimeOffset onSaleAt, CancellationToken cancellationToken)
    {
        var plan = source.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await EnsureHomeAsync(connection, cancellationToken);
            var tiers = await EditedEvents.TiersAsync(connection, source.Id, cancellationToken);
            var made = await EventCreation.CreateEventAsync(
                connection, CopyOf(source, tiers, copyId, onSaleAt), plan, cancellationToken);
            if (!made.IsCreated)
                return made.Errors;
            await connection.ExecuteAsync(new CommandDefinition(
                FeesSql, new { source = source.Id, copy = copyId }, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        await BlockAsync(connection, source.Id, copyId, cancellationToken);
        return [];
    }

    private static async Task EnsureHomeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            AddOrganisationSql, new { id = s_organisation }, cancellationToken: cancellationToken)))
            return;
        // Slugs that nobody else can have: no slug is an id (OrganisationRules.IsSlug).
        await OrganisationStore.AddAsync(
            connection, s_organisation, $"{s_organisation}", "Rehearsals", cancellationToken);
        await VenueStore.AddAsync(
            connection,
            new NewVenue(s_venue, s_organisation, $"{s_venue}", "Rehearsals", "Nowhere", "US", "None", "UTC"),
            cancellationToken);
    }

    private static NewEvent CopyOf(
        EditedEvent source, IReadOnlyList<EditedTier> tiers, Guid copyId, DateTimeOffset onSaleAt) => new()
        {
            Id = copyId,
            OrganisationId = s_organisation,
            VenueId = s_venue,
            SeatingPlanId = source.SeatingPlanId,
            Slug = $"rehearsal-{copyId:N}",
            Title = "Rehearsal",
            Category = "rehearsal",
            StartsAt = EventLimits.HiddenEventsStartAt,
            EndsAt = EventLimits.HiddenEventsStartAt.AddHours(1),
            TimeZone = source.TimeZone,
            Currency = source.Currency,
            Status = EventStatus.Published,
            OnSaleAt = onSaleAt,
            OffSaleAt = onSaleAt.AddYears(100),
            HoldMinutes = source.HoldMinutes,
            HoldExtensions = source.HoldExtensions,
            MaxTicketsPerBuyer = source.MaxTicketsPerBuyer,
            OneBookingPerBuyer = source.OneBookingPerBuyer,
            OrphanRule = source.OrphanRule,
            Tiers = [.. tiers.Select(tier => new NewTier(
                tier.Id, tier.Name, tier.Price, tier.Colour, tier.Category,
                tier.TierKind == TierKind.Quantity ? tier.Capacity ?? tier.PlannedCapacity ?? 0 : null))],
        };

    /// <summary>What the organiser keeps from sale is kept from this one too.</summary>
    private async Task BlockAsync(
        NpgsqlConnection connection, Guid source, Guid copyId, CancellationToken cancellationToken)
    {
        var blocks = await connection.QueryAsync<(int[] Seats, short? Tier, int? Quantity)>(new CommandDefinition(
            BlocksSql, new { source }, cancellationToken: cancellationToken));
        foreach (var (seats, tier, quantity) in blocks)
        {
            InventoryCommand command = tier is { } number
                ? new BlockPoolCommand(number, quantity!.Value)
                : new BlockSeatsCommand(ImmutableArray.Create(seats), Blocked: true);
            var reply = await lanes.SubmitAsync(copyId, command);
            if (reply.Status != LaneStatus.Decided || reply.Result.Refusal is not null)
                throw new InvalidOperationException($"A block of the event cannot be copied: {reply.Status}.");
        }
    }
}
