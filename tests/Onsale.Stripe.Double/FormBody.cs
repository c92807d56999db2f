using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Onsale.PaymentDoubles;

/// <summary>The parameters of a request, with the provider's way of nesting: <c>metadata[booking]=…</c>.</summary>
internal sealed class FormBody(IEnumerable<KeyValuePair<string, StringValues>> values)
{
    private readonly Dictionary<string, string> _values =
        values.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool IsTrue(string name) => this[name] == "true";

    /// <summary>A whole number; null: not given.</summary>
    /// <exception cref="StripeProblem">It is none.</exception>
    public long? Integer(string name) => this[name] is not { } text
        ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw StripeProblem.Invalid("parameter_invalid_integer", $"Invalid integer: {text}", name);

    /// <summary>The members of a nested object, or the items of a list.</summary>
    public Dictionary<string, string> Members(string name) => _values
        .Where(pair => pair.Key.StartsWith($"{name}[", StringComparison.Ordinal) && pair.Key[^1] == ']')
        .ToDictionary(pair => pair.Key[(name.Length + 1)..^1], pair => pair.Value, StringComparer.Ordinal);

    public IReadOnlyCollection<string> List(string name) => Members(name).Values;

    public bool Expands(string name) => List("expand").Contains(name);

    /// <summary>All of it in one order, to compare two requests.</summary>
    public string Canonical() => string.Join(
        '&', _values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    public static async Task<FormBody> ReadAsync(HttpRequest request) => request.HasFormContentType
        ? new FormBody([.. request.Query, .. await request.ReadFormAsync()])
        : new FormBody(request.Query);
}
