using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Onsale.Inventory;

/// <summary>
/// The binary form of a change-log row: a format byte, then each change as a kind byte and its fields. Numbers are
/// LEB128 variable-length, signed ones zigzag-coded; instants are microseconds since 1970, PostgreSQL's own resolution.
/// Append only: rows are kept, so every format ever written must stay readable.
/// </summary>
public static partial class ChangeLogCodec
{
    private const byte Format = 1;
    private const byte KindBooking = 1;
    private const byte KindSeatsBlocked = 2;
    private const byte KindSeatsUnblocked = 3;
    private const byte KindPoolBlocked = 4;
    private const byte KindReassigned = 5;
    private const byte KindHeldFromRange = 6;
    private const byte KindSettings = 7;

    // Before the change of a booking whose hold was extended: how often.
    private const byte KindExtended = 8;
    private const byte HasStatus = 1;
    private const byte HasOnSaleAt = 2;
    private const byte HasOffSaleAt = 4;
    private const byte HasHoldExtensions = 8;
    private const byte KindPoolResized = 9;

    // Before the change of a booking that was held with a code, behind how often it was extended: the code's number and
    // what it took off each place.
    private const byte KindCoded = 10;
    private const byte HasRules = 16;
    private const byte HasCompanionsReleasedAt = 32;
    private const byte HasMore = 64;
    private const byte HasCodes = 1;
    private const byte HasHoldMinutes = 1;
    private const byte HasMaxTickets = 2;
    private const byte HasOneBooking = 4;
    private const byte HasOrphanRule = 8;
    private const byte HasCancellableUntil = 16;
    private const byte HasForbidsCancelling = 32;
    private const byte HasNames = 64;
    private const byte NoState = 255;

    private static readonly long s_firstMicrosecond = ToMicroseconds(DateTimeOffset.MinValue);
    private static readonly long s_lastMicrosecond = ToMicroseconds(DateTimeOffset.MaxValue);

    /// <summary>Writes changes. Ticket secrets are left out.</summary>
    public static byte[] Write(IReadOnlyList<Change> changes)
    {
        var writer = new Writer(new ArrayBufferWriter<byte>(64 + (changes.Count * 96)));
        writer.Byte(Format);
        writer.Number(changes.Count);
        foreach (var change in changes)
            Write(writer, change);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="Write(IReadOnlyList{Change})"/> wrote.</summary>
    /// <exception cref="InventoryCorruptException">The bytes are not such a row.</exception>
    public static IReadOnlyList<Change> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        var format = reader.Byte();
        if (format != Format)
            throw new InventoryCorruptException($"Unknown change-log format {format}.");
        var changes = new Change[reader.Count()];
        for (var i = 0; i < changes.Length; i++)
            changes[i] = ReadChange(ref reader);
        if (!reader.IsAtEnd)
            throw new InventoryCorruptException("A change-log row goes on after its last change.");
        return changes;
    }

    private static void Write(Writer writer, Change change)
    {
        if (ExtensionsOf(change) is var extensions and > 0)
        {
            writer.Byte(KindExtended);
            writer.Number(extensions);
        }

        if (CodedIn(change) is { } coded)
            WriteCoded(writer, coded);
        switch (change)
        {
            case BookingChanged { From: null, Booking.AddressRange: not 0 } held:
                writer.Byte(KindHeldFromRange);
                writer.Long(held.Booking.AddressRange);
                Write(writer, held.Booking);
                break;
            case BookingChanged booking:
                writer.Byte(KindBooking);
                writer.Byte(booking.From is { } from ? (byte)from : NoState);
                Write(writer, booking.Booking);
                break;
            case BookingReassigned reassigned:
                writer.Byte(KindReassigned);
                writer.Id(reassigned.FromBuyerId);
                Write(writer, reassigned.Booking);
                break;
            case SeatsBlocked seats:
                writer.Byte(seats.Blocked ? KindSeatsBlocked : KindSeatsUnblocked);
                writer.Number(seats.Seats.Length);
                foreach (var seat in seats.Seats)
                    writer.Number(seat);
                break;
            case PoolBlocked pool:
                writer.Byte(KindPoolBlocked);
                writer.Number(pool.Tier);
                writer.Number(pool.Quantity);
                break;
            case PoolResized pool:
                writer.Byte(KindPoolResized);
                writer.Number(pool.Tier);
                writer.Number(pool.Delta);
                break;
            case SettingsChanged settings:
                writer.Byte(KindSettings);
                writer.Number(settings.SettingsVersion);
                Write(writer, settings.Patch);
                break;
            default:
                throw new InvalidOperationException($"Unknown change {change.GetType().Name}.");
        }
    }

    private static int ExtensionsOf(Change change) => change switch
    {
        BookingChanged changed => changed.Booking.Extensions,
        BookingReassigned reassigned => reassigned.Booking.Extensions,
        _ => 0,
    };

    private static void Write(Writer writer, Booking booking)
    {
        writer.Byte((byte)booking.State);
        writer.Id(booking.Id);
        writer.Id(booking.BuyerId);
        writer.Instant(booking.HeldUntil);
        writer.Byte(booking.PayingUntil is null ? (byte)0 : (byte)1);
        if (booking.PayingUntil is { } payingUntil)
            writer.Instant(payingUntil);
        writer.Number(booking.Attempts);
        writer.Number(booking.HoldVersion);
        writer.Number(booking.Version);
        writer.Instant(booking.CreatedAt);
        writer.Instant(booking.ChangedAt);
        writer.Number(booking.Places.Length);
        foreach (var place in booking.Places)
        {
            writer.Number(place.Tier);
            writer.Number(place.Seat);
            writer.Number(place.Price);
        }
    }

    private static void Write(Writer writer, SettingsPatch patch)
    {
        writer.Byte((byte)((patch.Status is null ? 0 : HasStatus)
            | (patch.OnSaleAt is null ? 0 : HasOnSaleAt) | (patch.OffSaleAt is null ? 0 : HasOffSaleAt)
            | (patch.HoldExtensions is null ? 0 : HasHoldExtensions) | (patch.HasRules ? HasRules : 0)
            | (patch.CompanionsReleasedAt is null ? 0 : HasCompanionsReleasedAt) | (patch.HasMore ? HasMore : 0)));
        if (patch.Status is { } status)
            writer.Byte((byte)status);
        if (patch.OnSaleAt is { } onSaleAt)
            writer.Instant(onSaleAt);
        if (patch.OffSaleAt is { } offSaleAt)
            writer.Instant(offSaleAt);
        if (patch.HoldExtensions is { } holdExtensions)
            writer.Byte((byte)holdExtensions);
        if (patch.CompanionsReleasedAt is { } releasedAt)
            writer.Instant(releasedAt);
        writer.Number(patch.Prices.Length);
        foreach (var (tier, price) in patch.Prices)
        {
            writer.Number(tier);
            writer.Number(price);
        }

        if (patch.HasRules)
            WriteRules(writer, patch);
        if (patch.HasMore)
            WriteMore(writer, patch);
    }

    /// <summary>What came to the settings that can be changed later: a part of its own behind the first.</summary>
    private static void WriteRules(Writer writer, SettingsPatch patch)
    {
        writer.Byte((byte)((patch.HoldMinutes is null ? 0 : HasHoldMinutes)
            | (patch.MaxTicketsPerBuyer is null ? 0 : HasMaxTickets)
            | (patch.OneBookingPerBuyer is null ? 0 : HasOneBooking)
            | (patch.OrphanRule is null ? 0 : HasOrphanRule)
            | (patch.CancellableUntil is null ? 0 : HasCancellableUntil)
            | (patch.ForbidsCancelling ? HasForbidsCancelling : 0)
            | (patch.Names.IsEmpty ? 0 : HasNames)));
        if (patch.HoldMinutes is { } minutes)
            writer.Number(minutes);
        if (patch.MaxTicketsPerBuyer is { } tickets)
            writer.Number(tickets);
        if (patch.OneBookingPerBuyer is { } oneBooking)
            writer.Byte(oneBooking ? (byte)1 : (byte)0);
        if (patch.OrphanRule is { } orphanRule)
            writer.Byte(orphanRule ? (byte)1 : (byte)0);
        if (patch.CancellableUntil is { } until)
            writer.Instant(until);
        if (patch.Names.IsEmpty)
            return;
        writer.Number(patch.Names.Length);
        foreach (var (tier, name) in patch.Names)
        {
            writer.Number(tier);
            writer.Text(name);
        }
    }

    private static Change ReadChange(ref Reader reader)
    {
        var kind = reader.Byte();
        switch (kind)
        {
            case KindBooking or KindReassigned or KindHeldFromRange or KindCoded:
                return ReadBookingChange(ref reader, kind, extensions: 0);
            case KindExtended:
                var extensions = reader.Int();
                if (extensions is < 1 or > InventoryLimits.MaxHoldExtensions)
                    throw new InventoryCorruptException($"A hold cannot be extended {extensions} times.");
                return ReadBookingChange(ref reader, reader.Byte(), extensions);
            case KindSeatsBlocked or KindSeatsUnblocked:
                var seats = new int[reader.Count()];
                for (var i = 0; i < seats.Length; i++)
                    seats[i] = reader.Int();
                return new SeatsBlocked(ImmutableCollectionsMarshal.AsImmutableArray(seats), kind == KindSeatsBlocked);
            case KindPoolBlocked:
                return new PoolBlocked(reader.Int(), reader.Int());
            case KindPoolResized:
                return new PoolResized(reader.Int(), reader.Int());
            case KindSettings:
                return new SettingsChanged(reader.Number(), ReadPatch(ref reader));
            default:
                throw new InventoryCorruptException($"Unknown change kind {kind}.");
        }
    }

    private static Change ReadBookingChange(ref Reader reader, byte kind, int extensions)
    {
        Coded? coded = null;
        if (kind == KindCoded)
        {
            coded = ReadCoded(ref reader);
            kind = reader.Byte();
        }

        switch (kind)
        {
            case KindBooking:
                var from = reader.Byte();
                return new BookingChanged(
                    from == NoState ? null : StateOf(from),
                    ReadBooking(ref reader, coded) with { Extensions = extensions });
            case KindReassigned:
                return new BookingReassigned(
                    reader.Id(), ReadBooking(ref reader, coded) with { Extensions = extensions });
            case KindHeldFromRange when extensions == 0:
                var range = reader.Long();
                return new BookingChanged(null, ReadBooking(ref reader, coded) with { AddressRange = range });
            default:
                throw new InventoryCorruptException($"Change kind {kind} has no hold to extend.");
        }
    }

    private static SettingsPatch ReadPatch(ref Reader reader)
    {
        var members = reader.Byte();
        const int known = HasStatus | HasOnSaleAt | HasOffSaleAt | HasHoldExtensions | HasRules | HasCompanionsReleasedAt
            | HasMore;
        if (members > known)
            throw new InventoryCorruptException($"Unknown members {members} of a settings change.");
        EventStatus? status = (members & HasStatus) == 0 ? null : StatusOf(reader.Byte());
        DateTimeOffset? onSaleAt = (members & HasOnSaleAt) == 0 ? null : reader.Instant();
        DateTimeOffset? offSaleAt = (members & HasOffSaleAt) == 0 ? null : reader.Instant();
        int? holdExtensions = (members & HasHoldExtensions) == 0 ? null : reader.Byte();
        DateTimeOffset? releasedAt = (members & HasCompanionsReleasedAt) == 0 ? null : reader.Instant();
        var prices = new TierPrice[reader.Count()];
        for (var i = 0; i < prices.Length; i++)
            prices[i] = new TierPrice(reader.Int(), reader.Number());
        var patch = new SettingsPatch
        {
            Status = status,
            OnSaleAt = onSaleAt,
            OffSaleAt = offSaleAt,
            HoldExtensions = holdExtensions,
            CompanionsReleasedAt = releasedAt,
            Prices = ImmutableCollectionsMarshal.AsImmutableArray(prices),
        };
        if ((members & HasRules) != 0)
            patch = ReadRules(ref reader, patch);
        return (members & HasMore) == 0 ? patch : ReadMore(ref reader, patch);
    }

    private static SettingsPatch ReadRules(ref Reader reader, SettingsPatch patch)
    {
        var members = reader.Byte();
        if (members is 0 or > 127)
            throw new InventoryCorruptException($"Unknown rules {members} of a settings change.");
        patch = patch with
        {
            HoldMinutes = (members & HasHoldMinutes) == 0 ? null : reader.Int(),
            MaxTicketsPerBuyer = (members & HasMaxTickets) == 0 ? null : reader.Int(),
            OneBookingPerBuyer = (members & HasOneBooking) == 0 ? null : reader.Flag(),
            OrphanRule = (members & HasOrphanRule) == 0 ? null : reader.Flag(),
            CancellableUntil = (members & HasCancellableUntil) == 0 ? null : reader.Instant(),
            ForbidsCancelling = (members & HasForbidsCancelling) != 0,
        };
        if ((members & HasNames) == 0)
            return patch;
        var names = new TierName[reader.Count()];
        for (var i = 0; i < names.Length; i++)
            names[i] = new TierName(reader.Int(), reader.Text());
        return patch with { Names = ImmutableCollectionsMarshal.AsImmutableArray(names) };
    }

    private static EventStatus StatusOf(byte number) => number <= (byte)EventStatus.Cancelled
        ? (EventStatus)number
        : throw new InventoryCorruptException($"Unknown event status {number}.");

    private static Booking ReadBooking(ref Reader reader, Coded? coded)
    {
        var state = StateOf(reader.Byte());
        var id = reader.Id();
        var buyerId = reader.Id();
        var heldUntil = reader.Instant();
        DateTimeOffset? payingUntil = reader.Flag() ? reader.Instant() : null;
        return new Booking
        {
            State = state,
            Id = id,
            BuyerId = buyerId,
            HeldUntil = heldUntil,
            PayingUntil = payingUntil,
            Attempts = reader.Int(),
            HoldVersion = reader.Number(),
            Version = reader.Number(),
            CreatedAt = reader.Instant(),
            ChangedAt = reader.Instant(),
            Code = coded?.Code,
            Places = ReadPlaces(ref reader, coded?.Discounts),
        };
    }

    private static ImmutableArray<Place> ReadPlaces(ref Reader reader, long[]? discounts)
    {
        var places = new Place[reader.Count()];
        if (discounts is not null && discounts.Length != places.Length)
            throw new InventoryCorruptException($"{discounts.Length} discounts of {places.Length} places.");
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new Place(reader.Int(), reader.Int(), reader.Number()) { Discount = discounts?[i] ?? 0 };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(places);
    }

    private static BookingState StateOf(byte number) => number <= (byte)BookingState.Cancelled
        ? (BookingState)number
        : throw new InventoryCorruptException($"Unknown booking state {number}.");

    private readonly struct Writer(ArrayBufferWriter<byte> buffer)
    {
        public void Byte(byte value)
        {
            buffer.GetSpan(1)[0] = value;
            buffer.Advance(1);
        }

        public void Number(long value)
        {
            var rest = (ulong)((value << 1) ^ (value >> 63));
            var span = buffer.GetSpan(10);
            var length = 0;
            for (; rest >= 0x80; rest >>= 7)
                span[length++] = (byte)(rest | 0x80);
            span[length++] = (byte)rest;
            buffer.Advance(length);
        }

        public void Long(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
            buffer.Advance(8);
        }

        public void Id(Guid id)
        {
            id.TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out _);
            buffer.Advance(16);
        }

        public void Instant(DateTimeOffset instant) => Long(ToMicroseconds(instant));

        public void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            buffer.Write(bytes);
        }

        public byte[] ToArray() => buffer.WrittenSpan.ToArray();
    }

    private static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public byte Byte() => Take(1)[0];

        public long Number()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = Byte();
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return (long)(value >> 1) ^ -(long)(value & 1);
            }

            throw new InventoryCorruptException("A number in the change log does not end.");
        }

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public int Int() => Number() is var value && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InventoryCorruptException($"{value} in the change log is out of range.");

        /// <summary>
        /// Of things that take a byte or more each: no count of a whole row is larger than what is left of it.
        /// </summary>
        public int Count() => Number() is var count && count >= 0 && count <= _rest.Length
            ? (int)count
            : throw new InventoryCorruptException($"A change-log row cannot hold {count} more things.");

        public bool Flag() => Byte() switch
        {
            0 => false,
            1 => true,
            var other => throw new InventoryCorruptException($"{other} in the change log is neither yes nor no."),
        };

        public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

        public Guid Id() => new(Take(16), bigEndian: true);

        public DateTimeOffset Instant()
        {
            var microseconds = Long();
            return microseconds >= s_firstMicrosecond && microseconds <= s_lastMicrosecond
                ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
                : throw new InventoryCorruptException($"{microseconds} in the change log is no instant.");
        }

        public string Text() => Encoding.UTF8.GetString(Take(Count()));

        private ReadOnlySpan<byte> Take(int count)
        {
            if (_rest.Length < count)
                throw new InventoryCorruptException("A change-log row ends in the middle.");
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
