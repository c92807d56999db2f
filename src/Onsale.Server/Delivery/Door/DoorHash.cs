using System.Security.Cryptography;
using System.Text;

namespace Onsale.Server.Delivery.Door;

/// <summary>Hashes by which a device finds a code in its list, which does not have the codes themselves.</summary>
internal static class DoorHash
{
    /// <summary>
    /// Of a signed code's reference: it only finds the ticket, and the signature says that it is one.
    /// </summary>
    public const int ReferenceBytes = 6;

    /// <summary>
    /// Of a code that people type: nothing but the hash speaks for it, so nobody may find another with it.
    /// </summary>
    public const int CodeBytes = 16;

    private const int EventIdBytes = 16;

    /// <summary>The first bytes of SHA-256 over the event's id and the text, as many as there is room for.</summary>
    public static void Write(Guid eventId, string text, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[EventIdBytes + text.Length];
        eventId.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.ASCII.GetBytes(text, bytes[EventIdBytes..]);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, whole);
        whole[..hash.Length].CopyTo(hash);
    }
}
