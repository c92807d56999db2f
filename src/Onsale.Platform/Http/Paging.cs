using System.Globalization;

namespace Onsale.Platform.Http;

/// <summary>An amount of money.</summary>
/// <param name="Amount">Minor units: 4500 is USD 45.00.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Money(long Amount, string Currency);

/// <summary>One page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, PageMeta Meta)
{
    internal static Page<T> Of(IReadOnlyList<T> data, long total, Paging paging) =>
        new(data, new PageMeta(total, paging.Page, paging.Limit, (total + paging.Limit - 1) / paging.Limit));
}

/// <summary>Where a page stands in its list.</summary>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="Limit">Rows a page.</param>
/// <param name="TotalPages">Pages of the whole list; 0 when it is empty.</param>
public sealed record PageMeta(long Total, int Page, int Limit, long TotalPages);

/// <summary>Which page of a list is asked for.</summary>
public readonly record struct Paging(int Page, int Limit)
{
    /// <summary>Rows before this page.</summary>
    public int Offset => (Page - 1) * Limit;

    /// <summary>
    /// Reads <c>page</c> and <c>limit</c>, noting what is wrong with them in <paramref name="validation"/>. They come
    /// as text because a failed binding of an optional number would answer 400 without naming it.
    /// </summary>
    internal static Paging Read(string? page, string? limit, Validation validation) => new(
        Read("page", page, 1, HostingLimits.MaxPageNumber, validation),
        Read("limit", limit, HostingLimits.DefaultPageRows, HostingLimits.MaxPageRows, validation));

    private static int Read(string field, string? text, int byDefault, int max, Validation validation)
    {
        if (string.IsNullOrEmpty(text))
            return byDefault;
        // The framework's numbers may end with NUL characters.
        if (!text.Contains('\0') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= 1 && value <= max)
        {
            return value;
        }

        validation.Add(field, $"Must be a whole number between 1 and {max}.");
        return byDefault;
    }
}
