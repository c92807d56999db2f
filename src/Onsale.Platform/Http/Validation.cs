using System.Text;

namespace Onsale.Platform.Http;

/// <summary>Collects what is wrong with a request, so that the caller hears everything at once.</summary>
internal sealed class Validation
{
    private List<(string Field, string Message)>? _errors;

    public bool HasErrors => _errors is not null;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<(string Field, string Message)> Errors => _errors ?? [];

    public void Add(string field, string message) => (_errors ??= []).Add((field, message));

    public void Require(bool holds, string field, string message)
    {
        if (!holds)
            Add(field, message);
    }

    public void Range(string field, long value, long min, long max) =>
        Require(value >= min && value <= max, field, $"Must be between {min} and {max}.");

    /// <summary>
    /// The fields <c>from</c>, inclusive, and <c>to</c>, exclusive, as RFC 3339 instants; for ever where nothing is
    /// given.
    /// </summary>
    public (DateTimeOffset From, DateTimeOffset To) Period(string? from, string? to)
    {
        var period = (
            From: Instant("from", from) ?? DateTimeOffset.MinValue, To: Instant("to", to) ?? DateTimeOffset.MaxValue);
        Require(period.From < period.To, "to", "Must be after from.");
        return period;
    }

    /// <summary>An RFC 3339 instant of a query; null where nothing is given, or not such an instant.</summary>
    public DateTimeOffset? Instant(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (Instants.TryParse(value, out var instant))
            return instant;
        Add(field, "Must be an RFC 3339 instant with an offset, such as 2026-05-01T18:00:00Z.");
        return null;
    }

    /// <summary>An id (UUID) of a query; null where nothing is given, or not such an id.</summary>
    public Guid? Id(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (Guid.TryParseExact(value, "D", out var id))
            return id;
        Add(field, "Must be an id (UUID).");
        return null;
    }

    /// <summary>
    /// Trims a text and checks its length in characters; empty counts as missing when <paramref name="min"/> is above
    /// 0.
    /// </summary>
    public string Text(string field, string? value, int min, int max)
    {
        var text = value?.Trim() ?? "";
        if (text.Length < min)
            Add(field, text.Length == 0 ? "Must not be empty." : $"Must have at least {min} characters.");
        else if (text.Length > max)
            Add(field, $"Must have at most {max} characters.");
        else if (!IsStorable(text))
            Add(field, "Contains characters that are not text.");
        return text;
    }

    /// <summary>The 400 <c>validation</c> answer, or null when nothing is wrong.</summary>
    public Problem? ToProblem() => _errors is null ? null : Problem.Validation([.. _errors]);

    /// <summary>
    /// Whether PostgreSQL can store it and people can read it: no control characters, no half of a surrogate pair.
    /// </summary>
    public static bool IsStorable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t'))
                return false;
            // A lone surrogate enumerates as the replacement character; a real one in the text is refused with it.
            if (rune == Rune.ReplacementChar)
                return false;
        }

        return true;
    }
}
