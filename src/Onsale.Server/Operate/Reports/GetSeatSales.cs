using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Operate.Reports;

/// <summary>When each numbered seat was sold: what a heat map of the house is drawn from.</summary>
internal static class GetSeatSales
{
    public static async Task<Results<Ok<SeatSales>, Problem>> HandleAsync(
        string @event, OrganisationAccess access, EditedEvents events, ReportStore store,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var sold = row.IsOpened ? await store.SoldSeatsAsync(row.Id, cancellationToken) : [];
        var (seats, seconds) = (new int[sold.Count], new long[sold.Count]);
        for (var i = 0; i < sold.Count; i++)
        {
            seats[i] = sold[i].Seat;
            seconds[i] = (long)Math.Floor((new DateTimeOffset(sold[i].At) - row.OnSaleAt).TotalSeconds);
        }

        return TypedResults.Ok(new SeatSales(row.Id, row.Now, row.OnSaleAt, seats, seconds));
    }
}
