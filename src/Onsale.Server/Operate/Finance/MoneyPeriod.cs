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
    public (DateTimeOffset From, DateTimeOffset To) Read(Validation validation) => validation.Period(From, To);
}
