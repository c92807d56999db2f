using System.Runtime.InteropServices;

namespace Onsale.Inventory;

/// <content>What the waitlist brought to the change log.</content>
public static partial class ChangeLogCodec
{
    private const byte HasBooking = 1;
    private const byte IsTogether = 2;
    private const byte HasBeenKept = 4;

    private static void WriteWaitlist(ChangeLogWriter writer, WaitlistChanged change)
    {
        var entry = change.Entry;
        writer.Byte(change.From is { } from ? (byte)from : NoState);
        writer.Byte((byte)entry.State);
        writer.Byte((byte)((entry.BookingId is null ? 0 : HasBooking) | (entry.Together ? IsTogether : 0)
            | (entry.WasKept ? HasBeenKept : 0)));
        writer.Id(entry.Id);
        writer.Number(entry.Number);
        writer.Id(entry.BuyerId);
        writer.Number(entry.Quantity);
        writer.Number(entry.Tiers.Length);
        foreach (var tier in entry.Tiers)
            writer.Number(tier);
        if (entry.BookingId is { } booking)
            writer.Id(booking);
        writer.Instant(entry.JoinedAt);
        writer.Instant(entry.ChangedAt);
    }

    private static WaitlistChanged ReadWaitlist(ref ChangeLogReader reader)
    {
        var from = reader.Byte();
        var state = WaitlistStateOf(reader.Byte());
        var members = reader.Byte();
        if (members > (HasBooking | IsTogether | HasBeenKept))
            throw new InventoryCorruptException($"Unknown members {members} of a waitlist entry.");
        var (id, number, buyerId, quantity) = (reader.Id(), reader.Int(), reader.Id(), reader.Int());
        var tiers = new int[reader.Count()];
        for (var i = 0; i < tiers.Length; i++)
            tiers[i] = reader.Int();
        return new WaitlistChanged(from == NoState ? null : WaitlistStateOf(from), new WaitlistEntry
        {
            Id = id,
            Number = number,
            BuyerId = buyerId,
            Tiers = ImmutableCollectionsMarshal.AsImmutableArray(tiers),
            Quantity = quantity,
            Together = (members & IsTogether) != 0,
            State = state,
            BookingId = (members & HasBooking) == 0 ? null : reader.Id(),
            WasKept = (members & HasBeenKept) != 0,
            JoinedAt = reader.Instant(),
            ChangedAt = reader.Instant(),
        });
    }

    private static WaitlistState WaitlistStateOf(byte number) => number <= (byte)WaitlistState.LimitReached
        ? (WaitlistState)number
        : throw new InventoryCorruptException($"Unknown state {number} of a waitlist entry.");
}
