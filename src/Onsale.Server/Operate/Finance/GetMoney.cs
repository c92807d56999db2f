using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Finance;

/// <summary>What an organisation has sold in a period, in all and by event.</summary>
internal static class GetMoney
{
    public static async Task<Results<Ok<MoneyReport>, Problem>> HandleAsync(
        [AsParameters] MoneyPeriod period, [AsParameters] Parameters parameters, OrganisationAccess access,
        MoneyStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var (from, to) = period.Read(validation);
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var rows = await store.FiguresAsync(access.OrganisationId, from, to, cancellationToken);
        var totals = rows.GroupBy(row => row.Currency, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FiguresOf([.. group]));
        var events = rows.Skip(paging.Offset).Take(paging.Limit).Select(row => new EventMoney(
            row.EventId, row.Slug, row.Title, new DateTimeOffset(row.StartsAt), FiguresOf([row])));
        return TypedResults.Ok(new MoneyReport([.. totals], Page<EventMoney>.Of([.. events], rows.Count, paging)));
    }

    /// <summary>The sum of rows in one currency.</summary>
    private static MoneyFigures FiguresOf(IReadOnlyList<FiguresRow> rows)
    {
        return new MoneyFigures(
            Of(row => row.Gross), Of(row => row.Refunds), Of(row => row.Fees), Of(row => row.Tax), Of(row => row.Net));

        Money Of(Func<FiguresRow, long> amount) => new(rows.Sum(amount), rows[0].Currency);
    }

    internal sealed class Parameters
    {
        [Description("The page of events. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Events a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
