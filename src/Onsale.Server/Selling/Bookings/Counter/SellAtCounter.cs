using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Collections;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// Sells places at the counter: held, noted as paid, confirmed. What a crash leaves in between ends by itself: the hold
/// runs out, and <see cref="PaymentRecovery"/> settles the payment by what became of its booking.
/// </summary>
internal static class SellAtCounter
{
    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "The event has no places to sell until it was published.");

    public static async Task<Results<Created<OwnBooking>, Problem>> HandleAsync(
        string @event, SaleRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        OrganisationAccess access, EditedEvents events, EventLanes lanes, CounterSales sales, BookingShowing showing,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!row.IsOpened)
            return s_notPublished;
        if (await lanes.ReadAsync(row.Id) is not { Lane.Settings: { } settings })
            return Problem.Unavailable();
        var validation = new Validation();
        var places = HoldPlaces.Read(
            new HoldRequest(request.Seats, request.Tickets, request.BestAvailable), settings, validation);
        var buyer = ReadBuyer(request.Buyer, validation);
        if (idempotencyKey is not null && !HoldPlaces.IsKey(idempotencyKey))
        {
            validation.Add("Idempotency-Key",
                $"Must be 1 to {BookingsLimits.MaxIdempotencyKeyChars} visible ASCII characters.");
        }

        if (validation.ToProblem() is { } invalid)
            return invalid;
        var reply = await sales.SellAsync(
            access.Actor, settings, places, request.Method, buyer, idempotencyKey);
        if (reply.Result.Booking is not { } booking)
            return Refusals.Of(reply, settings);
        return await showing.ShowAsync(row, $"{booking.Id}", cancellationToken) is { } shown
            ? TypedResults.Created(
                $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}/bookings/{booking.Id}", shown)
            : Refusals.BookingNotFound();
    }

    private static CounterBuyer? ReadBuyer(CounterBuyer? buyer, Validation validation)
    {
        if (buyer is null)
            return null;
        if (AccountRules.CheckName(buyer.Name, out var name) is { } badName)
            validation.Add("buyer.name", badName);
        string? email = null;
        if (!string.IsNullOrWhiteSpace(buyer.Email)
            && AccountRules.CheckEmail(buyer.Email, out email) is { } badEmail)
        {
            validation.Add("buyer.email", badEmail);
        }

        validation.Require(
            buyer.Language is null || ContactRules.IsLanguageTag(buyer.Language), "buyer.language",
            "Must be a language tag such as en or es-MX.");
        return new CounterBuyer(name, email, buyer.Language);
    }
}

/// <summary>The steps of a sale at the counter.</summary>
internal sealed class CounterSales(
    EventLanes lanes, PaymentStore payments, ContactStore contacts, ActivityLog activities, TimeProvider time)
{
    private const string DefaultLanguage = "en";

    /// <summary>The reply with the confirmed booking, or why there is none.</summary>
    public async Task<LaneReply> SellAsync(
        Actor seller, EventSettings settings, ImmutableArray<PlaceRequest> places, CounterMethod method,
        CounterBuyer? buyer, string? idempotencyKey)
    {
        var now = time.GetUtcNow();
        var key = idempotencyKey is null ? null : HoldPlaces.KeyOf(seller.AccountId, idempotencyKey, places);
        var id = key is null ? Guid.CreateVersion7(now) : IdempotencyKeyIndex.EmbedKeyHash(now, key.KeyHash);
        var provider = NameOf(method);
        var note = new CommitNote(() => [activities.CommandOf(
            new Activity(seller, "booking.sold", "booking", $"{id}")
            {
                EventId = settings.EventId,
                After = new() { ["method"] = provider },
            })]);
        var held = await lanes.SubmitAsync(settings.EventId, new HoldCommand(
            id, Guid.CreateVersion7(now), places, key)
        {
            IsBoxOffice = true,
            IsFree = method == CounterMethod.Comp,
            SettingsVersion = settings.SettingsVersion,
        });
        if (held.Result.Booking is not { } booking)
            return held;
        // A repeated request finds its booking in whatever state it is by now, and goes on from there.
        if (buyer is not null)
        {
            await contacts.SetAsync(
                settings.EventId, booking.Id, booking.BuyerId, buyer.Name, buyer.Email,
                buyer.Language ?? DefaultLanguage);
        }

        var charge = new Charge(Guid.CreateVersion7(now), "", booking.Total, settings.Currency);
        await payments.StartAsync(settings.EventId, booking.Id, attempt: 0, booking.BuyerId, provider, charge);
        var confirmed = await lanes.SubmitAsync(settings.EventId, new ConfirmCommand(
            booking.Id, Attempt: 0, TicketCodes.New(booking.Places.Length))
        {
            IsBoxOffice = true,
            // Not with the hold, which a crash would leave to run out: nothing would be sold.
            Note = note,
        });
        if (confirmed.Result.Booking is not null)
        {
            var payment = new Payment(
                settings.EventId, booking.Id, 0, booking.BuyerId, charge.Reference, PaymentState.Started, default,
                provider);
            await payments.SetAsync(payment, PaymentFact.Paid);
        }

        return confirmed;
    }

    private static string NameOf(CounterMethod method) => method switch
    {
        CounterMethod.Cash => CounterMethods.Cash,
        CounterMethod.Card => CounterMethods.Card,
        CounterMethod.Comp => CounterMethods.Comp,
        CounterMethod.Invoice => CounterMethods.Invoice,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a way to pay."),
    };
}
