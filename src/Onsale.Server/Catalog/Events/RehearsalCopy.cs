namespace Onsale.Server.Catalog.Events;

/// <summary>
/// Copies of events that rehearsals sell are known by their ids (UUID version 8; all other events have version 7), at
/// every node and without a look at the database: nothing of such an event is for real, and no money is taken for it.
/// </summary>
internal static class RehearsalCopy
{
    private const int Version = 8;

    public static bool Is(Guid eventId) => eventId.Version == Version;

    /// <summary>An id for a copy: like any other of the instant, with another version.</summary>
    public static Guid NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0x0F) | (Version << 4));
        return new Guid(bytes, bigEndian: true);
    }
}
