using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// The fast path to <see cref="HoldPlaces"/> for the request that an on-sale consists of: a hold at its exact address,
/// with a cached token, for a loaded event, with a small JSON body that has arrived. It skips routing, authentication,
/// authorization and model binding. Any other request, and any that is wrong, goes through the pipeline untouched. Both
/// ways share the rate limit, <see cref="HoldAdmission"/> and <see cref="HoldPlaces.HoldAsync"/> (ADR 9).
/// </summary>
internal sealed class HoldFastPathMiddleware(
    RequestDelegate next, TokenCache tokens, RateLimitBudgets budgets, DrainService draining, EventLanes lanes,
    BookingResponseMapper wire, HoldAdmission admission, ReadOnlyMode readOnly, TimeProvider time,
    EndpointDataSource routes)
{
    public const string EndpointName = "holdPlaces";

    private const string Before = "/api/v1/events/";
    private const string After = "/bookings";
    private const int IdChars = 36;

    // Known once all routes are mapped. Metrics and logs name a request by it.
    private readonly Lazy<Endpoint> _endpoint = new(() => routes.Endpoints.Single(
        endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == EndpointName));

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && FindEvent(context.Request.Path.Value) is { } settings
        && FindBuyer(context.Request) is { } buyer
        && !context.Request.Headers.ContainsKey("Prefer")
        && TryReadKey(context.Request, out var key)
        && TryReadBody(context.Request) is { } request
        && !readOnly.IsOn
        && draining.TryBegin()
            ? HoldAsync(context, settings, request, buyer, key)
            : next(context);

    private async Task HoldAsync(
        HttpContext context, EventSettings settings, HoldRequest request, Buyer buyer, string? key)
    {
        try
        {
            context.SetEndpoint(_endpoint.Value);
            if (budgets.Take(context, RateLimitPolicy.Booking, RateLimitMiddleware.PartitionOf(buyer)) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
                return;
            }

            context.Response.Headers.CacheControl = "no-store";
            var answer = await HoldPlaces.HoldAsync(
                context, settings, request, buyer, key, admission, lanes, wire, time);
            await answer.ExecuteAsync(context);
        }
        finally
        {
            draining.End();
        }
    }

    private EventSettings? FindEvent(string? path) =>
        path?.Length == Before.Length + IdChars + After.Length
        && path.StartsWith(Before, StringComparison.Ordinal)
        && path.EndsWith(After, StringComparison.Ordinal)
        && Guid.TryParseExact(path.AsSpan(Before.Length, IdChars), "D", out var eventId)
        && lanes.FindLoaded(eventId)?.Settings is { Status: not EventStatus.Draft } settings
            ? settings
            : null;

    private Buyer? FindBuyer(HttpRequest request) =>
        BearerHeader.TryRead(request, out var token) && tokens.TryFindBuyer(token, out var buyer)
            ? buyer
            : null;

    private static bool TryReadKey(HttpRequest request, out string? key)
    {
        var keys = request.Headers["Idempotency-Key"];
        key = keys.Count == 0 ? null : keys[0];
        return keys.Count <= 1;
    }

    /// <summary>The body, or null: nothing of it is taken then.</summary>
    private static HoldRequest? TryReadBody(HttpRequest request)
    {
        if (request.ContentLength is not (> 0 and <= BookingsLimits.MaxRequestBytes) || !IsPlainJson(request)
            || !request.BodyReader.TryRead(out var read))
        {
            return null;
        }

        var taken = read.Buffer.Start;
        try
        {
            if (read.Buffer.Length != request.ContentLength || !read.Buffer.IsSingleSegment)
                return null;
            var form = HoldRequestReader.TryRead(read.Buffer.FirstSpan);
            if (form is not null)
                taken = read.Buffer.End;
            return form;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode. The ordinary way says what is wrong with it.
            return null;
        }
        finally
        {
            request.BodyReader.AdvanceTo(taken);
        }
    }

    private static bool IsPlainJson(HttpRequest request) =>
        request.ContentType is "application/json" or "application/json; charset=utf-8"
        && !request.Headers.ContainsKey(HeaderNames.ContentEncoding);
}
