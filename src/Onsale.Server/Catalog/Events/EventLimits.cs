using Onsale.Inventory;

namespace Onsale.Server.Catalog.Events;

/// <summary>Every bound of an event's own settings. The unit is the last word of each name.</summary>
internal static class EventLimits
{
    public const int MaxSlugCharacters = 100;

    /// <summary>
    /// Events for the program's own use, such as those of smoke tests and rehearsals, took place then: lists never go
    /// back that far, whatever they are asked for.
    /// </summary>
    public static readonly DateTimeOffset HiddenEventsStartAt = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const int MaxTitleCharacters = 200;

    public const int MaxSummaryCharacters = 500;

    public const int MaxDescriptionCharacters = 20_000;

    public const int MaxCategoryCharacters = 50;

    public const int MaxTierNameCharacters = 100;

    /// <summary>A tier number fits a byte in the core.</summary>
    public const int MaxTiers = InventoryLimits.MaxTiersPerEvent;

    /// <summary>Places of one tier sold by quantity.</summary>
    public const int MaxPoolPlaces = 10_000_000;

    /// <summary>One place's price, in minor units: a thousand places still fit far inside 64 bits.</summary>
    public const long MaxPriceMinorUnits = 100_000_000_000;

    /// <summary>A fee or a tax that depends on the price: hundredths of a percent.</summary>
    public const int MaxBasisPoints = 10_000;

    public const int MaxAgeLimitYears = 99;

    public const int MaxLanguages = 20;

    public const int MaxBlockNameCharacters = 100;

    /// <summary>Seats of one block.</summary>
    public const int MaxBlockedSeats = 20_000;

    /// <summary>Questions to buyers that are asked.</summary>
    public const int MaxQuestions = 20;

    /// <summary>The same with those that are asked no more.</summary>
    public const int MaxQuestionsEver = 100;

    /// <summary>A question, or an option of one.</summary>
    public const int MaxQuestionCharacters = 200;

    public const int MaxQuestionHelpCharacters = 500;

    public const int MaxQuestionOptions = 50;

    /// <summary>Copies made at once.</summary>
    public const int MaxCopies = 100;

    /// <summary>A request that edits an event: its description, or the seats of a block.</summary>
    public const int MaxEditRequestBytes = 256 * 1024;

    public const int MinHoldMinutes = 1;

    public const int MaxHoldMinutes = 60;

    public const int MaxHoldExtensions = InventoryLimits.MaxHoldExtensions;

    /// <summary>Events whose terms are kept for a moment beside those that are loaded.</summary>
    public const int MaxCachedTerms = 4096;

    /// <summary>Answered with 503 when a lane's queue is full.</summary>
    public const int OverloadedRetryAfterSeconds = 1;

    /// <summary>Over so many seconds more the attempts of those who were refused together are spread.</summary>
    public const int OverloadedRetrySpreadSeconds = 4;

    /// <summary>Answered with 503 while the outcome of a commit or payment is not known.</summary>
    public const int UnknownRetryAfterSeconds = 2;

    /// <summary>Places of one buyer; the core bounds one booking.</summary>
    public const int MaxTicketsPerBuyer = 10_000;
}
