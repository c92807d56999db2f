using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// GET /events/{id}/queue: the same for everybody and written once a second, so that a cache before the server answers
/// a million who wait.
/// </summary>
/// <remarks>One for the program, like the availability: it is asked by everybody who waits.</remarks>
internal sealed class GetQueue(Rooms rooms, EventLookup events, ColdReadLimit limit, IOptions<JsonOptions> json)
{
    private static readonly string CacheControl = $"public, max-age={WaitingRoomLimits.PublicStateSeconds}";

    private readonly JsonTypeInfo<QueueState> _form =
        (JsonTypeInfo<QueueState>)json.Value.SerializerOptions.GetTypeInfo(typeof(QueueState));

    public async Task<IResult> HandleAsync(string id, HttpContext context)
    {
        if (Guid.TryParseExact(id, "D", out var eventId) && rooms.Find(eventId) is { Room.IsPublished: true } room)
            return new StateResult(room.ETag, room.Body);
        if (limit.Take(id, context) is { } refusal)
            return refusal;
        var (terms, problem) = await events.RequireVisibleAsync(id);
        if (problem is not null)
            return problem;
        var none = JsonSerializer.SerializeToUtf8Bytes(QueueState.None(terms!.EventId), _form);
        return new StateResult(EntityTags.OfContent(none), new CompressedBody(none));
    }

    private sealed class StateResult(string etag, CompressedBody body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var coding = body.CodingFor(httpContext);
            response.Headers.ETag = etag;
            response.Headers.CacheControl = CacheControl;
            if (EntityTags.Matches(httpContext.Request, etag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            response.ContentType = "application/json; charset=utf-8";
            return body.SendAsync(httpContext, coding);
        }
    }
}
