using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>How tickets are to be printed.</summary>
/// <param name="Format">Size of the pages.</param>
/// <param name="Language">One of the program's languages; null: as the booking's contact reads.</param>
internal sealed record PrintOptions(TicketFormat Format, string? Language)
{
    /// <summary>Reads the query of a request; or says what is wrong with it.</summary>
    public static (PrintOptions? Options, Problem? Problem) Read(string? format, string? language)
    {
        var validation = new Validation();
        TicketFormat? read = format switch
        {
            null or "a4" => TicketFormat.A4,
            "phone" => TicketFormat.Phone,
            _ => null,
        };
        validation.Require(read is not null, "format", "Must be a4 or phone.");
        validation.Require(
            language is null || Languages.All.Contains(language, StringComparer.Ordinal), "language",
            $"Must be one of {string.Join(", ", Languages.All)}.");
        return validation.ToProblem() is { } problem
            ? (null, problem)
            : (new PrintOptions(read!.Value, language), null);
    }
}
