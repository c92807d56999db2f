using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Onsale.Inventory;

/// <summary>Writes the primitives of a change-log row: see <see cref="ChangeLogCodec"/>.</summary>
internal readonly struct ChangeLogWriter(ArrayBufferWriter<byte> buffer)
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

    public void Instant(DateTimeOffset instant) => Long(ChangeLogTime.ToMicroseconds(instant));

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(bytes.Length);
        buffer.Write(bytes);
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}

/// <summary>Reads what <see cref="ChangeLogWriter"/> wrote; bytes that it cannot have written are refused.</summary>
internal ref struct ChangeLogReader(ReadOnlySpan<byte> bytes)
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
        return microseconds >= ChangeLogTime.First && microseconds <= ChangeLogTime.Last
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

/// <summary>Instants as microseconds since 1970.</summary>
file static class ChangeLogTime
{
    public static readonly long First = ToMicroseconds(DateTimeOffset.MinValue);
    public static readonly long Last = ToMicroseconds(DateTimeOffset.MaxValue);

    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
