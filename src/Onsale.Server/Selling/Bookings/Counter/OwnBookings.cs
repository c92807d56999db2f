using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.Events.Questions;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Selling.Bookings.Answers;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Bookings of an event, for those who sell it.</summary>
internal static class OwnBookings
{
    private static readonly string[] s_paymentStates =
        ["started", "succeeded", "declined", "refundIntended", "refunded", "moved", "voided", "refundFailed"];

    public static async Task<Results<Ok<Page<OwnBookingSummary>>, Problem>> ListAsync(
        string @event, [AsParameters] Parameters parameters, OrganisationAccess access, EditedEvents events,
        SeatingPlanCache plans, OwnBookingStore store, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        var query = parameters.Read(tiers, plan, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await store.ListAsync(row.Id, query, cancellationToken);
        return TypedResults.Ok(Page<OwnBookingSummary>.Of(
            [.. rows.Select(booking => booking.ToSummary(row.Currency))], total, query.Paging));
    }

    public static async Task<Results<Ok<OwnBooking>, Problem>> GetAsync(
        string @event, string bookingId, OrganisationAccess access, EditedEvents events, BookingShowing showing,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } booking
            ? TypedResults.Ok(booking)
            : Refusals.BookingNotFound();
    }

    internal static string StateOf(int payment) => s_paymentStates[payment];

    internal sealed class Parameters
    {
        [Description("A name, e-mail address, order code, ticket code, booking id or the label of a seat.")]
        [MaxLength(CounterLimits.MaxSearchCharacters)]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [AllowedValues("held", "paying", "confirmed", "released", "expired", "cancelled")]
        [FromQuery(Name = "state")]
        public string? State { get; init; }

        [Description("Only bookings with a place of this tier.")]
        [FromQuery(Name = "tier")]
        public string? Tier { get; init; }

        [Description("Only bookings made at or after this instant.")]
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [Description("Only bookings made at or before this instant.")]
        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [AllowedValues("newest", "oldest", "total"), DefaultValue("newest")]
        [FromQuery(Name = "sort")]
        public string? Sort { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Bookings a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }

        public OwnBookingQuery Read(IReadOnlyList<EditedTier> tiers, SeatingPlan? plan, Validation validation) => new(
            ReadSearch(plan, validation), ReadState(validation), ReadTier(tiers, validation),
            validation.Instant("from", From), validation.Instant("to", To), ReadOrder(validation),
            Paging.Read(Page, Limit, validation));

        private BookingSearch? ReadSearch(SeatingPlan? plan, Validation validation)
        {
            if (string.IsNullOrWhiteSpace(Search))
                return null;
            var text = validation.Text("search", Search, 0, CounterLimits.MaxSearchCharacters);
            Guid? id = Guid.TryParseExact(text, "D", out var parsed) ? parsed : null;
            return new BookingSearch(
                text, id, OrderCodes.TryRead(text, out var code) ? code : null,
                plan is null ? [] : SeatsOf(plan, text));
        }

        /// <summary>Seats whose label has the text: "row C, seat 14".</summary>
        private static int[] SeatsOf(SeatingPlan plan, string text)
        {
            var seats = new List<int>();
            for (var seat = 0; seat < plan.SeatCount && seats.Count < CounterLimits.MaxSearchedSeats; seat++)
            {
                if (plan.LabelOf(seat).EndsWith(text, StringComparison.OrdinalIgnoreCase))
                    seats.Add(seat);
            }

            return [.. seats];
        }

        private BookingState? ReadState(Validation validation)
        {
            if (string.IsNullOrEmpty(State))
                return null;
            if (State.All(char.IsAsciiLetterLower)
                && Enum.TryParse<BookingState>(State, ignoreCase: true, out var state))
            {
                return state;
            }

            validation.Add("state", "Must be held, paying, confirmed, released, expired or cancelled.");
            return null;
        }

        private int? ReadTier(IReadOnlyList<EditedTier> tiers, Validation validation)
        {
            if (string.IsNullOrEmpty(Tier))
                return null;
            if (tiers.FirstOrDefault(tier => $"{tier.Id}" == Tier) is { } found)
                return found.Number;
            validation.Add("tier", "The event has no such tier.");
            return null;
        }

        private OwnBookingOrder ReadOrder(Validation validation)
        {
            validation.Require(
                Sort is null or "" or "newest" or "oldest" or "total", "sort", "Must be newest, oldest or total.");
            return Sort switch
            {
                "oldest" => OwnBookingOrder.Oldest,
                "total" => OwnBookingOrder.Dearest,
                _ => OwnBookingOrder.Newest,
            };
        }
    }
}

/// <summary>Finds what a route of an organisation names.</summary>
internal static class OwnBookingLookup
{
    /// <summary>A booking of the organisation's event; null: it has no such booking.</summary>
    public static async Task<Booking?> FindOwnAsync(this BookingReader reader, EditedEvent row, string bookingId) =>
        row.IsOpened && Guid.TryParseExact(bookingId, "D", out var id) ? await reader.FindAsync(row.Id, id) : null;
}

/// <summary>Puts together what who sells sees of a booking.</summary>
internal sealed class BookingShowing(
    EventLookup lookup, BookingReader reader, BookingStore bookings, OwnBookingStore store, ContactStore contacts,
    BookingResponseMapper wire, QuestionStore questions, AnswerStore answers, TransferStore transfers,
    PaidBackStore paidBack)
{
    /// <summary>The booking; null: the event has no such booking.</summary>
    public async Task<OwnBooking?> ShowAsync(EditedEvent row, string bookingId, CancellationToken cancellationToken)
    {
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking
            || await lookup.RequireAnyAsync(row.Id) is not { Terms: { } terms })
        {
            return null;
        }

        var id = booking.Id;
        if (booking.State == BookingState.Held && booking.HeldUntil <= row.Now)
            booking = booking with { State = BookingState.Expired };
        var tickets = await bookings.TicketsAsync(row.Id, id);
        var contact = await contacts.FindAsync(row.Id, id);
        var shown = await wire.OfAsync(booking, terms, tickets, contact);
        var payments = await store.PaymentsAsync(row.Id, id, cancellationToken);
        var refunds = await store.RefundsAsync(row.Id, id, cancellationToken);
        var disputes = await store.DisputesAsync(row.Id, id, cancellationToken);
        var chain = await transfers.ListOfBookingAsync(row.Id, id);
        var owed = await paidBack.OwedAsync(row.Id, id, cancellationToken);
        return new OwnBooking(
            id, shown.OrderCode, booking.State, booking.BuyerId, contact?.Name, contact?.Email, contact?.Language,
            booking.HeldUntil, shown.Items, shown.Total, shown.Tickets ?? [],
            [.. payments.Select(payment => new BookingPayment(
                payment.Attempt, payment.Method, OwnBookings.StateOf(payment.State),
                new Money(payment.Amount, row.Currency), new Money(payment.Refunded, row.Currency),
                new DateTimeOffset(payment.StartedAt), new DateTimeOffset(payment.ChangedAt)))],
            [.. refunds.Select(refund => new BookingRefund(
                refund.Id, new Money(refund.Amount, row.Currency), refund.Items, refund.Reason, refund.IsDone,
                refund.IsFailed, new DateTimeOffset(refund.CreatedAt)))],
            await store.HistoryAsync(row.Id, booking, cancellationToken), booking.CreatedAt, booking.ChangedAt,
            shown.Code,
            [.. disputes.Select(dispute => new BookingDispute(
                dispute.Reference, DisputeStore.NameOf((DisputeState)dispute.State),
                new Money(dispute.Amount, row.Currency), dispute.Reason,
                dispute.AnswerBy is { } answerBy ? new DateTimeOffset(answerBy) : null,
                new DateTimeOffset(dispute.CreatedAt)))],
            await AnswersAsync(row.Id, id, cancellationToken),
            [.. chain.Select(transfer => new BookingTransfer(
                transfer.Id, transfer.TicketId, transfer.Counter, (TransferState)transfer.State, transfer.Email,
                transfer.Name, new DateTimeOffset(transfer.OfferedAt),
                transfer.EndedAt is { } endedAt ? new DateTimeOffset(endedAt) : null))])
        {
            IsPayLater = booking is { State: BookingState.Held, IsPaidLater: true },
            CanBePaidLate = booking is { State: BookingState.Expired or BookingState.Released, IsPaidLater: true }
                && !payments.Any(payment => payment.Attempt > booking.Attempts),
            ToPayBack = owed == 0 ? null : new Money(owed, row.Currency),
        };
    }

    /// <summary>In the order in which they are asked.</summary>
    private async Task<IReadOnlyList<BookingAnswer>> AnswersAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        var given = await answers.FindAsync(eventId, bookingId, cancellationToken);
        if (given.Count == 0)
            return [];
        var asked = await questions.ReadAsync(eventId, cancellationToken);
        return [.. asked.SelectMany(stored => given
            .Where(answer => answer.QuestionId == stored.Question.Id)
            .OrderBy(answer => answer.Line)
            .Select(answer => new BookingAnswer(
                stored.Question.Label,
                answer.Line == AnswerRules.WholeBooking ? null : PlaceIds.Of(bookingId, answer.Line), answer.Value)))];
    }
}
