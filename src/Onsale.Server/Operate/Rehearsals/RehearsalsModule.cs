using Microsoft.Extensions.Options;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Rehearsals;

internal static class RehearsalsModule
{
    public static void AddRehearsals(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RehearsalOptions>()
            .BindConfiguration(RehearsalOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RehearsalOptions>, RehearsalOptions.Validator>();
        services.AddJson(RehearsalsJson.Default);
        services.AddSingleton<RehearsalStore>();
        services.AddSingleton<RehearsalStart>();
        services.AddSingleton<RehearsalDriver>();
        services.AddSingleton<RehearsalRunner>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "rehearsals", TimeSpan.FromSeconds(RehearsalsLimits.RoundSeconds),
            provider.GetRequiredService<RehearsalRunner>().RoundAsync));
    }

    public static void MapRehearsals(this IEndpointRouteBuilder routes)
    {
        var rehearsals = routes.MapOrganisation("/events/{event}/rehearsals", "Organiser events");
        rehearsals.MapGet("/", OwnRehearsals.ListAsync).Needs(Permissions.EventsRehearse)
            .WithName("listRehearsals").WithSummary("Rehearsals of the event's sale, the latest first")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        rehearsals.MapPost("/", OwnRehearsals.StartAsync).Needs(Permissions.EventsRehearse)
            .WithName("startRehearsal")
            .WithSummary("Sells a hidden copy of the event to simulated buyers; the copy is removed afterwards")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "rehearsal-running", "on-sale-near", "rehearsals-off");
        rehearsals.MapGet("/{rehearsalId}", OwnRehearsals.GetAsync).Needs(Permissions.EventsRehearse)
            .WithName("getRehearsal").WithSummary("How far a rehearsal is, or its report")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "rehearsal-not-found");
        rehearsals.MapDelete("/{rehearsalId}", OwnRehearsals.StopAsync).Needs(Permissions.EventsRehearse)
            .WithName("stopRehearsal")
            .WithSummary("Stops a rehearsal within seconds; one that has ended stays as it is")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "rehearsal-not-found");
    }
}
