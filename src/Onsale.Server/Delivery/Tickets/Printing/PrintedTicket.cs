namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>The size of a printed ticket's page.</summary>
internal enum TicketFormat
{
    /// <summary>A4 paper.</summary>
    A4,

    /// <summary>A page as narrow as a phone, to be looked at without zooming.</summary>
    Phone,
}

/// <summary>What all tickets of a file have in common.</summary>
/// <param name="Title">The event's.</param>
/// <param name="Organiser">Who sells it.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="TimeZone">IANA name of the venue's time zone.</param>
/// <param name="Venue">The venue's name.</param>
/// <param name="Address">Street and city.</param>
/// <param name="OrderCode">As it is shown; null: the booking has none.</param>
/// <param name="Language">One of the program's languages.</param>
internal sealed record PrintedEvent(
    string Title, string Organiser, DateTimeOffset StartsAt, string TimeZone, string Venue, string Address,
    string? OrderCode, string Language);

/// <summary>One ticket.</summary>
/// <param name="SignedCode">What its QR code says.</param>
/// <param name="TypedCode">What is typed where that cannot be read.</param>
/// <param name="Tier">Name of its tier.</param>
/// <param name="Seat">Where it is; null: a place without a number.</param>
/// <param name="Holder">Whose it is; null: not known.</param>
internal sealed record PrintedTicket(
    string SignedCode, string TypedCode, string Tier, PrintedSeat? Seat, string? Holder);

/// <summary>A seat by its parts; empty ones are left out.</summary>
internal sealed record PrintedSeat(string Section, string Row, string Number);
