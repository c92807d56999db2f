namespace Onsale.Platform.Mail;

internal static class MailLimits
{
    /// <summary>Seconds between two looks for mails that are due.</summary>
    public const int SendEverySeconds = 1;

    /// <summary>Mails a second that may be configured.</summary>
    public const int MaxPerSecondCeiling = 1000;

    /// <summary>
    /// Seconds after which a mail counts as not sent whose sender has not said so: longer than a node takes for all
    /// mails of a round.
    /// </summary>
    public const int ClaimSeconds = 300;

    /// <summary>Seconds that the SMTP server may take for one answer.</summary>
    public const int SmtpTimeoutSeconds = 30;

    /// <summary>
    /// Seconds until the second attempt; each further one waits twice as long, up to the longest wait.
    /// </summary>
    public const int FirstRetrySeconds = 15;

    /// <summary>Longest wait between two attempts, in seconds.</summary>
    public const int MaxRetrySeconds = 3600;

    /// <summary>Attempts of a mail before it is given up: with the waits between them about three days.</summary>
    public const int MaxAttempts = 80;

    /// <summary>Characters of an error that are kept.</summary>
    public const int MaxErrorCharacters = 500;

    /// <summary>Days for which a mail is kept: it holds personal data.</summary>
    public const int KeptDays = 30;

    /// <summary>Minutes between two deletions of old mails.</summary>
    public const int CleanUpMinutes = 60;

    /// <summary>Mails deleted by one statement.</summary>
    public const int CleanUpRows = 1000;

    /// <summary>Mails that the development mailbox shows.</summary>
    public const int ShownMails = 100;
}
