using Npgsql;
using Onsale.Inventory;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>An organisation with a venue, and what is on sale there: events of tests and of the bench.</summary>
internal sealed record House(Guid OrganisationId, Guid VenueId)
{
    private const int RowsInSection = 50;

    public static async Task<House> BuildAsync(NpgsqlConnection connection)
    {
        var house = new House(NewId(), NewId());
        await using var command = new NpgsqlCommand("""
            with organisation as (
                insert into organisations (id, slug, name) values ($1, $1::text, 'House') returning id)
            insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
            select $2, id, $2::text, 'Hall', 'Berlin', 'DE', 'Street 1', 'Europe/Berlin' from organisation
            """, connection)
        {
            Parameters = { new() { Value = house.OrganisationId }, new() { Value = house.VenueId } },
        };
        await command.ExecuteNonQueryAsync();
        return house;
    }

    /// <summary>An event of next month, on sale since yesterday.</summary>
    public NewEvent OnSale(Guid? planId, IReadOnlyList<NewTier> tiers)
    {
        var (id, now) = (NewId(), TimeProvider.System.GetUtcNow());
        return new NewEvent
        {
            Id = id,
            OrganisationId = OrganisationId,
            VenueId = VenueId,
            SeatingPlanId = planId,
            Slug = $"event-{id:N}",
            Title = "Evening",
            Category = "concert",
            StartsAt = now.AddDays(30),
            EndsAt = now.AddDays(30).AddHours(3),
            TimeZone = "Europe/Berlin",
            Currency = "USD",
            Status = EventStatus.Published,
            OnSaleAt = now.AddDays(-1),
            OffSaleAt = now.AddDays(29),
            Tiers = tiers,
        };
    }

    /// <summary>One tier for all seats of a <see cref="Grid"/>.</summary>
    public static NewTier AllSeats() => new(NewId(), "All", 4500, "#4f46e5", PlanCategory: "All");

    /// <summary>A plan of equal rows in sections of fifty, with one category.</summary>
    public static PlanDocument Grid(int rows, int seatsInRow)
    {
        return new PlanDocument(
            "Grid", [.. Enumerable.Range(0, rows).Chunk(RowsInSection).Select(Section)],
            [new PlanCategory("All", null)], new PlanSize(5000, 5000));

        PlanZone Section(int[] numbers) => new(
            $"Block {(numbers[0] / RowsInSection) + 1}", null, null, new PlanPoint(0, numbers[0] * 45),
            [.. numbers.Select(Row)], null);

        PlanRow Row(int row) => new(
            $"{row + 1}", null, null, null, null, new PlanPoint(0, row % RowsInSection * 45),
            [.. Enumerable.Range(0, seatsInRow).Select(seat => new PlanSeat(
                $"{row}-{seat}", $"{seat + 1}", null, null, null, new PlanPoint(seat * 25, 0), "All"))]);
    }

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
