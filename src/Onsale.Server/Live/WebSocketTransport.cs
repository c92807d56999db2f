using System.Net.WebSockets;

namespace Onsale.Server.Live;

/// <summary>Messages as WebSocket text messages. Pings and pongs are the framework's (KeepAliveInterval).</summary>
internal sealed class WebSocketTransport(WebSocket socket, TimeProvider time) : ILiveTransport
{
    // 1013, "try again later", has no name in the framework.
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    public ValueTask SendAsync(LiveFrame frame) =>
        socket.SendAsync(frame.Json, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public ValueTask PingAsync() => ValueTask.CompletedTask;

    public void Drop(DropReason reason) => _ = CloseAsync(
        reason == DropReason.TooSlow ? TryAgainLater : WebSocketCloseStatus.EndpointUnavailable,
        reason == DropReason.TooSlow ? "Too slow: reconnect with your version." : "The server is restarting: reconnect.");

    /// <summary>Reads until the peer closes; what it says otherwise is not for us.</summary>
    public async Task ReadUntilClosedAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[LiveLimits.MaxReceiveBytes];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, null);
                return;
            }

            await CloseAsync(WebSocketCloseStatus.PolicyViolation, "This feed takes no messages.");
            return;
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string? description)
    {
        try
        {
            // A peer that reads nothing lets even this wait; then the connection is cut.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(LiveLimits.CloseTimeoutSeconds), time);
            await socket.CloseOutputAsync(status, description, timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException
            or ObjectDisposedException or IOException or InvalidOperationException)
        {
            socket.Abort();
        }
    }
}
