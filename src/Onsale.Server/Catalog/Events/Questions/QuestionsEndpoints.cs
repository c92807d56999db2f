using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Events.Questions;

internal static class QuestionsEndpoints
{
    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapOrganisation("/events/{event}/questions", "Organiser events")
            .WithMetadata(new RequestSizeLimitAttribute(EventLimits.MaxEditRequestBytes));
        own.MapGet("/", OwnEventQuestions.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getQuestions").WithSummary("What an event asks its buyers")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        own.MapPut("/", OwnEventQuestions.PutAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("putQuestions").WithSummary("Sets what an event asks its buyers, all questions in order")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        routes.MapApi().MapGet("/events/{id}/questions", GetQuestions.HandleAsync)
            .WithTags("Events")
            .WithName("listEventQuestions").WithSummary("What buyers of an event are asked before they pay")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
    }
}
