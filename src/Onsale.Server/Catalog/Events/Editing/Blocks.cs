using System.Collections.Immutable;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>
/// Places that are kept from sale, by the name under which they are kept. A block's row is written and deleted in the
/// transaction of the command that blocks and frees the places.
/// </summary>
internal static class Blocks
{
    private const string DefaultColour = "#64748b";

    private const string AddSql = """
        insert into event_blocks (event_id, id, name, colour, seats, tier, quantity, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string DeleteSql = "delete from event_blocks where event_id = $1 and id = $2";

    private const string Columns = """
        select b.id, b.name, b.colour, b.seats, t.id as tier_id, b.tier::integer as tier, b.quantity, b.created_at
        from event_blocks b left join tiers t on t.event_id = b.event_id and t.number = b.tier
        where b.event_id = @eventId
        """;

    private const string ListSql = $"{Columns} order by b.created_at, b.id limit @limit offset @offset";

    private const string FindSql = $"{Columns} and b.id = @id";

    private const string CountSql = "select count(*) from event_blocks where event_id = @eventId";

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "block-not-found", "The event has no such block.");

    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "Places are kept from sale once the event was published.");

    public static async Task<Results<Ok<Page<Block>>, Problem>> ListAsync(
        string @event, string? page, string? limit, OrganisationAccess access, EditedEvents events,
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            CountSql, new { eventId = row.Id }, cancellationToken: cancellationToken));
        var blocks = await connection.QueryAsync<BlockRow>(new CommandDefinition(
            ListSql, new { eventId = row.Id, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return TypedResults.Ok(Page<Block>.Of([.. blocks.Select(block => block.ToBlock())], total, paging));
    }

    public static async Task<Results<Created<Block>, Problem>> AddAsync(
        string @event, NewBlock request, OrganisationAccess access, EditedEvents events, EventChanges changes,
        NpgsqlDataSource dataSource, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!row.IsOpened)
            return s_notPublished;
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var validation = new Validation();
        var name = validation.Text("name", request.Name, 1, EventLimits.MaxBlockNameCharacters);
        var tier = CheckPlaces(request, tiers, validation);
        validation.Require(
            request.Colour is null || NewEventRules.IsColour(request.Colour), "colour",
            "Must be a colour such as #7c3aed.");
        if (validation.ToProblem() is { } invalid)
            return invalid;

        var id = Guid.CreateVersion7(time.GetUtcNow());
        int[] seats = [.. (request.Seats ?? []).Distinct().Order()];
        InventoryCommand command = seats.Length > 0
            ? new BlockSeatsCommand([.. seats], Blocked: true)
            : new BlockPoolCommand(tier!.Number, request.Quantity!.Value);
        var activity = new Activity(access.Actor, "block.added", "block", $"{id}")
        {
            EventId = row.Id,
            After = new() { ["name"] = name, ["places"] = seats.Length > 0 ? seats.Length : request.Quantity },
        };
        var refused = await changes.SubmitAsync(row.Id, command, activity, () =>
        [
            Command(AddSql, Id(row.Id), Id(id), Parameter(name, NpgsqlDbType.Text),
                Parameter(request.Colour ?? DefaultColour, NpgsqlDbType.Text),
                Parameter(seats, NpgsqlDbType.Array | NpgsqlDbType.Integer),
                Parameter(tier?.Number, NpgsqlDbType.Smallint), Parameter(request.Quantity, NpgsqlDbType.Integer),
                Id(access.Actor.AccountId)),
        ]);
        if (refused is not null)
            return refused.Problem ?? ProblemOf(refused.Refusal!);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var made = await connection.QuerySingleAsync<BlockRow>(new CommandDefinition(
            FindSql, new { eventId = row.Id, id }, cancellationToken: cancellationToken));
        return TypedResults.Created(
            $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}/blocks/{id}", made.ToBlock());
    }

    public static async Task<Results<NoContent, Problem>> DeleteAsync(
        string @event, string blockId, OrganisationAccess access, EditedEvents events, EventChanges changes,
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(blockId, "D", out var id))
            return s_notFound;
        BlockRow? block;
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            block = await connection.QuerySingleOrDefaultAsync<BlockRow>(new CommandDefinition(
                FindSql, new { eventId = row.Id, id }, cancellationToken: cancellationToken));
        }

        if (block is null)
            return s_notFound;
        InventoryCommand command = block.Tier is { } tier
            ? new BlockPoolCommand(tier, -block.Quantity!.Value)
            : new BlockSeatsCommand(ImmutableArray.Create(block.Seats), Blocked: false);
        var activity = new Activity(access.Actor, "block.deleted", "block", $"{id}")
        {
            EventId = row.Id,
            Before = new() { ["name"] = block.Name },
        };
        var refused = await changes.SubmitAsync(
            row.Id, command, activity, () => [Command(DeleteSql, Id(row.Id), Id(id))]);
        // Of two who delete it at once, the second finds the places free.
        return refused is null ? TypedResults.NoContent() : refused.Problem ?? s_notFound;
    }

    private static EditedTier? CheckPlaces(
        NewBlock request, IReadOnlyList<EditedTier> tiers, Validation validation)
    {
        var hasSeats = request.Seats is { Length: > 0 };
        validation.Require(
            hasSeats != (request.Quantity is not null), "seats", "Name seats, or a tierId with a quantity.");
        validation.Require(
            (request.Seats?.Length ?? 0) <= EventLimits.MaxBlockedSeats, "seats",
            $"At most {EventLimits.MaxBlockedSeats} seats.");
        if (request.Quantity is not { } quantity)
        {
            validation.Require(request.TierId is null, "tierId", "Goes with a quantity.");
            return null;
        }

        validation.Range("quantity", quantity, 1, EventLimits.MaxPoolPlaces);
        var tier = tiers.FirstOrDefault(one => one.Id == request.TierId && one.TierKind == TierKind.Quantity);
        validation.Require(tier is not null, "tierId", "Must be a tier of the event that sells by quantity.");
        return tier;
    }

    private static Problem ProblemOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.CannotBlock when refusal.Seats.Count > 0 => new Problem(
            StatusCodes.Status409Conflict, "seats-unavailable",
            $"{refusal.Seats.Count} of these seats are held, sold or blocked; nothing was blocked.",
            writer =>
            {
                writer.WriteStartArray("seats");
                foreach (var seat in refusal.Seats)
                    writer.WriteNumberValue(seat);
                writer.WriteEndArray();
            }),
        RefusalReason.CannotBlock => new Problem(
            StatusCodes.Status409Conflict, "sold-out", $"Only {refusal.Available} places of this tier are free.",
            writer => writer.WriteNumber("available", refusal.Available)),
        _ => Problem.Validation(("seats", "The event has no such seat.")),
    };

    private sealed record BlockRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string Colour { get; init; } = "";
        public int[] Seats { get; init; } = [];
        public Guid? TierId { get; init; }
        public int? Tier { get; init; }
        public int? Quantity { get; init; }
        public DateTime CreatedAt { get; init; }

        public Block ToBlock() =>
            new(Id, Name, Colour, Seats, TierId, Quantity, new DateTimeOffset(CreatedAt));
    }
}
