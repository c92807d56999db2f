namespace Onsale.Server.Delivery.Reminders;

/// <summary>Every limit of this module.</summary>
internal static class RemindersLimits
{
    /// <summary>Events that one address can be reminded of at a time.</summary>
    public const int MaxPerAddress = 20;

    /// <summary>
    /// Reminders of one address that wait to be confirmed. Each is one mail and waits a day, whatever becomes of the
    /// sale: nobody can have more such mails a day sent to another's address.
    /// </summary>
    public const int MaxUnconfirmedPerAddress = 3;

    /// <summary>Hours for which a reminder that is not confirmed is kept.</summary>
    public const int ConfirmableHours = 24;

    /// <summary>Mails of one reminder once it is confirmed, however often its sale is moved.</summary>
    public const int MaxMails = 6;

    /// <summary>The last reminder comes so long before the sale.</summary>
    public const int MinutesBefore = 15;

    /// <summary>The first reminder comes so long before the sale, to who asked earlier than that.</summary>
    public const int HoursBefore = 24;

    public const int RoundSeconds = 30;

    /// <summary>Mails of one transaction.</summary>
    public const int MaxBatchMails = 200;

    public const int MaxRequestBytes = 2 * 1024;

    public const int MaxLanguageCharacters = 35;

    public const int TokenBytes = 24;

    /// <summary>Longest text that is looked up as a token.</summary>
    public const int MaxTokenCharacters = 64;
}
