using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// The draw that orders those who came early. The seed is made and its hash published before anybody joins, and the
/// seed itself at the draw, so that everyone can compute every lot afterwards and nobody could aim at one before.
/// </summary>
internal static class Draw
{
    /// <summary>Length of a seed and of its commitment.</summary>
    public const int SeedBytes = 32;

    /// <summary>What is published before the draw: SHA-256 of the seed.</summary>
    public static byte[] CommitmentOf(ReadOnlySpan<byte> seed) => SHA256.HashData(seed);

    /// <summary>SHA-256 of the seed followed by the beacon in UTF-8, which came after the seed.</summary>
    public static byte[] Mix(ReadOnlySpan<byte> seed, string beacon) =>
        SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(beacon)]);

    /// <summary>
    /// A buyer's lot as a fraction of 2⁶⁴: the first eight bytes, big-endian, of HMAC-SHA256 under the mixed seed over
    /// the ids of event and buyer, sixteen bytes each in the order they are written in.
    /// </summary>
    public static ulong LotOf(ReadOnlySpan<byte> mixedSeed, Guid eventId, Guid buyerId)
    {
        Span<byte> ids = stackalloc byte[32];
        eventId.TryWriteBytes(ids, bigEndian: true, out _);
        buyerId.TryWriteBytes(ids[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(mixedSeed, ids, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The position that a lot gives among so many: ⌈u × early⌉, from 1 on.</summary>
    public static long PositionOf(ulong lot, long early) =>
        Math.Max(1, (long)((((UInt128)lot * (ulong)early) + ulong.MaxValue) >> 64));
}
