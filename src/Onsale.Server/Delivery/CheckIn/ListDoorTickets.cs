using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>
/// GET /organisations/{org}/events/{event}/check-ins/tickets: finds tickets by name, order code or the beginning of
/// their code, for who comes without one that can be scanned.
/// </summary>
internal static class ListDoorTickets
{
    public static async Task<Results<Ok<Page<ListedTicket>>, Problem>> HandleAsync(
        string @event, [AsParameters] Parameters parameters, OrganisationAccess access, CheckInStore store,
        EventLookup events, DoorTickets doorTickets, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(@event, "D", out var eventId)
            || await store.FindTitleAsync(access.OrganisationId, eventId, cancellationToken) is null)
        {
            return Problem.EventNotFound();
        }

        var validation = new Validation();
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        var search = validation.Text("search", parameters.Search ?? "", 0, CheckInLimits.MaxSearchCharacters).Trim();
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var found = await events.RequireAnyAsync(eventId);
        if (found.Problem is not null)
            return found.Problem;
        var show = await doorTickets.OfAsync(found.Terms!);
        var (rows, total) = await store.ListAsync(
            eventId, search, ScannedCode.Normalize(search), paging, cancellationToken);
        ListedTicket[] tickets =
        [
            .. rows.Select(row => new ListedTicket(
                show(row.Ticket), row.Ticket.IsValid, row.Ticket.OrderCode, row.Latest?.Inside)),
        ];
        return TypedResults.Ok(Page<ListedTicket>.Of(tickets, total, paging));
    }

    /// <summary>The query.</summary>
    internal sealed class Parameters
    {
        [Description("Part of a name, an order code or the beginning of a ticket's code.")]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
