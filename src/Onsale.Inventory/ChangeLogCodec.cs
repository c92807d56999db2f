using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

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

    // Before the change of a booking whose hold was extended: how often; 31: it is to be paid later.
    private const byte KindExtended = 8;
    private const byte KindPoolResized = 9;

    // Before the change of a booking that was held with a code, behind how often it was extended: the code's number and
    // what it took off each place.
    private const byte KindCoded = 10;
    private const byte KindWaitlist = 11;

    // Before the change of a booking with fees or taxes, behind its code: of each place what its price contains.
    private const byte KindCharged = 12;

    // A booking with other seats: pairs of ordinals, then the booking.
    private const byte KindMoved = 13;
    private const byte NoState = 255;

    /// <summary>Writes changes. Ticket secrets are left out.</summary>
    public static byte[] Write(IReadOnlyList<Change> changes)
    {
        var writer = new ChangeLogWriter(new ArrayBufferWriter<byte>(64 + (changes.Count * 96)));
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
        var reader = new ChangeLogReader(bytes);
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

    private static void Write(ChangeLogWriter writer, Change change)
    {
        if (ExtensionsOf(change) is var extensions and > 0)
        {
            writer.Byte(KindExtended);
            writer.Number(extensions);
        }

        if (CodedIn(change) is { } coded)
            WriteCoded(writer, coded);
        if (ChargedIn(change) is { } charged)
            WriteCharged(writer, charged);
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
            case BookingMoved moved:
                writer.Byte(KindMoved);
                writer.Number(moved.Moves.Length);
                foreach (var move in moved.Moves)
                {
                    writer.Number(move.From);
                    writer.Number(move.To);
                }

                Write(writer, moved.Booking);
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
            case WaitlistChanged waitlist:
                writer.Byte(KindWaitlist);
                WriteWaitlist(writer, waitlist);
                break;
            default:
                throw new InvalidOperationException($"Unknown change {change.GetType().Name}.");
        }
    }

    private static int ExtensionsOf(Change change) => change switch
    {
        BookingChanged changed => changed.Booking.Extensions,
        BookingReassigned reassigned => reassigned.Booking.Extensions,
        BookingMoved moved => moved.Booking.Extensions,
        _ => 0,
    };

    private static void Write(ChangeLogWriter writer, Booking booking)
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

    private static Change ReadChange(ref ChangeLogReader reader)
    {
        var kind = reader.Byte();
        switch (kind)
        {
            case KindBooking or KindReassigned or KindHeldFromRange or KindCoded or KindCharged or KindMoved:
                return ReadBookingChange(ref reader, kind, extensions: 0);
            case KindExtended:
                var extensions = reader.Int();
                if (extensions is < 1
                    or (> InventoryLimits.MaxHoldExtensions and not InventoryLimits.PaidLaterExtensions))
                {
                    throw new InventoryCorruptException($"A hold cannot be extended {extensions} times.");
                }

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
            case KindWaitlist:
                return ReadWaitlist(ref reader);
            default:
                throw new InventoryCorruptException($"Unknown change kind {kind}.");
        }
    }

    private static Change ReadBookingChange(ref ChangeLogReader reader, byte kind, int extensions)
    {
        Coded? coded = null;
        if (kind == KindCoded)
        {
            coded = ReadCoded(ref reader);
            kind = reader.Byte();
        }

        (long Fee, long OwnFee, long Tax)[]? charges = null;
        if (kind == KindCharged)
        {
            charges = ReadCharged(ref reader);
            kind = reader.Byte();
        }

        switch (kind)
        {
            case KindBooking:
                var from = reader.Byte();
                return new BookingChanged(
                    from == NoState ? null : StateOf(from),
                    ReadBooking(ref reader, coded, charges) with { Extensions = extensions });
            case KindReassigned:
                return new BookingReassigned(
                    reader.Id(), ReadBooking(ref reader, coded, charges) with { Extensions = extensions });
            case KindMoved:
                var moves = new SeatMove[reader.Count()];
                for (var i = 0; i < moves.Length; i++)
                    moves[i] = new SeatMove(reader.Int(), reader.Int());
                return new BookingMoved(
                    ImmutableCollectionsMarshal.AsImmutableArray(moves),
                    ReadBooking(ref reader, coded, charges) with { Extensions = extensions });
            case KindHeldFromRange when extensions == 0:
                var range = reader.Long();
                return new BookingChanged(null, ReadBooking(ref reader, coded, charges) with { AddressRange = range });
            default:
                throw new InventoryCorruptException($"Change kind {kind} has no hold to extend.");
        }
    }

    private static Booking ReadBooking(
        ref ChangeLogReader reader, Coded? coded, (long Fee, long OwnFee, long Tax)[]? charges)
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
            Places = ReadPlaces(ref reader, coded?.Discounts, charges),
        };
    }

    private static ImmutableArray<Place> ReadPlaces(
        ref ChangeLogReader reader, long[]? discounts, (long Fee, long OwnFee, long Tax)[]? charges)
    {
        var places = new Place[reader.Count()];
        if (discounts is not null && discounts.Length != places.Length)
            throw new InventoryCorruptException($"{discounts.Length} discounts of {places.Length} places.");
        if (charges is not null && charges.Length != places.Length)
            throw new InventoryCorruptException($"Charges of {charges.Length} of {places.Length} places.");
        for (var i = 0; i < places.Length; i++)
        {
            var (fee, ownFee, tax) = charges?[i] ?? default;
            places[i] = new Place(reader.Int(), reader.Int(), reader.Number())
            {
                Discount = discounts?[i] ?? 0,
                Fee = fee,
                OwnFee = ownFee,
                Tax = tax,
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(places);
    }

    private static BookingState StateOf(byte number) => number <= (byte)BookingState.Cancelled
        ? (BookingState)number
        : throw new InventoryCorruptException($"Unknown booking state {number}.");
}
