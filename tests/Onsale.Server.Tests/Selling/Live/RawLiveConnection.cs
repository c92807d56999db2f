using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>
/// A WebSocket on a bare connection: does only what the test says, and so also what no decent client does, such as
/// reading nothing or leaving pings without an answer.
/// </summary>
internal sealed class RawLiveConnection : IDisposable
{
    private const int ReceiveBufferBytes = 4096;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>Opens it and reads the answer to the handshake, nothing else.</summary>
    public static async Task<RawLiveConnection> ConnectAsync(OnsaleNode node, Guid eventId, long? version = null)
    {
        // Small, so that what is not read soon holds up the sender.
        var watcher = new RawLiveConnection { _socket = { ReceiveBufferSize = ReceiveBufferBytes } };
        await watcher._socket.ConnectAsync(IPAddress.Loopback, node.Address.Port);
        var query = version is null ? "" : $"?version={version}";
        await watcher._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/events/{eventId}/live{query} HTTP/1.1\r\nHost: {node.Address.Authority}\r\n"
            + "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        while (true)
        {
            var end = watcher._buffer.AsSpan(0, watcher._length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(watcher._buffer, 0, end);
                head.ShouldStartWith("HTTP/1.1 101 ");
                // The example of RFC 6455, section 1.3.
                head.ShouldContain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Case.Insensitive);
                watcher.Take(end + 4);
                return watcher;
            }

            (await watcher.ReceiveAsync()).ShouldBeTrue("the handshake is answered");
        }
    }

    /// <summary>The next frame; null: the connection has ended.</summary>
    public async Task<(int Code, byte[] Payload)?> ReadFrameAsync()
    {
        while (true)
        {
            if (TryReadFrame(out var frame))
                return frame;
            if (!await ReceiveAsync())
                return null;
        }
    }

    /// <summary>Skips frames until one of this kind.</summary>
    public async Task<byte[]> ReadUntilAsync(int code)
    {
        while (true)
        {
            var frame = (await ReadFrameAsync()).ShouldNotBeNull($"a frame of kind {code} comes");
            if (frame.Code == code)
                return frame.Payload;
        }
    }

    /// <summary>The status and reason of the close frame.</summary>
    public async Task<(int Status, string Reason)> ReadCloseAsync()
    {
        var payload = await ReadUntilAsync(code: 8);
        return (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload, 2, payload.Length - 2));
    }

    /// <summary>Bytes as they are.</summary>
    public Task SendAsync(params byte[] bytes) => _socket.SendAsync(bytes);

    /// <summary>A frame with a mask, as a client's must be.</summary>
    public Task SendFrameAsync(int code, string payload)
    {
        byte[] mask = [1, 2, 3, 4];
        var masked = Encoding.UTF8.GetBytes(payload).Select((one, index) => (byte)(one ^ mask[index % 4]));
        return SendAsync([(byte)(0x80 | code), (byte)(0x80 | payload.Length), .. mask, .. masked]);
    }

    public void Dispose() => _socket.Dispose();

    private bool TryReadFrame(out (int Code, byte[] Payload) frame)
    {
        frame = default;
        if (_length < 2)
            return false;
        var (length, head) = ((int)_buffer[1], 2);
        if (length == 126)
            (length, head) = (_length < 4 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2)), 4);
        if (_length - head < length)
            return false;
        frame = (_buffer[0] & 0xF, _buffer.AsSpan(head, length).ToArray());
        Take(head + length);
        return true;
    }

    private async Task<bool> ReceiveAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        try
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            _length += count;
            return count > 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private void Take(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}
