using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>A real SMTP server on a port of this machine that keeps what it is sent.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private SmtpReceiver(int port, Func<MimeMessage, SmtpResponse> answer)
    {
        var services = new ServiceProvider();
        services.Add(new Store(this, answer));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stopping.Token);
    }

    /// <summary>In the order in which they arrived.</summary>
    public ConcurrentQueue<MimeMessage> Messages { get; } = [];

    /// <param name="port">A free one.</param>
    /// <param name="answer">What is answered to a message; only accepted ones are kept. Null: all are.</param>
    public static SmtpReceiver Start(int port, Func<MimeMessage, SmtpResponse>? answer = null) =>
        new(port, answer ?? (_ => SmtpResponse.Ok));

    /// <summary>Settings of a node that sends here.</summary>
    public static (string Key, string Value)[] Settings(int port) =>
    [
        ("Onsale:Mail:Host", "127.0.0.1"), ("Onsale:Mail:Port", $"{port}"), ("Onsale:Mail:Security", "None"),
        ("Onsale:Mail:From", "tickets@shop.example"), ("Onsale:PublicUrl", "https://shop.example"),
        ("Onsale:Mail:MaxPerSecond", "100"),
    ];

    public IEnumerable<MimeMessage> To(string address) =>
        Messages.Where(message => message.To.Mailboxes.Any(mailbox => mailbox.Address == address));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_running);
        _stopping.Dispose();
    }

    private sealed class Store(SmtpReceiver receiver, Func<MimeMessage, SmtpResponse> answer) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(stream, cancellationToken);
            var response = answer(message);
            if (response.ReplyCode == SmtpReplyCode.Ok)
                receiver.Messages.Enqueue(message);
            return response;
        }
    }
}
