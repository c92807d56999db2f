using System.Runtime.CompilerServices;
using System.Text.Json;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>What a buyer hears when the inventory says no: what happened, and what can be done.</summary>
internal static class Refusals
{
    // One a tier, while its event's settings are in use: in a sold-out rush it is nearly every answer.
    private static readonly ConditionalWeakTable<EventSettings, Problem?[]> s_soldOut = [];

    /// <summary>The answer to a lane's reply that is not an effect.</summary>
    public static Problem Of(LaneReply reply, EventSettings? settings) => reply.Status switch
    {
        LaneStatus.Decided => Of(reply.Result.Refusal!, settings!),
        _ => LaneProblems.ToProblem(reply.Status),
    };

    /// <inheritdoc cref="LaneProblems.OutcomeUnknown"/>
    public static Problem OutcomeUnknown(string detail) => LaneProblems.OutcomeUnknown(detail);

    /// <summary>409 with the seats.</summary>
    public static Problem SeatsUnavailable(Refusal refusal) => Conflict("seats-unavailable",
        refusal.Seats.Count == 1 ? "One of the seats was just taken." : "Some of the seats were just taken.",
        writer => WriteSeats(writer, refusal));

    /// <summary>404: also for another buyer's booking.</summary>
    public static Problem BookingNotFound() => new(404, "booking-not-found", "You have no such booking.");

    /// <summary>409: what was held is free again.</summary>
    public static Problem HoldExpired() => Conflict("hold-expired",
        "The hold has ended and its places are free again. Choose again.");

    /// <summary>409: the booking was confirmed and then cancelled.</summary>
    public static Problem AlreadyCancelled() => Conflict("already-cancelled", "This booking was cancelled.");

    /// <summary>404: the booking is there, and nothing to admit anybody.</summary>
    public static Problem NoTickets() => Problem.NotFound("This booking has no tickets that are valid.");

    /// <summary>402 with the attempts that are left: the buyer's bank refused.</summary>
    public static Problem PaymentDeclined(Booking? booking, int attemptsLeft) =>
        booking is { State: BookingState.Held, IsPaidLater: true } && attemptsLeft == 0
            ? NotPaid("payment-declined",
                "The payment was declined and nothing was charged. This booking takes no more cards. Your places are "
                + "kept for your bank transfer.", booking, 0)
            : booking?.State == BookingState.Held
            ? NotPaid("payment-declined",
                "The payment was declined and nothing was charged. Your places are kept until the hold ends: "
                + "try again or pay another way.", booking, attemptsLeft)
            : NotPaid("payment-declined",
                "The payment was declined and nothing was charged. The places were given back.", booking, 0);

    /// <summary>402 likewise: the provider did not answer, which does not use an attempt up.</summary>
    public static Problem PaymentUnanswered(Booking? booking, int attemptsLeft) => NotPaid("payment-unanswered",
        "The payment provider did not answer and nothing was charged. Your places are kept until the hold ends: "
        + "try again or pay another way.", booking, attemptsLeft);

    /// <summary>409: nothing was asked of the buyer's bank.</summary>
    public static Problem PaymentsUsedUp() => Conflict("payments-used-up",
        "Too many payments of this booking were declined: it takes no more cards. Nothing was charged, and your places "
        + "are kept for your bank transfer.");

    /// <summary>503: this installation has no way to take money.</summary>
    public static Problem PaymentsOff() => new(503, "payments-unavailable",
        "This shop takes no payments at the moment. Nothing was charged; your places are kept until the hold ends.")
    {
        RetryAfterSeconds = BookingsLimits.PaymentsOffRetryAfterSeconds,
    };

    /// <summary>
    /// 409: one answer for every code that is not taken, so that nobody learns which codes there are.
    /// </summary>
    public static Problem CodeUsedUp() => Conflict("code-used-up",
        "This code is not taken: it is unknown, over or used up, or it is not for these tickets. Check it, or go on "
        + "without it.");

    private static Problem NotPaid(string code, string detail, Booking? booking, int attemptsLeft) =>
        new(402, code, detail, writer =>
        {
            writer.WriteNumber("attemptsLeft", attemptsLeft);
            if (booking is not null)
                writer.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(booking.State.ToString()));
        });

    private static Problem Of(Refusal refusal, EventSettings settings) => refusal.Reason switch
    {
        RefusalReason.SeatsUnavailable => SeatsUnavailable(refusal),
        RefusalReason.SoldOut => SoldOut(refusal, settings),
        RefusalReason.NotAdjacent => Conflict("not-adjacent",
            "There are no seats left side by side for this party in this tier.",
            writer => WriteTier(writer, refusal, settings)),
        RefusalReason.OrphanSeat => Conflict("orphan-seat",
            "This choice would leave a single seat that nobody could use in company. "
            + "Move along by one, or take it too.",
            writer => WriteSeats(writer, refusal)),
        RefusalReason.CompanionAlone => Conflict("companion-alone",
            "A companion's place is sold with the wheelchair's place beside it.",
            writer => WriteSeats(writer, refusal)),
        RefusalReason.TicketAlone => Conflict("ticket-alone",
            $"{settings.Tiers[refusal.Tier].Name} is sold only together with "
            + $"{settings.Tiers[refusal.Needs].Name}. Add at least one.",
            writer =>
            {
                WriteTier(writer, refusal, settings);
                writer.WriteString("needsTierId", settings.Tiers[refusal.Needs].Id);
            }),
        RefusalReason.LimitExceeded => Conflict("limit-exceeded",
            $"One buyer can have {refusal.Limit} places of this event; you have {refusal.Has}.",
            writer => WriteLimit(writer, refusal)),
        RefusalReason.OneBookingPerBuyer => Conflict("limit-exceeded",
            "This event allows one booking for each buyer, and you have one.", writer => WriteLimit(writer, refusal)),
        RefusalReason.TooManyHeld => Conflict("too-many-held",
            $"At most {refusal.Limit} places of this event can be held at once from one network, and {refusal.Has} "
            + "are. Pay for them or give some back; what is not paid for becomes free when its hold ends.",
            writer => WriteHeld(writer, refusal)),
        RefusalReason.NotOnSale => NotOnSale(settings, refusal.At),
        RefusalReason.BookingNotFound => BookingNotFound(),
        RefusalReason.HoldExpired => HoldExpired(),
        RefusalReason.NotExtendable => Conflict("not-extendable",
            "This hold cannot be extended any further. Its places are kept until it ends."),
        RefusalReason.NoPayLater => Conflict("no-pay-later",
            "This booking cannot be paid later, or not any more. Its places are kept until the hold ends."),
        RefusalReason.PaymentsUsedUp => PaymentsUsedUp(),
        RefusalReason.PaymentInProgress => Conflict("payment-in-progress",
            "A payment for this booking is in flight. Wait for its result."),
        RefusalReason.StalePaymentAttempt => Conflict("hold-expired", "This payment came too late for its booking."),
        RefusalReason.AlreadyCancelled => AlreadyCancelled(),
        RefusalReason.NotCancellable => Conflict("not-cancellable", settings.CancellableUntil is null
            ? "Bookings of this event cannot be cancelled."
            : "The time for cancelling bookings of this event is over."),
        RefusalReason.IdempotencyMismatch => new Problem(422, "idempotency-mismatch",
            "This Idempotency-Key was used for another request. Use a new key for a new request."),
        RefusalReason.StaleSettings => Problem.Unavailable(),
        RefusalReason.CodeUnusable => CodeUsedUp(),
        RefusalReason.UnknownPlace => Problem.Validation(("seats", "This event has no such seat or tier.")),
        _ => Conflict("conflict", "This cannot be done now."),
    };

    private static Problem SoldOut(Refusal refusal, EventSettings settings)
    {
        if (refusal.Available > 0)
            return Make($"{settings.Tiers[refusal.Tier].Name} has only {refusal.Available} left.");
        var kept = s_soldOut.GetValue(settings, static settings => new Problem?[settings.Tiers.Count]);
        return kept[refusal.Tier] ??= Make($"{settings.Tiers[refusal.Tier].Name} is sold out.").Keep();

        Problem Make(string detail) =>
            Conflict("sold-out", detail, writer => WriteTier(writer, refusal, settings));
    }

    private static Problem NotOnSale(EventSettings settings, DateTimeOffset at)
    {
        var (status, detail) =
            settings.Status == EventStatus.Draft ? ("upcoming", "This event is being changed and is not on sale now.")
            : settings.Status != EventStatus.Published ? ("ended", "This event was called off.")
            : at < settings.OnSaleAt ? ("upcoming", "This event is not on sale yet.")
            : ("ended", "The sale of this event has ended.");
        return Conflict("not-on-sale", detail, writer =>
        {
            writer.WriteString("saleStatus", status);
            writer.WriteString("onSaleAt", settings.OnSaleAt.UtcDateTime);
        });
    }

    private static Problem Conflict(string code, string detail, Action<Utf8JsonWriter>? members = null) =>
        new(409, code, detail, members);

    private static void WriteSeats(Utf8JsonWriter writer, Refusal refusal)
    {
        writer.WriteStartArray("seats");
        foreach (var seat in refusal.Seats)
            writer.WriteNumberValue(seat);
        writer.WriteEndArray();
    }

    private static void WriteTier(Utf8JsonWriter writer, Refusal refusal, EventSettings settings)
    {
        writer.WriteString("tierId", settings.Tiers[refusal.Tier].Id);
        writer.WriteNumber("available", refusal.Available);
    }

    private static void WriteLimit(Utf8JsonWriter writer, Refusal refusal)
    {
        writer.WriteNumber("limit", refusal.Limit);
        writer.WriteNumber("has", refusal.Has);
    }

    private static void WriteHeld(Utf8JsonWriter writer, Refusal refusal)
    {
        writer.WriteNumber("limit", refusal.Limit);
        writer.WriteNumber("held", refusal.Has);
    }
}
