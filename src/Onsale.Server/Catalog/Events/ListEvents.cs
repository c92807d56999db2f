using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>Published events, filtered, sorted and paged, with what is left of each.</summary>
internal static class ListEvents
{
    public static async Task<Results<CacheableJson<Page<EventSummary>>, Problem>> HandleAsync(
        [AsParameters] Parameters parameters, EventsStore store, EventAvailability availability,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var query = EventQuery.Read(parameters, validation);
        if (validation.ToProblem() is { } problem)
            return problem;

        return new CacheableJson<Page<EventSummary>>(
            await ReadAsync(query, store, availability, cancellationToken), EventsModule.CacheControl);
    }

    /// <summary>The answer to a checked question.</summary>
    public static async Task<Page<EventSummary>> ReadAsync(
        EventQuery query, EventsStore store, EventAvailability availability, CancellationToken cancellationToken)
    {
        var (rows, total) = await store.ListAsync(query, cancellationToken);
        var places = await availability.SumsAsync([.. rows.Select(row => row.Id)], cancellationToken);
        return Page<EventSummary>.Of([.. rows.Select(row => row.ToSummary(places[row.Id]))], total, query.Paging);
    }

    internal sealed class Parameters
    {
        [Description("Words that must each begin a word of the title, description, category, venue or city.")]
        [MaxLength(EventListingLimits.MaxSearchCharacters)]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [Description("Only events in this city; case and accents do not matter.")]
        [MaxLength(EventListingLimits.MaxFilterCharacters)]
        [FromQuery(Name = "city")]
        public string? City { get; init; }

        [Description(
            "Only events in this city or near it: at a venue that is no further from one in the city than within "
            + "says, as far as the coordinates of both are known; case and accents do not matter.")]
        [MaxLength(EventListingLimits.MaxFilterCharacters)]
        [FromQuery(Name = "near")]
        public string? Near { get; init; }

        [Description("Kilometres that near reaches. Default: 50.")]
        [Range(1, EventListingLimits.MaxNearKilometres)]
        [FromQuery(Name = "within")]
        public string? Within { get; init; }

        [Description("Only events of this category; case and accents do not matter.")]
        [MaxLength(EventListingLimits.MaxFilterCharacters)]
        [FromQuery(Name = "category")]
        public string? Category { get; init; }

        [Description("Only these events, by id, separated by commas; those that do not exist are left out.")]
        [MaxLength(EventListingLimits.MaxIdsCharacters)]
        [FromQuery(Name = "ids")]
        public string? Ids { get; init; }

        [Description("Only events at the venue of this slug, or of one of these, separated by commas.")]
        [MaxLength(EventListingLimits.MaxVenuesCharacters)]
        [FromQuery(Name = "venue")]
        public string? Venue { get; init; }

        [Description("Only events of the organiser of this slug.")]
        [MaxLength(EventListingLimits.MaxFilterCharacters)]
        [FromQuery(Name = "organiser")]
        public string? Organiser { get; init; }

        [Description("Only dates of this series (UUID).")]
        [FromQuery(Name = "series")]
        public string? Series { get; init; }

        [Description("With series, of the events that fit only the first of each series, with the number of its dates "
            + "that fit.")]
        [AllowedValues("series")]
        [FromQuery(Name = "group")]
        public string? Group { get; init; }

        [Description("Only events on these days by the calendar of the venue; a week begins on Monday.")]
        [AllowedValues("today", "tomorrow", "weekend", "nextWeek")]
        [FromQuery(Name = "when")]
        public string? When { get; init; }

        [Description("Only events in this currency (ISO 4217); needed with minPrice and maxPrice.")]
        [FromQuery(Name = "currency")]
        public string? Currency { get; init; }

        [Description("Only events with a tier at this price or above, in minor units of the currency.")]
        [FromQuery(Name = "minPrice")]
        public string? MinPrice { get; init; }

        [Description("Only events with a tier at this price or below, in minor units of the currency.")]
        [FromQuery(Name = "maxPrice")]
        public string? MaxPrice { get; init; }

        [Description("Only events that start on or after this date, by the calendar of the venue, or at or after this "
            + "instant. Default: those that have not ended.")]
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [Description("Only events that start on or before this date, by the calendar of the venue, or at or before "
            + "this instant.")]
        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [Description("What to sort by; price is the lowest price, events of one currency after those of another.")]
        [AllowedValues("date", "price", "title"), DefaultValue("date")]
        [FromQuery(Name = "sort")]
        public string? Sort { get; init; }

        [AllowedValues("asc", "desc"), DefaultValue("asc")]
        [FromQuery(Name = "order")]
        public string? Order { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Events a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
