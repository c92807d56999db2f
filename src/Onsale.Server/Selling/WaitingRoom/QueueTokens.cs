using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Onsale.Platform.Identity;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What a <see cref="QueueToken"/> is. On the wire as a number: append only.</summary>
internal enum QueueTokenKind : byte
{
    /// <summary>A place in the line.</summary>
    Pass = 1,

    /// <summary>The right to book for a while.</summary>
    Admission = 2,
}

/// <summary>What a buyer carries, so that no server has to remember those who wait.</summary>
/// <param name="Kind">A pass or an admission.</param>
/// <param name="EventId">The event it is for.</param>
/// <param name="BuyerId">The buyer it is for.</param>
/// <param name="Era">The opening of the room that it belongs to.</param>
/// <param name="Number">The number in the line; 0: among the early.</param>
/// <param name="At">When a pass was given; when an admission ends.</param>
internal readonly record struct QueueToken(
    QueueTokenKind Kind, Guid EventId, Guid BuyerId, int Era, long Number, DateTimeOffset At);

/// <summary>
/// Signs and checks passes and admissions: HMAC-SHA-256 under a key that is derived from the one that all nodes share.
/// </summary>
internal sealed class QueueTokens(KeyedHash shared)
{
    private const byte Version = 1;
    private const int ContentBytes = 2 + 16 + 16 + 4 + 8 + 8;
    private const int SignatureBytes = 16;
    private const int Bytes = ContentBytes + SignatureBytes;

    /// <summary>Length of every token.</summary>
    public static readonly int Chars = Base64Url.GetEncodedLength(Bytes);

    // First asked for by a request: the shared key has been read by then.
    private readonly Lazy<byte[]> _key = new(() => shared.Of("waiting-room", ""));

    public string Write(QueueToken token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = Version;
        bytes[1] = (byte)token.Kind;
        token.EventId.TryWriteBytes(bytes[2..], bigEndian: true, out _);
        token.BuyerId.TryWriteBytes(bytes[18..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[34..], token.Era);
        BinaryPrimitives.WriteInt64BigEndian(bytes[38..], token.Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[46..], token.At.ToUnixTimeMilliseconds());
        Sign(bytes[..ContentBytes], bytes[ContentBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null: not one of this program, or changed.</summary>
    public QueueToken? Read(string? text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text?.Length != Chars || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Bytes)
            return null;
        Span<byte> signature = stackalloc byte[SignatureBytes];
        Sign(bytes[..ContentBytes], signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, bytes[ContentBytes..]) || bytes[0] != Version)
            return null;
        return new QueueToken(
            (QueueTokenKind)bytes[1], new Guid(bytes[2..18], bigEndian: true), new Guid(bytes[18..34], bigEndian: true),
            BinaryPrimitives.ReadInt32BigEndian(bytes[34..]), BinaryPrimitives.ReadInt64BigEndian(bytes[38..]),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[46..])));
    }

    /// <summary>A token of that kind for that event and buyer, of whatever era; null: it is none.</summary>
    public QueueToken? Read(string? text, QueueTokenKind kind, Guid eventId, Guid buyerId) =>
        Read(text) is { } token && token.Kind == kind && token.EventId == eventId && token.BuyerId == buyerId
            ? token
            : null;

    private void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, content, hash);
        hash[..SignatureBytes].CopyTo(signature);
    }
}
