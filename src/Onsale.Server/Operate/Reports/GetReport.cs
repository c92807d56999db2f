using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Operate.Reports;

/// <summary>How an event sells.</summary>
internal static class GetReport
{
    public static async Task<Results<Ok<EventReport>, Problem>> HandleAsync(
        string @event, OrganisationAccess access, EditedEvents events, ReportStore store,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var rows = await store.ReadAsync(row.Id, row.TimeZone, cancellationToken);
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var places = rows.Places;
        return TypedResults.Ok(new EventReport(
            row.Id, row.Now, row.Currency,
            new ReportPlaces(
                places.Total, places.Held, places.Sold, places.Blocked,
                places.Total - places.Held - places.Sold - places.Blocked),
            MoneyOf(rows.Money, row.Currency), FunnelOf(rows),
            [.. tiers.Select(tier => TierOf(tier, rows.Tiers, row.Currency))],
            new ReportSales(rows.By, [.. rows.Sales.Select(point => new ReportPoint(
                new DateTimeOffset(point.At), point.Tickets, new Money(point.Gross, row.Currency)))])));
    }

    private static ReportMoney MoneyOf(IReadOnlyList<MoneyRow> rows, string currency)
    {
        var (gross, refunded) = (rows.Sum(row => row.Gross), rows.Sum(row => row.Refunded));
        return new ReportMoney(
            new Money(gross, currency), new Money(refunded, currency), new Money(gross - refunded, currency),
            [.. rows.Select(row => new ReportMethod(
                row.Method, row.Payments, new Money(row.Gross, currency), new Money(row.Refunded, currency),
                new Money(row.Gross - row.Refunded, currency)))]);
    }

    private static ReportFunnel FunnelOf(ReportRows rows)
    {
        return new ReportFunnel(
            rows.States.Values.Sum(), Of(BookingState.Held), Of(BookingState.Paying), Of(BookingState.Confirmed),
            Of(BookingState.Released), Of(BookingState.Expired), Of(BookingState.Cancelled), rows.Declined);

        long Of(BookingState state) => rows.States.GetValueOrDefault((int)state);
    }

    private static ReportTier TierOf(EditedTier tier, IReadOnlyList<TierRow> rows, string currency)
    {
        return new ReportTier(
            tier.Id, tier.Name, Places(BookingState.Confirmed),
            Places(BookingState.Held) + Places(BookingState.Paying), Places(BookingState.Cancelled),
            new Money(
                rows.Where(row => row.Tier == tier.Number && row.State == (int)BookingState.Confirmed)
                    .Sum(row => row.Gross),
                currency));

        long Places(BookingState state) =>
            rows.Where(row => row.Tier == tier.Number && row.State == (int)state).Sum(row => row.Places);
    }
}
