using System.Text.Json;
using Onsale.Platform.Contract;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>An organisation's series, locked.</summary>
internal sealed record SeriesRow(
    string LegalName, string Address, string TaxId, string Prefix, string Footer, long NextNumber);

/// <summary>Whom a booking's invoices are made out to.</summary>
internal sealed record RecipientRow(
    Guid EventId, Guid BookingId, string Name, string Company, string Address, string VatId)
{
    public InvoiceDetails ToDetails() => new(Name, OrNull(Company), OrNull(Address), OrNull(VatId));

    public static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A document as it is stored.</summary>
internal sealed class StandingRow
{
    public long Number { get; init; }
    public int Attempt { get; init; }
    public string Content { get; init; } = "";

    public Invoice Read() => JsonSerializer.Deserialize(Content, InvoicesJson.Default.Invoice)!;
}

/// <summary>An entry of the ledger that is to get its document, and what that says.</summary>
internal sealed class InvoiceRow
{
    /// <summary>What a document says beside the entry.</summary>
    public const string Columns = """
        e.title, e.starts_at, e.time_zone, b.prices, b.taxes,
        array(select t.name from unnest(b.tiers) with ordinality as u (tier, line)
            join tiers t on t.event_id = b.event_id and t.number = u.tier order by u.line) as tier_names,
        array(select t.tax_basis_points from unnest(b.tiers) with ordinality as u (tier, line)
            join tiers t on t.event_id = b.event_id and t.number = u.tier order by u.line) as tier_rates,
        c.order_code, coalesce(r.name, c.name, '') as name, r.company, r.address, r.vat_id
        """;

    /// <summary>Of the entries <c>l</c>.</summary>
    public const string Joins = """
        join events e on e.id = l.event_id
        join bookings b on b.event_id = l.event_id and b.id = l.booking_id
        left join booking_contacts c on c.event_id = l.event_id and c.booking_id = l.booking_id
        left join invoice_recipients r on r.event_id = l.event_id and r.booking_id = l.booking_id
        """;

    public Guid EventId { get; init; }
    public long Number { get; init; }
    public Guid BookingId { get; init; }
    public int Attempt { get; init; }
    public int Kind { get; init; }
    public DateTime At { get; init; }
    public string Provider { get; init; } = "";
    public string Currency { get; init; } = "";
    public long Total { get; init; }
    public long Tax { get; init; }
    public string Title { get; init; } = "";
    public DateTime StartsAt { get; init; }
    public string TimeZone { get; init; } = "";
    public long[] Prices { get; init; } = [];
    public long[]? Taxes { get; init; }
    public string[] TierNames { get; init; } = [];
    public int[] TierRates { get; init; } = [];
    public string? OrderCode { get; init; }
    public string Name { get; init; } = "";
    public string? Company { get; init; }
    public string? Address { get; init; }
    public string? VatId { get; init; }

    public InvoiceDetails ToDetails() => new(
        Name, RecipientRow.OrNull(Company), RecipientRow.OrNull(Address), RecipientRow.OrNull(VatId));

    public IEnumerable<ChargedPlace> Places() => Prices.Select((price, line) => new ChargedPlace(
        TierNames[line], price, Taxes?[line] ?? 0, TierRates[line]));

    /// <summary>Without its number and seller, which the series gives.</summary>
    public Invoice ToInvoice(InvoiceKind kind, InvoiceDetails buyer, IReadOnlyList<InvoiceLine> lines) => new(
        0, "", kind, null, IsCorrection: false, default, new DateTimeOffset(At), new InvoiceSeller("", "", ""), buyer,
        EventId, Title, new DateTimeOffset(StartsAt), TimeZone, BookingId,
        OrderCode is { } code ? OrderCodes.Show(code) : null, Provider, lines, Currency,
        Currencies.FindExponent(Currency)
            ?? throw new InvalidOperationException($"No number of digits is known of {Currency}."),
        Total - Tax, Tax, Total, "");
}
