using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;
using Onsale.Platform.Telemetry;

namespace Onsale.Platform.Mail;

/// <summary>
/// Sends what is queued, the urgent first, as many a second as the provider allows. A server that does not answer loses
/// no mail, and one that took a mail is not given it again, except where this program dies between the two: then the
/// second has the same Message-ID.
/// </summary>
internal sealed partial class MailSender
{
    private readonly MailQueue _queue;
    private readonly MailOptions _options;
    private readonly ILogger<MailSender> _logger;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dropped;
    private readonly TimeProvider _time;
    private MailBacklog _backlog = new(0, 0);

    public MailSender(
        MailQueue queue, IOptions<MailOptions> options, TimeProvider time, IMeterFactory meters,
        ILogger<MailSender> logger)
    {
        (_queue, _options, _time, _logger) = (queue, options.Value, time, logger);
        var meter = meters.Create("Onsale.Mail");
        _sent = meter.CreateCounter<long>("onsale.mail.sent", "{mail}", "Mails that the SMTP server has taken.");
        _failed = meter.CreateCounter<long>(
            "onsale.mail.failed", "{attempt}", "Attempts to send that failed, by whether they are tried again.");
        _dropped = meter.CreateCounter<long>(
            "onsale.mail.dropped", "{mail}", "Mails that were not sent because it was too late for them.");
        meter.CreateObservableGauge("onsale.mail.waiting", () => _backlog.Waiting, "{mail}", "Mails to be sent.");
        meter.CreateObservableGauge(
            "onsale.mail.oldest", () => _backlog.OldestSeconds, "s", "Age of the oldest mail that is to be sent.");
    }

    /// <summary>As last measured.</summary>
    public MailBacklog Backlog => _backlog;

    /// <summary>One round of the job: what may be sent in one second.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        if (_options.Host.Length == 0)
            return;
        var mails = await _queue.ClaimAsync(
            _options.MaxPerSecond * MailLimits.SendEverySeconds, cancellationToken);
        if (mails.Count > 0)
            await SendAsync(mails, cancellationToken);
    }

    /// <summary>One round of the job that measures the queue.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken) =>
        _backlog = await _queue.ReadBacklogAsync(cancellationToken);

    private async Task SendAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = MailLimits.SmtpTimeoutSeconds * 1000 };
        for (var i = 0; i < mails.Count; i++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await _queue.UnclaimAsync([.. mails.Skip(i).Select(mail => mail.Id)]);
                return;
            }

            var mail = mails[i];
            // Now, not when it was claimed: a slow server may have held up the mails before it.
            if (mail.NotAfter is { } notAfter && notAfter <= _time.GetUtcNow().UtcDateTime)
            {
                await _queue.DropAsync(mail.Id);
                _dropped.Add(1, new KeyValuePair<string, object?>("kind", mail.Kind));
                LogDropped(mail.Id, mail.Kind, mail.Attempts);
                continue;
            }

            using var span = Traces.Continue("mail.send", mail.TraceParent, ActivityKind.Client);
            span?.SetTag("onsale.mail.kind", mail.Kind);
            try
            {
                if (!client.IsConnected)
                    await ConnectAsync(client);
                // Not cancelled: whether a mail that was begun is taken must be known.
                await client.SendAsync(Compose(mail), CancellationToken.None);
            }
            catch (Exception exception) when (IsDeliveryFailure(exception))
            {
                span?.SetStatus(ActivityStatusCode.Error);
                await FailAsync(mail, exception);
                if (client.IsConnected && exception is SmtpCommandException)
                    continue;
                // The server is away: the others of this round meet the same, and are not to wait for it one by one.
                await _queue.UnclaimAsync([.. mails.Skip(i + 1).Select(other => other.Id)]);
                return;
            }

            await _queue.MarkSentAsync(mail.Id);
            _sent.Add(1, new KeyValuePair<string, object?>("kind", mail.Kind));
            LogSent(mail.Id, mail.Kind, mail.Attempts);
        }

        if (client.IsConnected)
            await client.DisconnectAsync(quit: true, CancellationToken.None);
    }

    private async Task ConnectAsync(SmtpClient client)
    {
        await client.ConnectAsync(_options.Host, _options.Port, _options.SocketOptions, CancellationToken.None);
        if (_options.UserName.Length > 0)
            await client.AuthenticateAsync(_options.UserName, _options.Password, CancellationToken.None);
    }

    private async Task FailAsync(ClaimedMail mail, Exception exception)
    {
        // 5xx is the server's last word about this mail; anything else may pass.
        var isPermanent = exception is SmtpCommandException { StatusCode: >= SmtpStatusCode.SyntaxError }
            or FormatException
            || mail.Attempts >= MailLimits.MaxAttempts;
        _failed.Add(1, new KeyValuePair<string, object?>("permanent", isPermanent));
        // The server's answer may repeat the address: it is kept with the mail, and not logged.
        if (isPermanent)
        {
            await _queue.GiveUpAsync(mail.Id, exception.Message);
            LogGivenUp(mail.Id, mail.Kind, exception.GetType().Name, mail.Attempts);
            return;
        }

        var wait = RetryWait(mail.Attempts);
        await _queue.RetryAsync(mail.Id, wait, exception.Message);
        LogRetry(mail.Id, mail.Kind, exception.GetType().Name, mail.Attempts, wait.TotalSeconds);
    }

    /// <summary>Doubles with each attempt, up to a longest wait; a quarter of it by chance.</summary>
    internal static TimeSpan RetryWait(int attempts)
    {
        var seconds = Math.Min(
            MailLimits.FirstRetrySeconds * Math.Pow(2, Math.Min(attempts - 1, 30)), MailLimits.MaxRetrySeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (RandomNumberGenerator.GetInt32(1000) / 4000.0)));
    }

    private static bool IsDeliveryFailure(Exception exception) => exception
        is CommandException or ProtocolException or IOException or SocketException or TimeoutException
            or OperationCanceledException or MailKit.Security.AuthenticationException
            or MailKit.Security.SslHandshakeException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException or FormatException;

    /// <summary>
    /// Header fields are encoded by the library: a line end in a name or subject cannot begin another.
    /// </summary>
    internal MimeMessage Compose(ClaimedMail mail)
    {
        var message = new MimeMessage();
        message.From.Add(new MailboxAddress(_options.FromName, _options.From));
        message.To.Add(new MailboxAddress(mail.RecipientName, mail.Recipient));
        message.Subject = mail.Subject.ReplaceLineEndings(" ");
        message.MessageId = $"{mail.Id}@{message.From.Mailboxes.Single().Domain}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        var body = new BodyBuilder { TextBody = mail.TextBody, HtmlBody = mail.HtmlBody };
        if (mail.Calendar is { } calendar)
        {
            body.Attachments.Add(
                "event.ics", System.Text.Encoding.UTF8.GetBytes(calendar), new ContentType("text", "calendar"));
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Debug,
        Message = "Mail {MailId} of kind {Kind} was sent in attempt {Attempt}")]
    private partial void LogSent(Guid mailId, string kind, int attempt);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Warning,
        Message = "Mail {MailId} of kind {Kind} was not sent ({Cause}, attempt {Attempt}); the next attempt is in "
            + "{WaitSeconds:0} s")]
    private partial void LogRetry(Guid mailId, string kind, string cause, int attempt, double waitSeconds);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Error,
        Message = "Mail {MailId} of kind {Kind} is given up ({Cause}, attempt {Attempt}); the answer is in its row")]
    private partial void LogGivenUp(Guid mailId, string kind, string cause, int attempt);

    [LoggerMessage(EventId = 7004, Level = LogLevel.Information,
        Message = "Mail {MailId} of kind {Kind} is dropped: it was too late for it (claim {Attempt})")]
    private partial void LogDropped(Guid mailId, string kind, int attempt);
}
