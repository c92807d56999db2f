using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;

namespace Onsale.Platform.Work;

internal static class WorkModule
{
    private const int ForgetSeconds = 60;

    public static void AddWork(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(WorkJson.Default);
        services.AddOptions<WorkOptions>()
            .BindConfiguration(WorkOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkOptions>, WorkOptions.Validator>();
        services.AddSingleton<WorkRates>();
        services.AddSingleton<UsedWorkStore>();
        services.AddSingleton<WorkGate>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "used-work", TimeSpan.FromSeconds(ForgetSeconds),
            provider.GetRequiredService<UsedWorkStore>().ForgetOldAsync));
    }

    public static void MapWork(this IEndpointRouteBuilder routes) =>
        routes.MapApi().MapGet("/work/{action}", Get)
            .WithName("getWork")
            .WithSummary("A challenge to solve before being asked: guest, register, sign-in or join")
            .WithTags("Operation")
            .RequireRateLimit(RateLimitPolicy.Guest)
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .NoStore();

    /// <summary>Says in the contract that a route may ask for work.</summary>
    public static TBuilder AsksForWork<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.Refuses(StatusCodes.Status403Forbidden, "work-required");

    private static Results<Ok<WorkChallenge>, Problem> Get(
        string action, HttpContext context, WorkGate gate) =>
        WorkChallenges.ActionOf(action) is { } known
            ? TypedResults.Ok(gate.Challenge(context, known))
            : Problem.NotFound("Work is asked for guest, register, sign-in and join.");
}
