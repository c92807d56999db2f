using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onsale.Bench.Load;

/// <summary>
/// One WebSocket that watches an event and notes when each message came. It reads of a message only its versions, and
/// answers pings as a browser does.
/// </summary>
internal sealed class FanOutWatcher(FanOutArrivals arrivals) : IDisposable
{
    private const int BufferBytes = 4096;
    private static readonly byte[] Pong = [0x8A, 0x80, 0, 0, 0, 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[BufferBytes];
    private int _length;

    /// <summary>Opens it from an address of this machine: many of them, as a node would see many browsers.</summary>
    public async Task ConnectAsync(IPAddress from, IPEndPoint server, Guid eventId)
    {
        _socket.Bind(new IPEndPoint(from, 0));
        await _socket.ConnectAsync(server);
        await _socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/events/{eventId}/live HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        while (true)
        {
            await ReceiveAsync();
            var end = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            if (!_buffer.AsSpan(0, end).StartsWith("HTTP/1.1 101 "u8))
                throw new BenchException($"The feed was refused: {Encoding.ASCII.GetString(_buffer, 0, _length)}");
            Drop(end + 4);
            break;
        }

        while (!TryTakeFrames())
            await ReceiveAsync();
    }

    /// <summary>Reads until the socket is disposed.</summary>
    /// <exception cref="BenchException">The server ended it.</exception>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync();
                TryTakeFrames();
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.OperationAborted)
        {
            // Disposed: the measurement is over.
        }
        catch (ObjectDisposedException)
        {
            // Likewise.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_length), SocketFlags.None);
        if (count == 0)
            throw new BenchException("The server closed a feed in the middle of the load.");
        _length += count;
    }

    /// <summary>Whether there was a whole message.</summary>
    private bool TryTakeFrames()
    {
        var now = Stopwatch.GetTimestamp();
        var (taken, found) = (0, false);
        while (TryReadFrame(_buffer.AsSpan(taken, _length - taken), out var code, out var payload, out var size))
        {
            found |= code == 1;
            if (code == 1)
                Note(payload, now);
            else if (code == 9)
                _socket.Send(Pong);
            else
                throw new BenchException($"The server sent a frame of kind {code}: {Encoding.UTF8.GetString(payload)}");
            taken += size;
        }

        Drop(taken);
        return found;
    }

    private static bool TryReadFrame(
        ReadOnlySpan<byte> bytes, out int code, out ReadOnlySpan<byte> payload, out int size)
    {
        (code, size) = (0, 0);
        payload = [];
        if (bytes.Length < 2)
            return false;
        code = bytes[0] & 0xF;
        var (length, head) = ((int)bytes[1], 2);
        if (length == 126 && bytes.Length >= 4)
            (length, head) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4);
        else if (length == 127 && bytes.Length >= 10)
            (length, head) = (checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])), 10);
        else if (length > 125)
            return false;
        if (bytes.Length < head + length)
            return false;
        payload = bytes.Slice(head, length);
        size = head + length;
        return true;
    }

    private void Note(ReadOnlySpan<byte> message, long now)
    {
        var start = "{\"type\":\"changes\",\"version\":"u8;
        if (!message.StartsWith(start))
        {
            arrivals.NoteOther();
            return;
        }

        if (!Utf8Parser.TryParse(message[start.Length..], out long version, out var digits)
            || !Utf8Parser.TryParse(message[(start.Length + digits + ",\"from\":".Length)..], out long from, out _))
        {
            throw new BenchException($"A message without versions: {Encoding.UTF8.GetString(message)}");
        }

        arrivals.Note(from, version, now);
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}
