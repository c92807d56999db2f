using System.Buffers.Binary;
using System.Text;

namespace Onsale.Server.Selling.Live;

/// <summary>What the head of the bytes from a peer is.</summary>
internal enum PeerFrame
{
    /// <summary>More bytes are needed to tell.</summary>
    Incomplete,
    Ping,
    Pong,
    Close,

    /// <summary>A message, or the beginning of one.</summary>
    Message,

    /// <summary>Nothing that a client may send.</summary>
    Invalid,
}

/// <summary>
/// The frames of WebSockets (RFC 6455, section 5) that a feed needs: it sends texts and takes only control frames.
/// </summary>
/// <remarks>
/// A server's frames are not masked, so the bytes of a message are the same for every connection: written once, they
/// are handed to ten thousand connections as they are. The framework's WebSocket writes them again for each.
/// </remarks>
internal static class WebSocketFrames
{
    /// <summary>The largest frame that is taken: a control frame with its mask (sections 5.2 and 5.5).</summary>
    public const int MaxPeerFrameBytes = 2 + MaskBytes + MaxControlPayloadBytes;

    private const int MaxControlPayloadBytes = 125;
    private const int MaskBytes = 4;
    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;
    private const byte TextCode = 0x1;
    private const byte CloseCode = 0x8;
    private const byte PingCode = 0x9;
    private const byte PongCode = 0xA;

    /// <summary>A ping without payload.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = new byte[] { Final | PingCode, 0 };

    /// <summary>Bytes that go before a text of this length.</summary>
    public static byte[] TextHeader(int length)
    {
        if (length <= MaxControlPayloadBytes)
            return [Final | TextCode, (byte)length];
        if (length <= ushort.MaxValue)
        {
            byte[] medium = [Final | TextCode, 126, 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(medium.AsSpan(2), (ushort)length);
            return medium;
        }

        byte[] large = [Final | TextCode, 127, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt64BigEndian(large.AsSpan(2), (ulong)length);
        return large;
    }

    public static byte[] Pong(ReadOnlySpan<byte> payload) => [Final | PongCode, (byte)payload.Length, .. payload];

    /// <summary>A close frame; the reason is ASCII and short.</summary>
    public static byte[] Close(ushort status, string reason)
    {
        var frame = new byte[4 + reason.Length];
        (frame[0], frame[1]) = (Final | CloseCode, (byte)(2 + reason.Length));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), status);
        Encoding.ASCII.GetBytes(reason, frame.AsSpan(4));
        return frame;
    }

    /// <summary>
    /// Reads the frame that <paramref name="bytes"/> begin with, and unmasks its payload where it is.
    /// </summary>
    /// <param name="bytes">What came.</param>
    /// <param name="payload">Of a control frame.</param>
    /// <param name="consumed">The frame's length; 0 unless it is a whole control frame.</param>
    public static PeerFrame Read(Span<byte> bytes, out ReadOnlySpan<byte> payload, out int consumed)
    {
        payload = [];
        consumed = 0;
        if (bytes.Length < 2)
            return PeerFrame.Incomplete;
        var code = bytes[0] & 0x0F;
        // No extension was agreed on, and a client masks what it sends.
        if ((bytes[0] & Reserved) != 0 || (bytes[1] & Masked) == 0)
            return PeerFrame.Invalid;
        if (code is 0 or TextCode or 2)
            return PeerFrame.Message;
        var length = bytes[1] & ~Masked;
        if (code is not (CloseCode or PingCode or PongCode))
            return PeerFrame.Invalid;
        if ((bytes[0] & Final) == 0 || length > MaxControlPayloadBytes)
            return PeerFrame.Invalid;
        var whole = 2 + MaskBytes + length;
        if (bytes.Length < whole)
            return PeerFrame.Incomplete;
        var mask = bytes.Slice(2, MaskBytes);
        var content = bytes.Slice(2 + MaskBytes, length);
        for (var i = 0; i < content.Length; i++)
            content[i] ^= mask[i % MaskBytes];
        payload = content;
        consumed = whole;
        return code switch
        {
            CloseCode => PeerFrame.Close,
            PingCode => PeerFrame.Ping,
            _ => PeerFrame.Pong,
        };
    }
}
