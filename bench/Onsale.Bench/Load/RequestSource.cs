namespace Onsale.Bench.Load;

/// <summary>What the connections of a load send. Called by all of them, perhaps at once.</summary>
internal abstract class RequestSource
{
    /// <summary>Room for one request.</summary>
    public const int MaxRequestBytes = 2048;

    /// <summary>Writes the next request of a connection; answers its length, or 0 when there are no more.</summary>
    public abstract int Next(int connection, Span<byte> buffer);

    /// <summary>Told what became of the connection's last request; for sources whose requests depend on it.</summary>
    public virtual void Answered(int connection, int status, ReadOnlySpan<byte> response)
    {
    }
}

/// <summary>The same request again and again.</summary>
internal sealed class SameRequest(string head, string? body = null) : RequestSource
{
    /// <summary>Follows a request line: the codings that browsers take.</summary>
    public const string AsBrowsers = "\r\nAccept-Encoding: gzip, deflate, br, zstd";

    private readonly byte[] _bytes = Http.Request(head, body);

    public override int Next(int connection, Span<byte> buffer)
    {
        _bytes.CopyTo(buffer);
        return _bytes.Length;
    }
}

/// <summary>The bytes of HTTP/1.1.</summary>
internal static class Http
{
    /// <summary>
    /// A request: <paramref name="head"/> is the request line and further header lines, each but the last ended by
    /// \r\n.
    /// </summary>
    public static byte[] Request(string head, string? body = null)
    {
        var (line, further) = head.IndexOf('\n') is var end and > 0
            ? (head[..(end + 1)], head[(end + 1)..] + "\r\n")
            : (head + "\r\n", "");
        var content = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n";
        return System.Text.Encoding.ASCII.GetBytes($"{line}Host: 127.0.0.1\r\n{further}{content}\r\n{body}");
    }
}
