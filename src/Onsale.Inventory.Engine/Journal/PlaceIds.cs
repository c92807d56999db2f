using System.Buffers.Binary;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// Ids of a booking's places, which are its tickets' ids once it is confirmed. Derived, so that a hold need not store
/// them: the booking's own UUIDv7 with its line added to the random part. Version and variant bits stay what they are.
/// </summary>
internal static class PlaceIds
{
    private const ulong RandomBits = 0x3FFF_FFFF_FFFF_FFFF;

    public static Guid Of(Guid bookingId, int line)
    {
        Span<byte> bytes = stackalloc byte[16];
        bookingId.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(
            bytes[8..], (low & ~RandomBits) | ((low + (ulong)line + 1) & RandomBits));
        return new Guid(bytes, bigEndian: true);
    }
}
