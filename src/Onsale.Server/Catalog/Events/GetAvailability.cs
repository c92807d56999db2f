using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>What is free now: the whole of it, or what changed since a version the caller has.</summary>
/// <remarks>
/// One for the program: a scope of services for each request of the busiest read would cost more to make and to end
/// than finding what it answers.
/// </remarks>
internal sealed class GetAvailability(EventLookup events, ColdReadLimit limit)
{
    // The busiest read of an on-sale: written once for each version, whoever asks.
    private static readonly ConditionalWeakTable<AvailabilitySnapshot, WrittenAvailability> Written = [];

    private static readonly string CacheControl =
        $"public, max-age=0, s-maxage={EventListingLimits.SharedAvailabilitySeconds}";

    public async Task<IResult> HandleAsync(
        string id,
        [FromQuery, Description(
            "A version the caller has: only what changed since is answered, while that is known.")] string? since,
        HttpContext context)
    {
        if (limit.Take(id, context) is { } refusal)
            return refusal;
        var (lane, problem) = await events.RequireFreshAsync(id);
        if (lane is null)
            return problem!;
        if (string.IsNullOrEmpty(since))
            return Whole(lane);
        if (!long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return Problem.Validation(("since", "Must be a version: a whole number."));
        return lane.Availability.ChangesSince(version) is { } changes
            ? new AvailabilityResult(lane, null, new CompressedBody(Write(Of(changes, lane))))
            : Whole(lane);
    }

    private static AvailabilityResult Whole(EventLane lane)
    {
        var snapshot = lane.Availability.Snapshot();
        var settings = lane.Settings!;
        // Tiers come from the settings, whose change is a command of the inventory with a version of its own.
        var written = Written.GetValue(snapshot, key => new WrittenAvailability(
            $"\"{key.Version}\"",
            new CompressedBody(Write(new AvailabilityResponse(
                lane.EventId, key.Version, Tiers(key.Tiers, settings), Seats: key.Seats.ToArray())))));
        return new AvailabilityResult(lane, written.ETag, written.Body);
    }

    private static AvailabilityResponse Of(AvailabilityChanges changes, EventLane lane)
    {
        return new AvailabilityResponse(
            lane.EventId, changes.Version, Tiers(changes.Tiers, lane.Settings!), From: changes.From,
            Available: In(SeatState.Available), Held: In(SeatState.Held), Sold: In(SeatState.Sold),
            Blocked: In(SeatState.Blocked));

        int[] In(SeatState state) => [.. changes.Seats.Where(seat => seat.State == state).Select(seat => seat.Seat)];
    }

    private static AvailabilityTier[] Tiers(IReadOnlyList<TierAvailability> tiers, EventSettings settings) =>
        [.. tiers.Where(tier => tier.Tier < settings.Tiers.Count)
            .Select(tier => new AvailabilityTier(settings.Tiers[tier.Tier].Id, tier.Total, tier.Available))];

    private static byte[] Write(AvailabilityResponse response) =>
        JsonSerializer.SerializeToUtf8Bytes(response, EventsJson.Default.AvailabilityResponse);

    private sealed record WrittenAvailability(string ETag, CompressedBody Body);

    private sealed class AvailabilityResult(EventLane lane, string? etag, CompressedBody body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            // Browsers ask each time, and are sent it again only when a place has changed hands. A cache that many
            // share may answer for a moment by itself.
            response.Headers.CacheControl = CacheControl;
            if (lane.Availability.Age is var age && age.TotalSeconds > EventListingLimits.MaxUnsaidAgeSeconds)
                response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var coding = body.CodingFor(httpContext);
            if (etag is not null)
            {
                // A strong tag is one coding's own; the same version compressed is only as good as the same.
                response.Headers.ETag = coding is null ? etag : $"W/{etag}";
                if (EntityTags.Matches(httpContext.Request, etag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    return Task.CompletedTask;
                }
            }

            response.ContentType = "application/json; charset=utf-8";
            return body.SendAsync(httpContext, coding);
        }
    }
}
