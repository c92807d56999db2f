using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

internal static class SeatingPlansModule
{
    public static void AddSeatingPlans(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(PlansJson.Default);
        builder.Services.AddSingleton<SeatingPlanCache>();
        builder.Services.AddSingleton<SeatMaps>();
        builder.Services.AddSingleton<OrganisationPlanStore>();
        builder.Services.AddSingleton<PlanDraftStore>();
    }

    public static void MapSeatingPlans(this IEndpointRouteBuilder routes)
    {
        var plans = routes.MapOrganisation("/plans", "Organisations");
        plans.MapGet("/", OwnPlans.ListAsync).Needs(Permissions.PlansRead)
            .WithName("listPlans").WithSummary("The organisation's seating plans, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        plans.MapGet("/{planId}", OwnPlans.GetAsync).Needs(Permissions.PlansRead)
            .WithName("getPlan").WithSummary("One seating plan with its document")
            .Refuses(StatusCodes.Status404NotFound, "plan-not-found");
        plans.MapGet("/{planId}/seatmap", PlanSeatMap.HandleAsync).Needs(Permissions.PlansRead)
            .WithName("getPlanSeatMap").WithSummary("One seating plan as the shop draws it, a tier a category")
            .Produces<SeatMap>()
            .Refuses(StatusCodes.Status404NotFound, "plan-not-found");
        plans.MapPost("/", OwnPlans.AddAsync).Needs(Permissions.PlansEdit)
            .WithMetadata(new RequestSizeLimitAttribute(SeatingPlanLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("addPlan").WithSummary("Stores a seating plan; the same plan is stored once")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "plan-invalid");
        MapDrafts(routes.MapOrganisation("/plan-drafts", "Organisations"));
    }

    private static void MapDrafts(RouteGroupBuilder drafts)
    {
        drafts.MapGet("/", PlanDrafts.ListAsync).Needs(Permissions.PlansRead)
            .WithName("listPlanDrafts").WithSummary("Seating plans that are being drawn, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        drafts.MapGet("/{draftId}", PlanDrafts.GetAsync).Needs(Permissions.PlansRead)
            .WithName("getPlanDraft").WithSummary("A draft with its document")
            .Refuses(StatusCodes.Status404NotFound, "plan-draft-not-found");
        drafts.MapGet("/{draftId}/seatmap", PlanSeatMap.OfDraftAsync).Needs(Permissions.PlansRead)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("getPlanDraftSeatMap").WithSummary("A draft as the shop would draw it, a tier a category")
            .Produces<SeatMap>()
            .Refuses(StatusCodes.Status404NotFound, "plan-draft-not-found")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "plan-invalid");
        drafts.MapPut("/{draftId}", PlanDrafts.PutAsync).Needs(Permissions.PlansEdit)
            .WithMetadata(new RequestSizeLimitAttribute(SeatingPlanLimits.MaxRequestBytes))
            .WithName("putPlanDraft")
            .WithSummary("Saves a draft: a new one, or with If-Match on the version one has seen")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "plan-draft-not-found")
            .Refuses(StatusCodes.Status409Conflict, "too-many-drafts")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile")
            .Refuses(StatusCodes.Status428PreconditionRequired, "if-match-required");
        drafts.MapDelete("/{draftId}", PlanDrafts.DeleteAsync).Needs(Permissions.PlansEdit)
            .WithName("deletePlanDraft").WithSummary("Throws a draft away")
            .Refuses(StatusCodes.Status404NotFound, "plan-draft-not-found");
        drafts.MapPost("/{draftId}/publish", PlanDrafts.PublishAsync).Needs(Permissions.PlansEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("publishPlanDraft").WithSummary("Makes a draft a plan, which never changes again")
            .Refuses(StatusCodes.Status404NotFound, "plan-draft-not-found")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "plan-invalid");
    }
}
