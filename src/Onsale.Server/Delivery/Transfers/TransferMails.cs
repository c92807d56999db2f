using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Delivery.Notifications;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>Mails about tickets that change hands.</summary>
internal sealed class TransferMails(
    NotificationTexts dates, PublicAddress address, ContactStore contacts, AccountStore accounts)
{
    private readonly MailTexts _texts = new(typeof(TransferMails).Assembly, "transfers");

    /// <summary>The link, to whom it is offered. It is told nowhere else.</summary>
    public OutgoingMail Offered(TransferRow transfer, string secret, BookedEvent occasion, string label) => Compose(
        "transfer-offered", transfer, new MailRecipient(transfer.Email!, ""), transfer.Language, occasion, label,
        address.Of($"/transfer#{secret}"));

    /// <summary>To whom it is now.</summary>
    public OutgoingMail Received(TransferRow transfer, BookedEvent occasion, string label) => Compose(
        "transfer-received", transfer, new MailRecipient(transfer.Email!, transfer.Name ?? ""), transfer.Language,
        occasion, label, address.Of("/transfer"));

    /// <summary>To who gave it; null: nobody has said where to write to.</summary>
    public async Task<OutgoingMail?> GivenAsync(TransferRow transfer, BookedEvent occasion, string label)
    {
        var contact = await contacts.FindAsync(transfer.EventId, transfer.BookingId);
        var account = await accounts.FindByIdAsync(transfer.FromBuyerId, CancellationToken.None);
        // The booking's contact is its buyer's: of a ticket that has changed hands before, that is somebody else.
        var recipient = transfer.Counter == 1 && contact is { Email: { } email }
            ? new MailRecipient(email, contact.Name ?? "")
            : account is not null ? new MailRecipient(account.Email, account.Name) : null;
        return recipient is null
            ? null
            : Compose(
                "transfer-given", transfer, recipient, Languages.Of(contact?.Language), occasion, label,
                address.Of($"/bookings/{transfer.EventId}/{transfer.BookingId}"));
    }

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);

    private OutgoingMail Compose(
        string kind, TransferRow transfer, MailRecipient to, string tag, BookedEvent occasion, string label,
        string link)
    {
        var language = Languages.Of(tag);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = to.Name,
            ["event"] = occasion.Title,
            ["email"] = transfer.Email ?? "",
        };
        var content = MailLayout.Render(
            new MailContent(
                Text("subject"), Text("heading"), _texts.RenderParagraphs(language, kind, values),
                _texts.Render(language, "footer", values))
            {
                Facts =
                [
                    (Label("event"), occasion.Title),
                    (Label("when"), dates.DateText(language, occasion.StartsAt, occasion.TimeZone)),
                    (Label("where"), $"{occasion.Venue}, {occasion.City}"), (Label("place"), PlaceNames.OfLabel(label, language)),
                ],
                Action = (Text("action"), link),
            },
            language);
        return new OutgoingMail(
            $"{kind}:{transfer.EventId}:{transfer.Id}", kind, MailPriority.Booking, to, language, content);

        string Text(string key) => _texts.Render(language, $"{kind}.{key}", values);

        string Label(string fact) => _texts.Render(language, $"labels.{fact}", values);
    }
}
