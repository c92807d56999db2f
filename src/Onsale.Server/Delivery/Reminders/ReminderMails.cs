using System.Globalization;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Delivery.Notifications;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>Mails before a sale begins, and the one that asks whether they are wanted.</summary>
internal sealed class ReminderMails(NotificationTexts dates, PublicAddress address)
{
    private readonly MailTexts _texts = new(typeof(ReminderMails).Assembly, "reminders");

    /// <summary>One a reminder, kind and start of the sale.</summary>
    public OutgoingMail Compose(DueReminder due, ReminderKind of)
    {
        var kind = NameOf(of);
        var isConfirmation = of == ReminderKind.Confirmation;
        var language = Languages.Of(due.Language);
        var onSaleAt = new DateTimeOffset(due.OnSaleAt, TimeSpan.Zero);
        var sale = dates.DateText(language, onSaleAt, due.TimeZone);
        var page = address.Of($"/events/{due.Slug}");
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["event"] = due.Title,
            ["sale"] = sale,
            // After the #: browsers do not send that part, so no log has the token.
            ["end"] = $"{page}#reminder-end={due.Token}",
            ["minutes"] = RemindersLimits.MinutesBefore.ToString(CultureInfo.InvariantCulture),
            ["hours"] = RemindersLimits.ConfirmableHours.ToString(CultureInfo.InvariantCulture),
        };
        var content = MailLayout.Render(
            new MailContent(
                Text("subject"), Text("heading"), _texts.RenderParagraphs(language, kind, values),
                _texts.Render(language, isConfirmation ? $"{kind}.footer" : "footer", values))
            {
                Facts =
                [
                    (Label("event"), due.Title), (Label("sale"), sale),
                    (Label("when"), dates.DateText(
                        language, new DateTimeOffset(due.StartsAt, TimeSpan.Zero), due.TimeZone)),
                    (Label("where"), $"{due.Venue}, {due.City}"),
                ],
                Action = (Text("action"), isConfirmation ? $"{page}#reminder-confirm={due.Token}" : page),
            },
            language);
        return new OutgoingMail(
            isConfirmation
                ? $"{kind}:{due.EventId}:{due.Id}"
                : $"{kind}:{due.EventId}:{due.Id}:{onSaleAt.ToUnixTimeSeconds()}",
            kind, isConfirmation ? MailPriority.Booking : MailPriority.Bulk,
            new MailRecipient(due.Email, ""), language, content)
        {
            // They go behind all others and may wait for long: "tomorrow" ends where "in minutes" begins.
            NotAfter = of == ReminderKind.DayBefore
                ? onSaleAt - TimeSpan.FromMinutes(RemindersLimits.MinutesBefore)
                : onSaleAt,
        };

        string Text(string key) => _texts.Render(language, $"{kind}.{key}", values);

        string Label(string fact) => _texts.Render(language, $"labels.{fact}", values);
    }

    private static string NameOf(ReminderKind kind) => kind switch
    {
        ReminderKind.SoonBefore => "sale-soon",
        ReminderKind.DayBefore => "sale-tomorrow",
        _ => "reminder-confirmation",
    };

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);
}
