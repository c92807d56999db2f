using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Server.Catalog.Artwork;
using Onsale.Server.Catalog.Events.Codes;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Catalog.Events;

internal static class EventsModule
{
    /// <summary>Lists and event pages: fresh for a moment, then served while being fetched anew.</summary>
    public static readonly string CacheControl =
        $"public, max-age={EventListingLimits.FreshSeconds}, "
        + $"stale-while-revalidate={EventListingLimits.StaleWhileRevalidateSeconds}";

    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(EventsJson.Default);
        builder.Services.AddJson(EditingJson.Default);
        builder.Services.AddJson(CodesJson.Default);
        builder.Services.AddJson(QuestionsJson.Default);
        builder.Services.AddSingleton<CodeStore>();
        builder.Services.AddSingleton<QuestionStore>();
        builder.Services.AddSingleton<EditedEvents>();
        builder.Services.AddSingleton<EventChanges>();
        builder.Services.AddSingleton<EventPlace>();
        builder.Services.AddSingleton<EventShowing>();
        builder.Services.AddSingleton<EventOpening>();
        builder.Services.AddSingleton<EventCopying>();
        builder.Services.AddSingleton<RehearsalCopying>();
        builder.Services.AddSingleton<EventCancellations>();
        builder.Services.AddSingleton<EventsStore>();
        builder.Services.AddSingleton<EventAvailability>();
        builder.Services.AddSingleton<ArtworkPictures>();
        builder.Services.AddSingleton<EventLookup>();
        builder.Services.AddSingleton<ColdReadLimit>();
        builder.Services.AddSingleton<GetAvailability>();
        builder.Services.AddSingleton<GetEvent>();
        // Before its job: what is added first is stopped last.
        builder.Services.AddSingleton<EventViews>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EventViews>());
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "event-views", TimeSpan.FromSeconds(EventListingLimits.ViewsWrittenSeconds),
            provider.GetRequiredService<EventViews>().WriteAsync));
        builder.Services.AddSingleton<IEventSettingsWriter, EventSettingsWriter>();
    }
}
