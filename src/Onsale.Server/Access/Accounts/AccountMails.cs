using Npgsql;
using Onsale.Platform.Mail;

namespace Onsale.Server.Access.Accounts;

/// <summary>Mails to the owner of an account: each has a link that is made with it.</summary>
internal sealed class AccountMails(NpgsqlDataSource dataSource, PublicAddress address)
{
    private const string PasswordReset = "password-reset";

    private const string EmailVerification = "email-verification";

    /// <summary>Every kind of mail that is about an account and nothing else.</summary>
    internal static readonly string[] Kinds = [PasswordReset, EmailVerification];

    private readonly MailTexts _texts = new(typeof(AccountMails).Assembly, "accounts");

    /// <summary>Queues a link to set another password.</summary>
    public Task SendPasswordResetAsync(Account account, string language) => SendAsync(
        account, language, AccountLinkKind.PasswordReset, AccountsLimits.PasswordResetMinutes, PasswordReset,
        "/reset-password");

    /// <summary>Queues a link that shows that mail to the account's address arrives.</summary>
    public Task SendVerificationAsync(Account account, string language) => SendAsync(
        account, language, AccountLinkKind.EmailVerification, AccountsLimits.EmailVerificationMinutes,
        EmailVerification, "/verify-email");

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);

    private async Task SendAsync(
        Account account, string language, AccountLinkKind kind, int minutes, string key, string path)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var token = await AccountLinks.CreateAsync(connection, account, kind, minutes);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = account.Name,
            ["email"] = account.Email,
        };
        var content = new MailContent(
            _texts.Render(language, $"{key}.subject", values), _texts.Render(language, $"{key}.heading", values),
            _texts.RenderParagraphs(language, key, values), _texts.Render(language, $"{key}.footer", values))
        {
            // After the #: browsers do not send that part, so no log and no other site sees the token.
            Action = (_texts.Render(language, $"{key}.action", values), address.Of($"{path}#{token}")),
        };
        var mail = new OutgoingMail(
            $"{key}:{AccountLinks.NameOf(token)}", key, MailPriority.Account,
            new MailRecipient(account.Email, account.Name), language, MailLayout.Render(content, language));
        await MailQueue.AddAsync(connection, mail);
        await transaction.CommitAsync();
    }
}
