using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Bookings.Counter;

namespace Onsale.Server.Operate.Reports;

/// <summary>"Why is this not for sale?": who had a seat when, or all that happened to a booking.</summary>
internal static class GetHistory
{
    public static async Task<Results<Ok<PlaceHistory>, Problem>> HandleAsync(
        string @event, [AsParameters] Parameters parameters, OrganisationAccess access, EditedEvents events,
        ReportStore store, OwnBookingStore bookings, BookingReader reader, SeatingPlanCache plans,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var (seat, bookingId) = parameters.Read(validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (bookingId is { } id)
        {
            if (await reader.FindAsync(row.Id, id) is not { } booking)
                return Refusals.BookingNotFound();
            var happened = await bookings.HistoryAsync(row.Id, booking, cancellationToken);
            return TypedResults.Ok(new PlaceHistory(
                null, null, id, null,
                [.. happened.Select(one => new PlaceEvent(one.At, one.Version, id, null, one.What))]));
        }

        if (await store.SeatAsync(row.Id, seat!.Value, cancellationToken) is not { } current)
            return Problem.Validation(("seat", "The event has no such seat."));
        var entries = new List<PlaceEvent>();
        foreach (var had in await store.BookingsOfSeatAsync(row.Id, seat.Value, cancellationToken))
        {
            var happened = await bookings.HistoryAsync(
                row.Id, had.BookingId, had.HoldVersion, had.Version, cancellationToken);
            entries.AddRange(happened.Select(one => new PlaceEvent(
                one.At, one.Version, had.BookingId, had.OrderCode is null ? null : OrderCodes.Show(had.OrderCode),
                one.What)));
        }

        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        return TypedResults.Ok(new PlaceHistory(
            plan?.LabelOf(seat.Value), ((SeatState)current.State).ToString().ToLowerInvariant(), current.BookingId,
            current.Block, [.. entries.OrderBy(entry => entry.Version)]));
    }

    internal sealed class Parameters
    {
        [Description("A seat by its ordinal.")]
        [FromQuery(Name = "seat")]
        public string? Seat { get; init; }

        [Description("Or a booking.")]
        [FromQuery(Name = "booking")]
        public string? Booking { get; init; }

        public (int? Seat, Guid? Booking) Read(Validation validation)
        {
            validation.Require(
                string.IsNullOrEmpty(Seat) != string.IsNullOrEmpty(Booking), "seat", "Name a seat or a booking.");
            var booking = validation.Id("booking", Booking);
            var isNumber = int.TryParse(Seat, NumberStyles.None, CultureInfo.InvariantCulture, out var seat);
            validation.Require(string.IsNullOrEmpty(Seat) || isNumber, "seat", "Must be a seat's ordinal.");
            return (isNumber ? seat : null, booking);
        }
    }
}
