using System.Security.Cryptography;
using System.Text;

namespace Onsale.Server.Delivery.Door;

/// <summary>Hashes by which a device finds a code in its list, and which tell nobody the code.</summary>
internal static class DoorHash
{
    /// <summary>As many as a JavaScript number holds exactly.</summary>
    public const int HashBytes = 6;

    private const int EventIdBytes = 16;

    /// <summary>The first bytes of SHA-256 over the event's id and the text.</summary>
    public static void Write(Guid eventId, string text, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[EventIdBytes + text.Length];
        eventId.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.ASCII.GetBytes(text, bytes[EventIdBytes..]);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, whole);
        whole[..HashBytes].CopyTo(hash);
    }
}
