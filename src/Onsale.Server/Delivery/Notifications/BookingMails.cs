using System.Text;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Notifications;

/// <summary>Composes a mail about a booking as it is now.</summary>
internal sealed class BookingMails(
    ContactStore contacts, AccountStore accounts, BookingStore bookings, EventLookup events, EventsStore catalog,
    BookingResponseMapper mapper, NotificationTexts texts, TicketRuleStore tickets, TimeProvider time)
{
    /// <summary>
    /// The mail, to the contact that was given for the booking, else to the buyer's account; null: nobody has said
    /// where to write to. Its cause is the same for the same booking and occasion.
    /// </summary>
    public async Task<OutgoingMail?> ComposeAsync(
        Guid eventId, Booking booking, NotificationKind kind, CancellationToken cancellationToken)
    {
        var contact = await contacts.FindAsync(eventId, booking.Id);
        if (await FindRecipientAsync(contact, booking.BuyerId, cancellationToken) is not { } recipient
            || (await events.RequireAnyAsync(eventId)).Terms is not { } terms)
        {
            return null;
        }

        var language = Languages.Of(contact?.Language);
        var occasion = (await bookings.EventsAsync([eventId]))[eventId];
        var shown = await mapper.OfAsync(booking, terms, tickets: null, contact);
        var isLive = kind == NotificationKind.BookingConfirmed
            && await tickets.IsRotatingAsync(eventId, cancellationToken);
        var cause = $"{NotificationTexts.NameOf(kind)}:{eventId}:{booking.Id}";
        var mail = new OutgoingMail(
            // Seats can change again.
            kind == NotificationKind.SeatsMoved ? $"{cause}:{booking.Version}" : cause, NotificationTexts.NameOf(kind),
            kind == NotificationKind.EventCancelled ? MailPriority.Bulk : MailPriority.Booking,
            recipient, language, texts.Render(kind, language, recipient.Name, occasion, shown, isLive));
        if (kind is not (NotificationKind.BookingConfirmed or NotificationKind.SeatsMoved)
            || await catalog.FindAsync(eventId.ToString(), cancellationToken) is not { } row)
        {
            return mail;
        }

        return mail with
        {
            Calendar = Encoding.UTF8.GetString(CalendarFile.Write(
                row, booking.Id.ToString(),
                string.Join('\n', shown.Items.Select(item => PlaceNames.OfLabel(item.Label, language))),
                texts.AddressOf(shown), hasTickets: true, time.GetUtcNow())),
        };
    }

    /// <summary>Null: nobody has said where to write to.</summary>
    private async Task<MailRecipient?> FindRecipientAsync(
        Contact? contact, Guid buyerId, CancellationToken cancellationToken)
    {
        if (contact is { Email: { } email })
            return new MailRecipient(email, contact.Name ?? "");
        // A contact that was erased is not replaced by an account.
        return contact is null && await accounts.FindByIdAsync(buyerId, cancellationToken) is { } account
            ? new MailRecipient(account.Email, account.Name)
            : null;
    }
}
