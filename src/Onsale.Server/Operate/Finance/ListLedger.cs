using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Operate.Finance;

/// <summary>Entries of an organisation's ledger, newest first.</summary>
internal static class ListLedger
{
    public static async Task<Results<Ok<Page<LedgerEntry>>, Problem>> HandleAsync(
        [AsParameters] MoneyPeriod period, [AsParameters] Parameters parameters, OrganisationAccess access,
        EditedEvents events, MoneyStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var (from, to) = period.Read(validation);
        var kind = parameters.ReadKind(validation);
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        Guid? eventId = null;
        if (!string.IsNullOrEmpty(parameters.Event))
        {
            if (await events.FindAsync(access.OrganisationId, parameters.Event, cancellationToken) is not { } found)
                return Problem.EventNotFound();
            eventId = found.Id;
        }

        var (rows, total) = await store.EntriesAsync(
            access.OrganisationId, new LedgerQuery(from, to, kind, eventId, paging), cancellationToken);
        return TypedResults.Ok(Page<LedgerEntry>.Of([.. rows.Select(EntryOf)], total, paging));
    }

    private static LedgerEntry EntryOf(EntryRow row) => new(
        row.Number, new DateTimeOffset(row.At), (LedgerKind)row.Kind, row.EventId, row.Title, row.BookingId,
        row.OrderCode is { } code ? OrderCodes.Show(code) : null, row.Provider, row.Reference,
        [.. row.Accounts.Zip(row.Amounts, (account, amount) =>
            new LedgerPosting(account, new Money(amount, row.Currency)))]);

    internal sealed class Parameters
    {
        [Description("Only entries of this event: an id or slug.")]
        [FromQuery(Name = "event")]
        public string? Event { get; init; }

        [AllowedValues(
            "payment", "counterSale", "refund", "chargeback", "returnedRefund")]
        [FromQuery(Name = "kind")]
        public string? Kind { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Entries a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }

        public LedgerKind? ReadKind(Validation validation)
        {
            if (string.IsNullOrEmpty(Kind))
                return null;
            if (LedgerKinds.Find(Kind) is { } kind)
                return kind;
            validation.Add("kind", $"Must be one of {string.Join(", ", LedgerKinds.Names)}.");
            return null;
        }
    }
}
