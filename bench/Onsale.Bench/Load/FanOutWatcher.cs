using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Onsale.Bench.Load;

/// <summary>
/// One WebSocket that watches an event: sees to it that it gets a snapshot first and then every change, each building
/// on the last, notes when they came, and answers pings as a browser does.
/// </summary>
internal sealed class FanOutWatcher(FanOutArrivals arrivals) : IDisposable
{
    private static readonly byte[] Pong = [0x8A, 0x80, 0, 0, 0, 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private byte[] _rest = [];
    private bool _isAccepted;
    private long _version = -1;

    /// <summary>The system's number of the socket.</summary>
    public nint Descriptor => _socket.Handle;

    /// <summary>It has had its snapshot.</summary>
    public bool HasBegun => _version >= 0;

    /// <summary>
    /// Asks for the feed from an address of this machine: of many, as a node would see many
    /// browsers.
    /// </summary>
    public void Open(IPAddress from, IPEndPoint server, Guid eventId)
    {
        _socket.Bind(new IPEndPoint(from, 0));
        _socket.Connect(server);
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET /api/v1/events/{eventId}/live HTTP/1.1\r\nHost: {server}\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        _socket.Blocking = false;
    }

    /// <summary>Takes what has come.</summary>
    /// <param name="buffer">
    /// Shared by all: what ten thousand buffers hold is in no processor's cache. Only what is not whole yet is kept.
    /// </param>
    /// <exception cref="BenchException">The server ended it, or sent what it must not.</exception>
    public void Receive(ref byte[] buffer)
    {
        var length = _rest.Length;
        while (length + 1024 > buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        _rest.CopyTo(buffer, 0);
        length += _socket.Receive(buffer.AsSpan(length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return;
        if (error != SocketError.Success || length == _rest.Length)
            throw new BenchException($"The server ended a feed in the middle of the load ({error}).");
        var now = Stopwatch.GetTimestamp();
        var bytes = buffer.AsSpan(0, length);
        if (_isAccepted || TryTakeHead(ref bytes))
        {
            while (TryTakeFrame(ref bytes, out var code, out var payload))
                Take(code, payload, now);
        }

        if (bytes.Length > 0 || _rest.Length > 0)
            _rest = bytes.ToArray();
    }

    public void Dispose() => _socket.Dispose();

    private bool TryTakeHead(ref Span<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!bytes.StartsWith("HTTP/1.1 101 "u8))
            throw new BenchException($"The feed was refused: {Encoding.ASCII.GetString(bytes)}");
        bytes = bytes[(end + 4)..];
        return _isAccepted = true;
    }

    private static bool TryTakeFrame(ref Span<byte> bytes, out int code, out ReadOnlySpan<byte> payload)
    {
        code = 0;
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
        bytes = bytes[(head + length)..];
        return true;
    }

    private void Take(int code, ReadOnlySpan<byte> payload, long now)
    {
        if (code == 9)
            _socket.Send(Pong);
        else if (code != 1)
            throw new BenchException($"The server sent a frame of kind {code}: {Encoding.UTF8.GetString(payload)}");
        else if (payload.StartsWith("""{"type":"changes","""u8))
            Advance(arrivals.Note(payload, now));
        else if (payload.StartsWith("""{"type":"snapshot","""u8))
            Begin(payload);
        else if (!payload.StartsWith("""{"type":"viewers","""u8))
            throw new BenchException($"The server sent something else: {Encoding.UTF8.GetString(payload)}");
    }

    private void Begin(ReadOnlySpan<byte> snapshot)
    {
        var reader = new Utf8JsonReader(snapshot);
        using var json = JsonDocument.ParseValue(ref reader);
        _version = json.RootElement.GetProperty("version").GetInt64();
    }

    private void Advance(FanOutMessage message)
    {
        if (message.From != _version)
            throw new BenchException($"A watcher at version {_version} was sent changes from {message.From} on.");
        _version = message.Version;
    }
}
