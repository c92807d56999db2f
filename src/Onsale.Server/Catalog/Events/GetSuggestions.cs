using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// What a search text may become while it is typed; where nothing begins with it, events with similar names.
/// </summary>
internal static class GetSuggestions
{
    public static async Task<Results<CacheableJson<EventSuggestions>, Problem>> HandleAsync(
        [AsParameters] Parameters parameters, EventsStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var search = validation.Text("search", parameters.Search, 1, EventListingLimits.MaxSearchCharacters);
        if (validation.ToProblem() is { } problem)
            return problem;
        return new CacheableJson<EventSuggestions>(
            await store.SuggestAsync(search, cancellationToken), EventsModule.CacheControl);
    }

    internal sealed class Parameters
    {
        [Description("What has been typed so far: words that begin words of an event, a city or a category.")]
        [Required, MaxLength(EventListingLimits.MaxSearchCharacters)]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }
    }
}
