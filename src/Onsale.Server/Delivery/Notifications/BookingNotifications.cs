using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Outbox;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Waitlist;

namespace Onsale.Server.Delivery.Notifications;

/// <summary>
/// Writes to buyers about their bookings: a confirmation, what to pay later and that it came too late, a cancellation,
/// other seats, and that an event was called off. One mail a booking and occasion, to the contact that was given for
/// it, else to the buyer's account; a guest who gave none gets none.
/// </summary>
internal sealed class BookingNotifications(
    BookingMails mails, BookingStore bookings, BookingReader reader, EventLookup events, BookingResponseMapper mapper,
    WaitlistStore waitlist, NotificationTexts texts)
    : IOutboxConsumer
{
    public string Name => "notifications";

    public bool IsInterestedIn(LogEntry entry) => entry.Changes.Any(IsOccasion);

    public async Task HandleAsync(
        NpgsqlConnection connection, Guid eventId, IReadOnlyList<LogEntry> entries,
        CancellationToken cancellationToken)
    {
        foreach (var change in entries.SelectMany(entry => entry.Changes).Where(IsOccasion))
        {
            switch (change)
            {
                case BookingChanged { Booking.State: BookingState.Confirmed } confirmed:
                    await WriteAsync(
                        connection, eventId, confirmed.Booking, NotificationKind.BookingConfirmed, cancellationToken);
                    break;
                case BookingChanged { Booking: { State: BookingState.Held } later }:
                    await WriteAsync(connection, eventId, later, NotificationKind.PayLater, cancellationToken);
                    break;
                case BookingChanged { Booking: { State: BookingState.Expired } ended }:
                    await WriteAsync(connection, eventId, ended, NotificationKind.PayLaterEnded, cancellationToken);
                    break;
                case BookingChanged { Booking: { State: BookingState.Released } released }:
                    // Who gave it back knows; who was to transfer money to an event that is called off does not.
                    if ((await bookings.EventsAsync([eventId]))[eventId].Cancelled)
                    {
                        await WriteAsync(
                            connection, eventId, released, NotificationKind.EventCancelled, cancellationToken);
                    }

                    break;
                case BookingChanged cancelled:
                    var kind = (await bookings.EventsAsync([eventId]))[eventId].Cancelled
                        ? NotificationKind.EventCancelled
                        : NotificationKind.BookingCancelled;
                    await WriteAsync(connection, eventId, cancelled.Booking, kind, cancellationToken);
                    break;
                case BookingMoved { Booking: var moved }:
                    await WriteAsync(connection, eventId, moved, NotificationKind.SeatsMoved, cancellationToken);
                    break;
                case WaitlistChanged { Entry: var entry }:
                    await WriteOfferAsync(connection, eventId, entry, cancellationToken);
                    break;
                case SettingsChanged:
                    await foreach (var booking in reader.ReadConfirmedAsync(eventId, cancellationToken))
                    {
                        await WriteAsync(
                            connection, eventId, booking, NotificationKind.EventCancelled, cancellationToken);
                    }

                    break;
            }
        }
    }

    private static bool IsOccasion(Change change) => change is
        BookingChanged { Booking.State: BookingState.Confirmed or BookingState.Cancelled }
        or BookingChanged { From: BookingState.Held, Booking: { State: BookingState.Held, IsPaidLater: true } }
        or BookingChanged { Booking: { State: BookingState.Expired or BookingState.Released, IsPaidLater: true } }
        or BookingMoved
        or SettingsChanged { Patch.Status: EventStatus.Cancelled }
        or WaitlistChanged { From: not WaitlistState.Offered, Entry.State: WaitlistState.Offered };

    /// <summary>An offer that is over by now is told no more.</summary>
    private async Task WriteOfferAsync(
        NpgsqlConnection connection, Guid eventId, WaitlistEntry entry, CancellationToken cancellationToken)
    {
        if (await waitlist.FindRecipientAsync(eventId, entry.Id, cancellationToken) is not { } to
            || await bookings.FindAsync(eventId, entry.BookingId!.Value, entry.BuyerId) is not
            { State: BookingState.Held } offer
            || (await events.RequireAnyAsync(eventId)).Terms is not { } terms)
        {
            return;
        }

        const NotificationKind kind = NotificationKind.WaitlistOffer;
        var language = Languages.Of(to.Language);
        var shown = await mapper.OfAsync(offer, terms);
        var recipient = new MailRecipient(to.Email, to.Name ?? "");
        await MailQueue.AddAsync(
            connection,
            new OutgoingMail(
                $"{NotificationTexts.NameOf(kind)}:{eventId}:{offer.Id}", NotificationTexts.NameOf(kind),
                MailPriority.Booking, recipient, language,
                texts.Render(
                    kind, language, recipient.Name, (await bookings.EventsAsync([eventId]))[eventId], shown)),
            cancellationToken);
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, Guid eventId, Booking booking, NotificationKind kind,
        CancellationToken cancellationToken)
    {
        if (await mails.ComposeAsync(eventId, booking, kind, cancellationToken) is { } mail)
            await MailQueue.AddAsync(connection, mail, cancellationToken);
    }
}
