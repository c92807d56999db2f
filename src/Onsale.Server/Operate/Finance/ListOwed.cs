using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Operate.Finance;

/// <summary>What an organisation has to pay back by hand, the longest owed first.</summary>
internal static class ListOwed
{
    public static async Task<Results<Ok<Page<OwedRefund>>, Problem>> HandleAsync(
        [AsParameters] Parameters parameters, OrganisationAccess access, MoneyStore store,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await store.OwedAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<OwedRefund>.Of(
            [.. rows.Select(row => new OwedRefund(
                row.EventId, row.Title, row.BookingId, row.OrderCode is { } code ? OrderCodes.Show(code) : null,
                row.Name, row.Provider, new Money(row.Amount, row.Currency), new DateTimeOffset(row.Since)))],
            total, paging));
    }

    internal sealed class Parameters
    {
        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Bookings a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
