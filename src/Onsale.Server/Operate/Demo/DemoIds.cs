using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Server.Operate.Demo;

/// <summary>Ids of demo data: of the shape of UUIDv7, and the same in every installation.</summary>
internal static class DemoIds
{
    // 1 January 2026: when these things were made up.
    private const long UnixMilliseconds = 1_767_225_600_000;

    /// <param name="kind">"event", "venue", "tier": one slug may name several things.</param>
    /// <param name="slug">What is named.</param>
    public static Guid Of(string kind, string slug)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{slug}"), bytes);
        Span<byte> timestamp = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(timestamp, UnixMilliseconds);
        timestamp[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
