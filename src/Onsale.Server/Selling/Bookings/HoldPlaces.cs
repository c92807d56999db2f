using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Collections;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Selling.Bookings;

/// <summary>POST /events/{id}/bookings: sets places aside, all or none.</summary>
internal static class HoldPlaces
{
    public static async Task<Results<CreatedJson<BookingResponse>, AcceptedLater, Problem>> HandleAsync(
        string id, HoldRequest request, Buyer buyer,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest http,
        LaterHolds later, EventLookup events, EventLanes lanes, BookingResponseMapper wire, HoldAdmission admission, TimeProvider time)
    {
        // The framework would make one of several.
        if (http.Headers["Idempotency-Key"].Count > 1)
            return Problem.Validation(("Idempotency-Key", "Give it once."));
        var selling = await events.RequireLoadedAsync(id);
        if (selling.Problem is { } problem)
            return problem;
        if (LaterHolds.IsPreferred(http))
        {
            var (accepted, refusal) = later.Begin(http.HttpContext, selling.Terms!, request, buyer, idempotencyKey);
            return accepted is null ? refusal! : accepted;
        }

        var answer = await HoldAsync(
            http.HttpContext, selling.Terms!, request, buyer, idempotencyKey, admission, lanes, wire, time);
        return answer.Result is CreatedJson<BookingResponse> created ? created : (Problem)answer.Result;
    }

    /// <summary>The same for an event that is found.</summary>
    public static ValueTask<Results<CreatedJson<BookingResponse>, Problem>> HoldAsync(
        HttpContext context, EventSettings settings, HoldRequest request, Buyer buyer, string? idempotencyKey,
        HoldAdmission admission, EventLanes lanes, BookingResponseMapper wire, TimeProvider time) =>
        admission.FindRoom(settings.EventId) is { } room
            ? HoldWithRoomAsync(
                room, context, settings, request, buyer, idempotencyKey, admission, lanes, wire, time)
            : HoldAdmittedAsync(context, settings, request, buyer, idempotencyKey, admission, lanes, wire, time);

    /// <summary>With a waiting room before the event, which follows how its holds fare.</summary>
    private static async ValueTask<Results<CreatedJson<BookingResponse>, Problem>> HoldWithRoomAsync(
        KnownRoom room, HttpContext context, EventSettings settings, HoldRequest request, Buyer buyer,
        string? idempotencyKey, HoldAdmission admission, EventLanes lanes, BookingResponseMapper wire,
        TimeProvider time)
    {
        room.Meter.Begin();
        if (admission.Check(room, context, buyer) is { } refusal)
            return refusal;
        var started = time.GetTimestamp();
        var answer = await HoldAdmittedAsync(
            context, settings, request, buyer, idempotencyKey, admission, lanes, wire, time);
        room.Meter.End(started, answer.Result is Problem { Code: "overloaded" });
        return answer;
    }

    // Awaited once by whoever calls it, as a pooled task must be.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Results<CreatedJson<BookingResponse>, Problem>> HoldAdmittedAsync(
        HttpContext context, EventSettings settings, HoldRequest request, Buyer buyer, string? idempotencyKey,
        HoldAdmission admission, EventLanes lanes, BookingResponseMapper wire, TimeProvider time)
    {
        var tooMany = admission.CheckRepeats(settings.EventId, buyer)
            ?? (request.Code is null ? null : admission.CheckGuesses(context));
        // A repeated request with its key has its answer, whatever is refused by now.
        if (tooMany is not null && idempotencyKey is null)
            return tooMany;
        var address = admission.AddressBudgetOf(context, settings.EventId);
        // The organiser may change the event between the reading of its settings and the decision.
        for (var attempt = 1; ; attempt++)
        {
            var (reply, problem) = await TryHoldAsync(
                settings, request, buyer, idempotencyKey, tooMany is not null, address, lanes, time);
            if (problem is not null)
                return problem;
            if (reply.Result.Booking is { } booking)
            {
                if (!reply.Result.IsReplay)
                    admission.CountHold(settings.EventId, buyer);
                var response = await wire.FirstAsync(booking, settings);
                return new CreatedJson<BookingResponse>(
                    $"/api/v1/events/{settings.EventId}/bookings/{booking.Id}", response, wire.Form);
            }

            if (tooMany is not null && reply.Result.Refusal?.Reason == RefusalReason.NothingToRepeat)
                return tooMany;
            if (reply.Result.Refusal?.Reason == RefusalReason.CodeUnusable)
                admission.CountGuess(context);
            if (reply.Result.Refusal?.Reason != RefusalReason.StaleSettings
                || attempt == BookingsLimits.MaxSettingsReads
                || lanes.FindLoaded(settings.EventId)?.Settings is not { } current)
            {
                return Refusals.Of(reply, settings);
            }

            if (current.Status == EventStatus.Draft)
                return Problem.EventNotFound();
            settings = current;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<(LaneReply Reply, Problem? Problem)> TryHoldAsync(
        EventSettings settings, HoldRequest request, Buyer buyer, string? idempotencyKey, bool onlyRepeats,
        AddressBudget? address, EventLanes lanes, TimeProvider time)
    {
        var validation = new Validation();
        var requests = Read(request, settings, validation);
        var code = ReadCode(request.Code, validation);
        if (idempotencyKey is not null && !IsKey(idempotencyKey))
        {
            validation.Add("Idempotency-Key",
                $"Must be 1 to {BookingsLimits.MaxIdempotencyKeyChars} visible ASCII characters.");
        }

        if (validation.ToProblem() is { } problem)
            return (default, problem);

        var key = idempotencyKey is null ? null : KeyOf(buyer.Id, idempotencyKey, requests, code);
        var now = time.GetUtcNow();
        var bookingId = key is null ? Guid.CreateVersion7(now) : IdempotencyKeyIndex.EmbedKeyHash(now, key.KeyHash);
        var hold = new HoldCommand(bookingId, buyer.Id, requests, key, address)
        {
            SettingsVersion = settings.SettingsVersion,
            OnlyRepeats = onlyRepeats,
            Code = code,
        };
        return (await lanes.SubmitAsync(settings.EventId, hold), null);
    }

    /// <summary>As codes are kept; whether there is such a code is the inventory's to say.</summary>
    internal static string? ReadCode(string? typed, Validation validation) =>
        typed is null ? null
            : CodeSettings.Normalise(validation.Text("code", typed, 1, BookingsLimits.MaxTypedCodeChars));

    internal static ImmutableArray<PlaceRequest> Read(
        HoldRequest request, EventSettings settings, Validation validation)
    {
        // Nearly all requests are of one kind: they need no list to put several together.
        switch (request)
        {
            case { Seats: { } seats, Tickets: null, BestAvailable: null }:
                return ReadSeats(seats, settings, validation);
            case { Seats: null, Tickets: { } tickets, BestAvailable: null }:
                return ReadTickets(tickets, settings, validation);
            case { Seats: null, Tickets: null, BestAvailable: { } best }:
                return [ReadBest(best, settings, validation)];
            case { Seats: null, Tickets: null, BestAvailable: null }:
                validation.Add("body", "Give seats, tickets or bestAvailable, one or several of them.");
                return [];
            default:
                return ReadSeveral(request, settings, validation);
        }
    }

    private static ImmutableArray<PlaceRequest> ReadSeveral(
        HoldRequest request, EventSettings settings, Validation validation)
    {
        var requests = ImmutableArray.CreateBuilder<PlaceRequest>();
        if (request.Seats is { } seats)
            requests.AddRange(ReadSeats(seats, settings, validation));
        if (request.Tickets is { } tickets)
            requests.AddRange(ReadTickets(tickets, settings, validation));
        if (request.BestAvailable is { } best)
        {
            if (request.Tickets?.Any(line => line?.TierId == best.TierId) == true)
                validation.Add("bestAvailable.tierId", "Name each tier once.");
            requests.Add(ReadBest(best, settings, validation));
        }

        return requests.DrainToImmutable();
    }

    private static QuantityRequest ReadBest(
        BestAvailableRequest best, EventSettings settings, Validation validation)
    {
        var request = ReadTier(null, best.TierId, best.Quantity, best.Together, settings, validation);
        return best.Needs is null ? request : request with { Needs = ReadNeeds(best.Needs, validation) };
    }

    private static SeatNeeds ReadNeeds(string[] names, Validation validation)
    {
        var needs = SeatNeeds.None;
        foreach (var name in names)
        {
            var need = name switch
            {
                "wheelchair" => SeatNeeds.Wheelchair,
                "aisle" => SeatNeeds.Aisle,
                "fullView" => SeatNeeds.FullView,
                _ => SeatNeeds.None,
            };
            validation.Require(need != SeatNeeds.None && !needs.HasFlag(need), "bestAvailable.needs",
                "Must be of wheelchair, aisle and fullView, each once.");
            needs |= need;
        }

        return needs;
    }

    private static ImmutableArray<PlaceRequest> ReadSeats(int[] seats, EventSettings settings, Validation validation)
    {
        if (seats.Length is 0 or > InventoryLimits.MaxPlacesPerBooking)
        {
            validation.Add("seats", $"Name 1 to {InventoryLimits.MaxPlacesPerBooking} seats.");
            return [];
        }

        var count = settings.Layout.SeatCount;
        if (!Array.TrueForAll(seats, seat => (uint)seat < (uint)count))
        {
            validation.Add("seats", count == 0
                ? "This event has no numbered seats; ask for tickets by tier."
                : $"Seats of this event are 0 to {count - 1}.");
        }

        if (HasDoubles(seats))
            validation.Add("seats", "Name each seat once.");
        return [new SeatsRequest(ImmutableCollectionsMarshal.AsImmutableArray(seats))];
    }

    private static bool HasDoubles(ReadOnlySpan<int> seats)
    {
        for (var i = 1; i < seats.Length; i++)
        {
            if (seats[..i].Contains(seats[i]))
                return true;
        }

        return false;
    }

    private static ImmutableArray<PlaceRequest> ReadTickets(
        TierQuantity[] tickets, EventSettings settings, Validation validation)
    {
        if (tickets.Length is 0 or > BookingsLimits.MaxTierLines)
            validation.Add("tickets", $"Name 1 to {BookingsLimits.MaxTierLines} tiers.");
        // The serializer refuses null for a member that is not nullable, but not inside a list.
        if (tickets.Contains(null))
            validation.Add("tickets", "Must not contain null.");
        else if (tickets.Length > 1 && tickets.DistinctBy(line => line.TierId).Count() != tickets.Length)
            validation.Add("tickets", "Name each tier once.");
        if (validation.HasErrors)
            return [];
        var requests = new PlaceRequest[tickets.Length];
        for (var index = 0; index < requests.Length; index++)
        {
            var (tierId, quantity) = tickets[index];
            requests[index] = ReadTier(index, tierId, quantity, together: false, settings, validation);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(requests);
    }

    /// <param name="line">Of the list of tickets; null: of <c>bestAvailable</c>.</param>
    private static QuantityRequest ReadTier(
        int? line, Guid tierId, int quantity, bool together, EventSettings settings, Validation validation)
    {
        var tier = -1;
        for (var number = 0; number < settings.Tiers.Count; number++)
        {
            if (settings.Tiers[number].Id == tierId)
                tier = number;
        }

        // Nearly all are right: what they are called is put together for those that are not.
        if (tier < 0 || quantity is < 1 or > InventoryLimits.MaxPlacesPerBooking)
        {
            var field = line is null ? "bestAvailable" : $"tickets[{line}]";
            validation.Range($"{field}.quantity", quantity, 1, InventoryLimits.MaxPlacesPerBooking);
            validation.Require(tier >= 0, $"{field}.tierId", "This event has no such tier.");
        }

        return new QuantityRequest(tier, quantity, together);
    }

    internal static bool IsKey(string key) =>
        key.Length is > 0 and <= BookingsLimits.MaxIdempotencyKeyChars
        && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>
    /// The key belongs to its buyer, so its hash covers both, and is one that nobody can aim at another's. The
    /// fingerprint covers what is asked for, not how it was written: the order of members or white space makes no other
    /// request. Who makes two requests with the same fingerprint deceives nobody but themselves, so it may be cheap.
    /// </summary>
    internal static IdempotencyKey KeyOf(
        Guid buyerId, string key, ImmutableArray<PlaceRequest> requests, string? code = null)
    {
        Span<byte> keyed = stackalloc byte[16 + BookingsLimits.MaxIdempotencyKeyChars];
        buyerId.TryWriteBytes(keyed);
        var length = 16 + Encoding.ASCII.GetBytes(key, keyed[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(keyed[..length], hash);
        var fingerprint = FingerprintOf(requests);
        return new IdempotencyKey(new Guid(hash[..16]), code is null ? fingerprint : FingerprintOf(fingerprint, code));
    }

    /// <summary>Without a code a fingerprint is as it always was: keys are kept over an upgrade.</summary>
    private static Guid FingerprintOf(Guid requests, string code)
    {
        Span<byte> content = stackalloc byte[16 + (3 * BookingsLimits.MaxTypedCodeChars)];
        requests.TryWriteBytes(content);
        var length = 16 + Encoding.UTF8.GetBytes(code, content[16..]);
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(content[..length], hash);
        return new Guid(hash);
    }

    private static Guid FingerprintOf(ImmutableArray<PlaceRequest> requests)
    {
        // The seats and how many there are; three numbers for each line of tickets and for the best available.
        const int maxNumbers = 1 + InventoryLimits.MaxPlacesPerBooking + (3 * (BookingsLimits.MaxTierLines + 1));
        Span<byte> content = stackalloc byte[1 + (sizeof(int) * maxNumbers)];
        var length = 1;
        foreach (var request in requests)
        {
            if (request is SeatsRequest seats)
            {
                content[0] = 1;
                // Seats that more follows must not be read as that. Alone they are as they always were: keys are kept
                // over an upgrade.
                if (requests.Length > 1)
                {
                    content[0] = 2;
                    length += Append(content[length..], seats.Seats.Length);
                }

                foreach (var seat in seats.Seats)
                    length += Append(content[length..], seat);
            }
            else if (request is QuantityRequest quantity)
            {
                length += Append(content[length..], quantity.Tier);
                length += Append(content[length..], quantity.Quantity);
                // Without needs as it always was: keys are kept over an upgrade.
                length += Append(content[length..], (quantity.Together ? 1 : 0) | ((int)quantity.Needs << 1));
            }
        }

        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(content[..length], hash);
        return new Guid(hash);
    }

    private static int Append(Span<byte> content, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(content, number);
        return sizeof(int);
    }
}
