using System.Text;
using Onsale.Bench.Hosts;

namespace Onsale.Bench.Load;

/// <summary>
/// Each connection holds two seats of its own and gives them back, again and again: an event of any size stays as full
/// as it was, so that events of different sizes can be compared.
/// </summary>
internal sealed class HoldAndRelease(Guid eventId, int seats, IReadOnlyList<string> tokens, long run) : RequestSource
{
    private const int IdChars = 36;

    private readonly byte[][] _tokens = [.. tokens.Select(Encoding.ASCII.GetBytes)];
    private readonly byte[] _path = Encoding.ASCII.GetBytes($"/api/v1/events/{eventId}/bookings");
    private readonly byte[]?[] _held = new byte[HttpLoad.Connections][];
    private long _count;

    public override int Next(int connection, Span<byte> buffer)
    {
        var writer = new ByteWriter(buffer);
        if (_held[connection] is { } booking)
        {
            writer.Write("DELETE "u8);
            writer.Write(_path);
            writer.Write("/"u8);
            writer.Write(booking);
            WriteHead(ref writer, connection);
            writer.Write("\r\n"u8);
            return writer.Length;
        }

        writer.Write("POST "u8);
        writer.Write(_path);
        WriteHead(ref writer, connection);
        // Spread over the whole event, as buyers would.
        var seat = connection * (seats / 2 / HttpLoad.Connections) * 2;
        Span<byte> body = stackalloc byte[64];
        var content = new ByteWriter(body);
        content.Write("{\"seats\":["u8);
        content.Write(seat);
        content.Write(","u8);
        content.Write(seat + 1);
        content.Write("]}"u8);
        writer.Write("Content-Type: application/json\r\nIdempotency-Key: "u8);
        writer.Write(run);
        writer.Write("-"u8);
        writer.Write(Interlocked.Increment(ref _count));
        writer.Write("\r\nContent-Length: "u8);
        writer.Write(content.Length);
        writer.Write("\r\n\r\n"u8);
        writer.Write(body[..content.Length]);
        return writer.Length;
    }

    public override void Answered(int connection, int status, ReadOnlySpan<byte> response)
    {
        if (status != 201)
        {
            _held[connection] = null;
            return;
        }

        var location = response[(response.IndexOf("\r\nLocation: "u8) + 2)..];
        var path = location[..location.IndexOf("\r\n"u8)];
        _held[connection] = path[^IdChars..].ToArray();
    }

    /// <summary>Gives back what was held when the load ended.</summary>
    public async Task GiveBackAsync(ServerProcess server, IReadOnlyList<string> owners)
    {
        for (var connection = 0; connection < _held.Length; connection++)
        {
            if (_held[connection] is not { } booking)
                continue;
            var path = $"{Encoding.ASCII.GetString(_path)}/{Encoding.ASCII.GetString(booking)}";
            var (status, body) = await server.SendAsync(HttpMethod.Delete, path, owners[connection % owners.Count]);
            if (status != 200)
                throw new BenchException($"A release was answered with {status}: {body}");
        }
    }

    private void WriteHead(ref ByteWriter writer, int connection)
    {
        writer.Write(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "u8);
        writer.Write(_tokens[connection % _tokens.Length]);
        writer.Write("\r\n"u8);
    }
}
