using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Catalog.Venues;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>A new event, not yet visible, with what most events have where nothing else is asked for.</summary>
internal static class AddDraft
{
    private const int DefaultDaysAhead = 30;

    private const int DefaultHours = 3;

    private const string AddSql = """
        insert into events (id, organisation_id, venue_id, seating_plan_id, slug, title, category, starts_at, ends_at,
            time_zone, currency, on_sale_at, off_sale_at)
        values (@Id, @OrganisationId, @VenueId, @SeatingPlanId, @Slug, @Title, @Category, @StartsAt, @EndsAt,
            @TimeZone, @Currency, @OnSaleAt, @OffSaleAt)
        """;

    private static readonly TimeOnly s_defaultTime = new(19, 0);

    public static async Task<Results<Created<OwnEvent>, Problem>> HandleAsync(
        NewDraft request, OrganisationAccess access, HttpContext context, OrganisationStore organisations,
        EventPlace places, EditedEvents events, EventShowing showing, NpgsqlDataSource dataSource,
        ActivityLog activities, TimeProvider time, CancellationToken cancellationToken)
    {
        var organisation = await organisations.GetAsync(access.OrganisationId, cancellationToken);
        var row = Default(request, access, organisation, time.GetUtcNow());
        var change = new EventChange(
            request.Title, Category: request.Category, VenueId: request.VenueId, SeatingPlanId: request.SeatingPlanId,
            StartsAt: request.StartsAt, EndsAt: request.EndsAt, Currency: request.Currency);
        var validation = new Validation();
        row = EventRules.Apply(row, change, validation);
        row = await places.ApplyAsync(row, change, access, validation, cancellationToken);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        row = row with
        {
            StartsAt = request.StartsAt ?? DefaultStart(row.TimeZone, time.GetUtcNow()),
            Slug = EventRules.SlugOf(await organisations.FoldAsync(row.Title, cancellationToken), row.Id),
        };
        row = row with { EndsAt = request.EndsAt ?? row.StartsAt.AddHours(DefaultHours), OffSaleAt = row.StartsAt };
        if (row.OffSaleAt <= row.OnSaleAt)
            row = row with { OffSaleAt = row.OnSaleAt.AddHours(1) };

        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                AddSql, ValuesOf(row, access.OrganisationId), cancellationToken: cancellationToken));
            await activities.AddAsync(
                connection,
                new Activity(access.Actor, "event.added", "event", $"{row.Id}") { EventId = row.Id },
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var made = await events.FindAsync(access.OrganisationId, $"{row.Id}", cancellationToken)
            ?? throw new InvalidOperationException($"The draft {row.Id} was added and is not there.");
        return TypedResults.Created(
            $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}",
            await showing.ShowAsync(made, context, cancellationToken));
    }

    private static EditedEvent Default(
        NewDraft request, OrganisationAccess access, OrganisationRow organisation, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = access.OrganisationId,
            Slug = "",
            Title = request.Title,
            Category = "concert",
            StartsAt = now,
            EndsAt = request.StartsAt is { } start ? start.AddHours(DefaultHours) : now.AddHours(DefaultHours),
            TimeZone = organisation.TimeZone,
            Currency = organisation.DefaultCurrency,
            OnSaleAt = now,
            OffSaleAt = now.AddDays(DefaultDaysAhead),
        };

    private static DateTimeOffset DefaultStart(string timeZone, DateTimeOffset now)
    {
        var today = TimeZones.ToLocal(now, timeZone) ?? now;
        return TimeZones.FromLocal(
            DateOnly.FromDateTime(today.DateTime).AddDays(DefaultDaysAhead), s_defaultTime, timeZone);
    }

    internal static object ValuesOf(EditedEvent row, Guid organisationId) => new
    {
        row.Id,
        OrganisationId = organisationId,
        row.VenueId,
        row.SeatingPlanId,
        row.Slug,
        row.Title,
        row.Category,
        StartsAt = row.StartsAt.UtcDateTime,
        EndsAt = row.EndsAt.UtcDateTime,
        row.TimeZone,
        row.Currency,
        OnSaleAt = row.OnSaleAt.UtcDateTime,
        OffSaleAt = row.OffSaleAt.UtcDateTime,
    };
}

/// <summary>Where an event takes place: its venue, whose time zone it has, and its plan.</summary>
internal sealed class EventPlace(VenueStore venues, OrganisationPlanStore plans)
{
    /// <summary>The event with the venue and the plan that a change asks for, if the organisation has them.</summary>
    public async Task<EditedEvent> ApplyAsync(
        EditedEvent row, EventChange change, OrganisationAccess access, Validation validation,
        CancellationToken cancellationToken)
    {
        var cleared = change.Clear ?? [];
        if (cleared.Contains("venueId"))
            row = row with { VenueId = null };
        if (cleared.Contains("seatingPlanId"))
            row = row with { SeatingPlanId = null };
        if (change.VenueId is { } venueId)
        {
            if (await venues.FindAsync(access.OrganisationId, venueId, cancellationToken) is { } venue)
                row = row with { VenueId = venueId, TimeZone = venue.TimeZone };
            else
                validation.Add("venueId", "The organisation has no such venue.");
        }

        if (change.SeatingPlanId is { } planId)
        {
            row = row with { SeatingPlanId = planId };
            if (await plans.FindAsync(access.OrganisationId, planId, cancellationToken) is null)
                validation.Add("seatingPlanId", "The organisation has no such seating plan.");
        }

        return row;
    }
}
