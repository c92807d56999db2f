using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Onsale.Platform.Mail;

/// <summary>Configuration section <c>Onsale:Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Onsale:Mail";

    /// <summary>The SMTP server that takes the mails; empty: mails are kept and not sent.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 for submission with STARTTLS, 465 with TLS from the start.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected: auto (by the port), none, startTls or tls.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.Auto;

    /// <summary>Empty: the server asks for none.</summary>
    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Whom mails come from.</summary>
    public string From { get; set; } = "tickets@localhost";

    public string FromName { get; set; } = "Onsale";

    /// <summary>Mails a second of this node: what the provider allows, shared by the nodes.</summary>
    public int MaxPerSecond { get; set; } = 10;

    public SecureSocketOptions SocketOptions => Security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };

    internal sealed class Validator : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options)
        {
            if (options.Port is < 1 or > 65535)
                return Fail(nameof(Port), $"is {options.Port}; it must be between 1 and 65535");
            if (options.MaxPerSecond is < 1 or > MailLimits.MaxPerSecondCeiling)
            {
                return Fail(nameof(MaxPerSecond),
                    $"is {options.MaxPerSecond}; it must be between 1 and {MailLimits.MaxPerSecondCeiling}");
            }

            return MailboxAddress.TryParse(options.From, out _)
                ? ValidateOptionsResult.Success
                : Fail(nameof(From), $"is \"{options.From}\"; it must be an e-mail address");
        }

        private static ValidateOptionsResult Fail(string setting, string what) =>
            ValidateOptionsResult.Fail($"{Section}:{setting} {what}.");
    }
}

/// <summary>How the connection to the SMTP server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>As the port suggests: TLS on 465, STARTTLS where the server offers it elsewhere.</summary>
    Auto = 0,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None = 1,

    /// <summary>STARTTLS, or no connection.</summary>
    StartTls = 2,

    /// <summary>TLS from the first byte.</summary>
    Tls = 3,
}
