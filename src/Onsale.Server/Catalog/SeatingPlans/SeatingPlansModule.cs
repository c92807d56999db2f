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
        plans.MapPost("/", OwnPlans.AddAsync).Needs(Permissions.PlansEdit)
            .WithMetadata(new RequestSizeLimitAttribute(SeatingPlanLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("addPlan").WithSummary("Stores a seating plan; the same plan is stored once")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "plan-invalid");
    }
}
