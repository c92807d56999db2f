namespace Onsale.Platform.Mail;

/// <summary>Which mails go first when more are waiting than may be sent. Stored as a number: append only.</summary>
internal enum MailPriority
{
    /// <summary>Somebody waits for it to go on: a link to reset a password.</summary>
    Account = 0,

    /// <summary>About somebody's own booking.</summary>
    Booking = 1,

    /// <summary>To many at once.</summary>
    Bulk = 2,
}

/// <summary>A mail as it is to be sent.</summary>
/// <param name="Cause">What it is sent for, unique: a second mail with the same cause is not queued.</param>
/// <param name="Kind">"booking-confirmed"; for metrics and logs.</param>
/// <param name="To">Whom to.</param>
/// <param name="Language">Of its texts, a BCP 47 tag.</param>
/// <param name="Content">What it says.</param>
internal sealed record OutgoingMail(
    string Cause, string Kind, MailPriority Priority, MailRecipient To, string Language, RenderedMail Content)
{
    /// <summary>An iCalendar file to attach, or null.</summary>
    public string? Calendar { get; init; }

    /// <summary>From then on it says what is not so any more, and is dropped instead of sent; null: never.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}

/// <summary>Whom a mail goes to.</summary>
/// <param name="Address">E-mail address.</param>
/// <param name="Name">May be empty.</param>
internal sealed record MailRecipient(string Address, string Name);

/// <summary>The texts of a mail.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text, the same as <paramref name="Html"/> says.</param>
/// <param name="Html">A whole HTML document.</param>
internal sealed record RenderedMail(string Subject, string Text, string Html);
