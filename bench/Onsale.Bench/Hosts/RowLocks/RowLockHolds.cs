using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Bench.Hosts.RowLocks;

/// <summary>
/// The same hold the usual way: a transaction for each request that locks the rows of its seats. Same authentication,
/// same rate limit, same validation, same answer, and the same promises: all or nothing, one effect an idempotency key,
/// the buyer's limit, expired holds free at once.
/// </summary>
internal static class RowLockHolds
{
    public const string Path = "/api/v1/bench/events/{0}/bookings";

    /// <summary>With what readers go by: the event's version, its counter and its change log.</summary>
    public const string LoggedPath = "/api/v1/bench/events/{0}/logged-bookings";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/events/{id}/bookings", isLogged: false);
        Map(routes, "/events/{id}/logged-bookings", isLogged: true);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, bool isLogged) =>
        routes.MapPost(path, (
                string id, HoldRequest request, Buyer buyer,
                [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
                EventLookup events, RowLockStore store, BookingResponseMapper wire, TimeProvider time) =>
                HandleAsync(id, request, buyer, idempotencyKey, isLogged, events, store, wire, time))
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithMetadata(GuestInMemory.Instance) // as the route of holds
            .RequireAuthorization();

    private static async Task<Results<Created<BookingResponse>, Problem>> HandleAsync(
        string id, HoldRequest request, Buyer buyer, string? idempotencyKey, bool isLogged,
        EventLookup events, RowLockStore store, BookingResponseMapper wire, TimeProvider time)
    {
        var selling = await events.RequireLoadedAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        var validation = new Validation();
        var requests = HoldPlaces.Read(request, settings, validation);
        if (validation.ToProblem() is { } problem)
            return problem;

        var key = HoldPlaces.KeyOf(buyer.Id, idempotencyKey!, requests);
        var seats = ((SeatsRequest)requests.Single()).Seats;
        var bookingId = Guid.CreateVersion7(time.GetUtcNow());
        var result = await store.HoldAsync(settings, new RowLockHold(bookingId, buyer.Id, seats, key, isLogged));
        if (result.Booking is not { } booking)
            return Refusals.Of(new LaneReply(LaneStatus.Decided, result), settings);
        var response = await wire.FirstAsync(booking, settings);
        return TypedResults.Created($"/api/v1/bench/events/{settings.EventId}/bookings/{booking.Id}", response);
    }
}

/// <summary>What a request asks of the store.</summary>
internal sealed record RowLockHold(
    Guid BookingId, Guid BuyerId, ImmutableArray<int> Seats, IdempotencyKey Key, bool IsLogged);
