using System.Text;
using Onsale.Bench.Hosts;

namespace Onsale.Bench.Load;

/// <summary>Asks for two places of a tier that has none left: distinct guests, a key for each request.</summary>
internal sealed class RefusedRequests(BenchEvent soldOut, IReadOnlyList<string> tokens, long run) : RequestSource
{
    private readonly byte[] _head = Encoding.ASCII.GetBytes(
        $"POST /api/v1/events/{soldOut.Id}/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer ");

    private readonly byte[] _tail = Body(soldOut);
    private readonly byte[][] _tokens = [.. tokens.Select(Encoding.ASCII.GetBytes)];
    private long _count = -1;

    public override int Next(int connection, Span<byte> buffer)
    {
        var number = Interlocked.Increment(ref _count);
        var writer = new ByteWriter(buffer);
        writer.Write(_head);
        writer.Write(_tokens[number % _tokens.Length]);
        writer.Write("\r\nIdempotency-Key: "u8);
        writer.Write(run);
        writer.Write("-"u8);
        writer.Write(number);
        writer.Write(_tail);
        return writer.Length;
    }

    private static byte[] Body(BenchEvent soldOut)
    {
        var body = $$"""{"tickets":[{"tierId":"{{soldOut.TierId}}","quantity":2}]}""";
        return Encoding.ASCII.GetBytes($"\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
