using System.Buffers.Text;
using System.Text;

namespace Onsale.Bench.Load;

/// <summary>
/// Holds of two seats each, of distinct guests with an idempotency key for each request. Most ask for seats that nobody
/// asked for; one in <see cref="ContentionEvery"/> asks for seats that another asked for a moment ago.
/// </summary>
internal sealed class HoldRequests : RequestSource
{
    public const int ContentionEvery = 20;
    private const int ContentionDistance = 200;

    private readonly byte[][] _tokens;
    private readonly byte[][] _heads;
    private readonly int _pairs;
    private readonly int _width;
    private readonly long _run;
    private long _count = -1;
    private long _pair = -1;

    /// <param name="path">Of the route, with {0} for the event.</param>
    /// <param name="events">Sold <paramref name="width"/> at a time, the next when those are sold out.</param>
    /// <param name="seats">Of each event.</param>
    /// <param name="tokens">Access tokens of the guests.</param>
    /// <param name="run">Makes the keys of this load its own.</param>
    /// <param name="width">Events sold at the same time: each request is for the next of them.</param>
    /// <param name="firstPair">Pairs of seats that loads before this one have asked for.</param>
    public HoldRequests(
        string path, IReadOnlyList<Guid> events, int seats, IReadOnlyList<string> tokens, long run, int width = 1,
        long firstPair = 0)
    {
        _tokens = [.. tokens.Select(Encoding.ASCII.GetBytes)];
        _heads = [.. events.Select(id => Encoding.ASCII.GetBytes(
            $"POST {string.Format(path, id)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "))];
        (_pairs, _run, _width, _pair) = (seats / 2, run, width, firstPair - 1);
    }

    /// <summary>Pairs of seats asked for, with those of the loads before.</summary>
    public long Pairs => Volatile.Read(ref _pair) + 1;

    /// <summary>Whether the seats ran out before the time did: then the load measured less than it should.</summary>
    public bool RanOut => Pairs >= (long)_pairs * _heads.Length;

    public override int Next(int connection, Span<byte> buffer)
    {
        var number = Interlocked.Increment(ref _count);
        var contends = number % ContentionEvery == ContentionEvery - 1;
        var pair = contends
            ? Math.Max(0, Volatile.Read(ref _pair) - (number * 7919 % ContentionDistance))
            : Interlocked.Increment(ref _pair);
        var (turn, place) = (pair / _width, pair % _width);
        var (show, seat) = ((int)((turn / _pairs * _width) + place), (int)(turn % _pairs) * 2);
        if (show >= _heads.Length)
            return 0;

        var writer = new ByteWriter(buffer);
        writer.Write(_heads[show]);
        writer.Write(_tokens[number % _tokens.Length]);
        writer.Write("\r\nIdempotency-Key: "u8);
        writer.Write(_run);
        writer.Write("-"u8);
        writer.Write(number);
        // Counted instead of written twice: the two seats are the only part of the body that varies.
        writer.Write("\r\nContent-Length: "u8);
        writer.Write(13 + Digits(seat) + Digits(seat + 1));
        writer.Write("\r\n\r\n{\"seats\":["u8);
        writer.Write(seat);
        writer.Write(","u8);
        writer.Write(seat + 1);
        writer.Write("]}"u8);
        return writer.Length;
    }

    private static int Digits(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
    }
}

/// <summary>Appends to a span.</summary>
internal ref struct ByteWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    public void Write(long number)
    {
        if (!Utf8Formatter.TryFormat(number, _buffer[Length..], out var written))
            throw new InvalidOperationException("A request is larger than its buffer.");
        Length += written;
    }
}
