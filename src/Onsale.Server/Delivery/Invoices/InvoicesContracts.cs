using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>What a document of a series is. Stored as a number: append only.</summary>
internal enum InvoiceKind
{
    Invoice = 1,

    /// <summary>Takes an invoice back, in whole or in part.</summary>
    CreditNote = 2,

    /// <summary>A refund came back: what its credit note took back is due again.</summary>
    RefundReturned = 3,
}

/// <summary>Whether an organisation issues invoices, and what they say of it.</summary>
/// <param name="IsOn">
/// Payments from now on get an invoice; credit notes for invoices that are there come in any case.
/// </param>
/// <param name="LegalName">The seller's.</param>
/// <param name="Address">The seller's, with line ends.</param>
/// <param name="TaxId">VAT or tax number.</param>
/// <param name="Prefix">Before each number, such as "ON-".</param>
/// <param name="Footer">At the end of each document; may be empty.</param>
internal sealed record InvoiceSettings(
    bool IsOn, string LegalName, string Address, string TaxId, string Prefix = "", string Footer = "");

/// <summary>Whom a booking's invoice is made out to.</summary>
/// <param name="Address">With line ends.</param>
/// <param name="VatId">The buyer's.</param>
internal sealed record InvoiceDetails(
    string Name, string? Company = null, string? Address = null, string? VatId = null);

/// <summary>The invoices of a booking.</summary>
/// <param name="IsOffered">Whether its organiser issues invoices.</param>
/// <param name="Details">Whom they are made out to; left out: to the booking's contact.</param>
/// <param name="Documents">Oldest first. They come some seconds after the payment or refund.</param>
internal sealed record BookingInvoices(
    bool IsOffered, InvoiceDetails? Details, IReadOnlyList<Invoice> Documents);

/// <summary>Who sells, as a document names it.</summary>
internal sealed record InvoiceSeller(string LegalName, string Address, string TaxId);

/// <summary>What a document charges or takes back at one price and tax rate.</summary>
/// <param name="Description">The tier's name; null: a part that went back.</param>
/// <param name="Quantity">Places.</param>
/// <param name="UnitPrice">With tax, minor units.</param>
/// <param name="TaxBasisPoints">Hundredths of a percent.</param>
/// <param name="Net">Of all of them, minor units; negative on a credit note, as are tax and gross.</param>
internal sealed record InvoiceLine(
    string? Description, int Quantity, long UnitPrice, int TaxBasisPoints, long Net, long Tax, long Gross);

/// <summary>An invoice or credit note. It never changes.</summary>
/// <param name="Number">In the organisation's series, which has no gaps.</param>
/// <param name="Reference">The number as it is printed, with the prefix of that time.</param>
/// <param name="RefersTo">Reference of the invoice that it is about; left out: of none.</param>
/// <param name="IsCorrection">It puts the buyer's details right; no money moved.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="MovedAt">When the money was paid or went back.</param>
/// <param name="Method">A provider's name, or cash, card, invoice or transfer.</param>
/// <param name="Exponent">Decimal digits of the currency.</param>
internal sealed record Invoice(
    long Number, string Reference, InvoiceKind Kind, string? RefersTo, bool IsCorrection, DateTimeOffset IssuedAt,
    DateTimeOffset MovedAt, InvoiceSeller Seller, InvoiceDetails Buyer, Guid EventId, string EventTitle,
    DateTimeOffset EventStartsAt, string TimeZone, Guid BookingId, string? OrderCode, string Method,
    IReadOnlyList<InvoiceLine> Lines, string Currency, int Exponent, long Net, long Tax, long Total, string Footer);

/// <summary>A document in the organiser's list.</summary>
internal sealed record InvoiceSummary(
    long Number, string Reference, InvoiceKind Kind, string? RefersTo, DateTimeOffset IssuedAt, string Buyer,
    Guid EventId, string EventTitle, Guid BookingId, string? OrderCode, Money Total, Money Tax);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InvoiceSettings))]
[JsonSerializable(typeof(InvoiceDetails))]
[JsonSerializable(typeof(BookingInvoices))]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(Page<InvoiceSummary>))]
internal sealed partial class InvoicesJson : JsonSerializerContext;
