using System.Text;

namespace Onsale.Bench.Load;

/// <summary>Joins of a waiting room, of many guests in turns and without a pass: each of them takes a number.</summary>
internal sealed class JoinRequests(Guid eventId, IReadOnlyList<string> tokens, long most) : RequestSource
{
    private readonly byte[] _head = Encoding.ASCII.GetBytes(
        $"POST /api/v1/events/{eventId}/queue HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer ");

    private readonly byte[][] _tokens = [.. tokens.Select(Encoding.ASCII.GetBytes)];
    private long _count = -1;

    public override int Next(int connection, Span<byte> buffer)
    {
        var number = Interlocked.Increment(ref _count);
        if (number >= most)
            return 0;
        var writer = new ByteWriter(buffer);
        writer.Write(_head);
        writer.Write(_tokens[number % _tokens.Length]);
        writer.Write("\r\nContent-Length: 2\r\n\r\n{}"u8);
        return writer.Length;
    }
}
