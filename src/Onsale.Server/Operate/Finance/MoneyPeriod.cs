using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.Finance;

/// <summary>The time that figures are for, as a query gives it.</summary>
internal sealed class MoneyPeriod
{
    [Description("Only entries at or after this instant.")]
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [Description("Only entries before this instant.")]
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>From inclusive, to exclusive; for ever where nothing is given.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Read(Validation validation)
    {
        var from = Read("from", From, DateTimeOffset.MinValue, validation);
        var to = Read("to", To, DateTimeOffset.MaxValue, validation);
        validation.Require(from < to, "to", "Must be after from.");
        return (from, to);
    }

    private static DateTimeOffset Read(string field, string? value, DateTimeOffset open, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return open;
        if (Instants.TryParse(value, out var instant))
            return instant;
        validation.Add(field, "Must be an RFC 3339 instant with an offset, such as 2026-05-01T18:00:00Z.");
        return open;
    }
}
