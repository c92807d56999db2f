using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Contract;
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
            [.. tiers.Select(tier => TierOf(tier, rows.Groups, row.Currency))],
            SalesOf(rows.Groups, row)));
    }

    /// <summary>By the time at which sold places were booked; those that were cancelled since are among them.</summary>
    private static ReportSales SalesOf(IReadOnlyList<BookingGroup> groups, EditedEvent row)
    {
        var sold = groups.Where(group => group.BookingState is BookingState.Confirmed or BookingState.Cancelled)
            .ToList();
        var isLong = sold.Count > 0
            && sold.Max(group => group.At) - sold.Min(group => group.At)
                > TimeSpan.FromHours(ReportsLimits.HourlyHours);
        var points = sold.GroupBy(group => isLong ? DayOf(group.At, row.TimeZone) : new DateTimeOffset(group.At))
            .OrderBy(point => point.Key)
            .Select(point => new ReportPoint(
                point.Key, point.Sum(group => group.Bookings * group.Tiers.Length),
                new Money(point.Sum(group => group.Bookings * group.Prices.Sum()), row.Currency)));
        return new ReportSales(isLong ? "day" : "hour", [.. points]);
    }

    /// <summary>The midnight before an hour, by the clocks of a zone.</summary>
    private static DateTimeOffset DayOf(DateTime hour, string zone)
    {
        var instant = new DateTimeOffset(hour);
        var day = DateOnly.FromDateTime((TimeZones.ToLocal(instant, zone) ?? instant).DateTime);
        return TimeZones.FromLocal(day, TimeOnly.MinValue, zone);
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
        var (seen, queue) = (rows.Views, rows.Queue);
        return new ReportFunnel(
            seen.Views, seen.Since is { } since ? new DateTimeOffset(since) : null, queue?.Queued, queue?.LetIn,
            rows.Groups.Sum(group => group.Bookings), Of(BookingState.Held), Of(BookingState.Paying),
            Of(BookingState.Confirmed), Of(BookingState.Released), Of(BookingState.Expired),
            Of(BookingState.Cancelled), rows.Declined);

        long Of(BookingState state) =>
            rows.Groups.Where(group => group.BookingState == state).Sum(group => group.Bookings);
    }

    private static ReportTier TierOf(EditedTier tier, IReadOnlyList<BookingGroup> groups, string currency)
    {
        return new ReportTier(
            tier.Id, tier.Name, Places(BookingState.Confirmed),
            Places(BookingState.Held) + Places(BookingState.Paying), Places(BookingState.Cancelled),
            new Money(
                groups.Where(group => group.BookingState == BookingState.Confirmed)
                    .Sum(group => group.GrossOf(tier.Number)),
                currency));

        long Places(BookingState state) =>
            groups.Where(group => group.BookingState == state).Sum(group => group.PlacesOf(tier.Number));
    }
}
