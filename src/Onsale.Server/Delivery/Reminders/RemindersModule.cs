using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>Mails to those who want to be there when a sale begins.</summary>
internal static class RemindersModule
{
    public static void AddReminders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(RemindersJson.Default);
        services.AddSingleton<ReminderStore>();
        services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<ReminderStore>());
        services.AddSingleton<ReminderMails>();
        services.AddSingleton<ReminderRounds>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "sale-reminders", TimeSpan.FromSeconds(RemindersLimits.RoundSeconds),
            provider.GetRequiredService<ReminderRounds>().RoundAsync));
    }

    public static void MapReminders(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi().MapGroup("").WithTags("Events")
            .WithMetadata(new RequestSizeLimitAttribute(RemindersLimits.MaxRequestBytes))
            // Whoever asks has mails sent to an address that may be another's.
            .RequireRateLimit(RateLimitPolicy.Auth)
            .NoStore()
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        api.MapPost("/events/{id}/reminders", AskForReminder.HandleAsync)
            .WithName("askForReminder")
            .WithSummary("Asks for a mail a day and 15 minutes before the event's sale begins")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "sale-has-begun", "too-many-reminders")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        api.MapPost("/reminders/confirm", ConfirmReminder.HandleAsync)
            .WithName("confirmReminder").WithSummary("Confirms a reminder by the link of its mail; repeated, the same")
            .Refuses(StatusCodes.Status404NotFound, "link-invalid");
        api.MapPost("/reminders/end", EndReminder.HandleAsync)
            .WithName("endReminder").WithSummary("Ends a reminder by the link of its mail; repeated, the same");
    }
}
