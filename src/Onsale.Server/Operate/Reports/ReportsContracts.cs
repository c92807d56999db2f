using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.Reports;

/// <summary>How an event sells, computed from its bookings, tickets and payments at this moment.</summary>
/// <param name="Sales">By hour while the sale is young, else by day of the event's zone.</param>
/// <param name="Funnel">How many of the holds became bookings, and what became of the others.</param>
internal sealed record EventReport(
    Guid EventId, DateTimeOffset GeneratedAt, string Currency, ReportPlaces Places, ReportMoney Money,
    ReportFunnel Funnel, IReadOnlyList<ReportTier> Tiers, ReportSales Sales);

/// <summary>Places of the event by state.</summary>
internal sealed record ReportPlaces(long Total, long Held, long Sold, long Blocked, long Available);

/// <summary>Money that was taken, what went back, and what is left.</summary>
internal sealed record ReportMoney(Money Gross, Money Refunded, Money Net, IReadOnlyList<ReportMethod> ByMethod);

/// <summary>The same for one way to pay: a provider's name, or cash, card, comp or invoice.</summary>
internal sealed record ReportMethod(string Method, long Payments, Money Gross, Money Refunded, Money Net);

/// <summary>From looking to paying: views, the waiting room, and bookings by what became of them.</summary>
/// <param name="Views">
/// How often browsers opened the event's page, counted without telling who opened it: a person who opens it twice counts
/// twice, and programs that say so are left out. Written about once a minute.
/// </param>
/// <param name="ViewsSince">The hour of the first that was counted; left out: none was.</param>
/// <param name="Queued">Places in the waiting room's line at its last opening; left out: it has had none.</param>
/// <param name="LetIn">Of those, how many were let in.</param>
/// <param name="Holds">Bookings in all; each began as a hold.</param>
internal sealed record ReportFunnel(
    long Views, DateTimeOffset? ViewsSince, long? Queued, long? LetIn,
    long Holds, long Held, long Paying, long Confirmed, long Released, long Expired, long Cancelled,
    long DeclinedPayments);

/// <summary>What was sold of a tier.</summary>
/// <param name="Sold">Places of confirmed bookings.</param>
/// <param name="Gross">At the prices that they were sold at.</param>
internal sealed record ReportTier(Guid Id, string Name, long Sold, long Held, long Cancelled, Money Gross);

/// <summary>Tickets over time, by when they were booked.</summary>
/// <param name="By">hour or day.</param>
internal sealed record ReportSales(string By, IReadOnlyList<ReportPoint> Points);

/// <summary>Tickets booked in an hour or a day; those cancelled since are among them.</summary>
/// <param name="At">Its beginning.</param>
internal sealed record ReportPoint(DateTimeOffset At, long Tickets, Money Gross);

/// <summary>
/// When each numbered seat that is sold now was paid for: the data of a heat map. Seats that are free, held or kept from
/// sale and places by quantity are not in it.
/// </summary>
/// <param name="OnSaleAt">When the sale to everybody begins or began.</param>
/// <param name="Seats">Ordinals, ascending.</param>
/// <param name="Seconds">
/// From the beginning of the sale to the payment, one a seat; negative: sold before it, in a presale or at the counter. A
/// booking that was given other seats keeps its time.
/// </param>
internal sealed record SeatSales(
    Guid EventId, DateTimeOffset GeneratedAt, DateTimeOffset OnSaleAt, int[] Seats, long[] Seconds);

/// <summary>Why a seat is, or is not, for sale, and who had it when.</summary>
/// <param name="State">available, held, sold or blocked.</param>
/// <param name="Block">The name of the block that keeps it from sale.</param>
/// <param name="Entries">Oldest first.</param>
internal sealed record PlaceHistory(
    string? Place, string? State, Guid? BookingId, string? Block, IReadOnlyList<PlaceEvent> Entries);

/// <summary>Something that happened to a booking that had the place.</summary>
internal sealed record PlaceEvent(
    DateTimeOffset At, long Version, Guid BookingId, string? OrderCode, string What);

/// <summary>The house as it was.</summary>
/// <param name="Version">Of the inventory, at that instant.</param>
/// <param name="Seats">Base64 of two bits a seat by ordinal: 0 available, 1 held, 2 sold, 3 blocked.</param>
internal sealed record PastAvailability(
    Guid EventId, DateTimeOffset At, long Version, byte[] Seats, IReadOnlyList<PastTier> Tiers);

/// <summary>Places of a tier as they were.</summary>
internal sealed record PastTier(Guid Id, int Total, int Held, int Sold, int Blocked, int Available);

/// <summary>What one event has sold.</summary>
/// <param name="Tickets">Valid ones.</param>
internal sealed record EventFigures(
    Guid EventId, string Slug, string Title, EventStatus Status, DateTimeOffset StartsAt, long Tickets, Money Gross,
    Money Refunded, Money Net);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventReport))]
[JsonSerializable(typeof(Page<EventFigures>))]
[JsonSerializable(typeof(SeatSales))]
[JsonSerializable(typeof(PlaceHistory))]
[JsonSerializable(typeof(PastAvailability))]
internal sealed partial class ReportsJson : JsonSerializerContext;
