using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Onsale.Bench.Load;

/// <summary>
/// One keep-alive connection that sends a request, waits for its answer and sends the next. It reads of an answer only
/// what it must: the status and where it ends.
/// </summary>
internal sealed class HttpConnection(int index, EndPoint server) : IDisposable
{
    // The largest answer is the availability of a hundred thousand seats.
    private const int MaxResponseBytes = 256 * 1024;
    private const int NotKnown = -1;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = new byte[RequestSource.MaxRequestBytes];
    private byte[] _response = new byte[8 * 1024];

    public async Task ConnectAsync() => await _socket.ConnectAsync(server);

    public async Task RunAsync(RequestSource source, LoadResult result, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var length = source.Next(index, _request);
            if (length == 0)
                return;
            var began = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < length;)
                sent += await _socket.SendAsync(
                    _request.AsMemory(sent, length - sent), SocketFlags.None, CancellationToken.None);
            var (status, size) = await ReceiveAsync();
            result.Record(status, Stopwatch.GetElapsedTime(began));
            source.Answered(index, status, _response.AsSpan(0, size));
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<(int Status, int Size)> ReceiveAsync()
    {
        var (received, whole) = (0, NotKnown);
        while (true)
        {
            if (received == _response.Length)
                Grow();
            var count = await _socket.ReceiveAsync(
                _response.AsMemory(received), SocketFlags.None, CancellationToken.None);
            if (count == 0)
                throw new IOException("The server closed a connection in the middle of the load.");
            received += count;
            var response = _response.AsSpan(0, received);
            if (whole == NotKnown)
                whole = SizeOf(response);
            // A chunked answer tells its end when it comes; nothing follows it, since one request is under way at a
            // time.
            if (whole == received || (whole == 0 && response.EndsWith("\r\n0\r\n\r\n"u8)))
                return (StatusOf(response), received);
        }
    }

    /// <summary>Head and body together; 0: chunked; −1: the head is not whole yet.</summary>
    private static int SizeOf(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return NotKnown;
        var head = response[..(end + 2)];
        var status = StatusOf(response);
        if (status is 204 or 304)
            return end + 4;
        var field = "\r\nContent-Length: "u8;
        var at = head.IndexOf(field);
        if (at < 0)
            return 0;
        return Utf8Parser.TryParse(head[(at + field.Length)..], out int length, out _)
            ? end + 4 + length
            : throw new IOException("The server sent a length that is no number.");
    }

    private static int StatusOf(ReadOnlySpan<byte> response) =>
        ((response[9] - '0') * 100) + ((response[10] - '0') * 10) + response[11] - '0';

    private void Grow()
    {
        if (_response.Length >= MaxResponseBytes)
            throw new IOException($"An answer is larger than {MaxResponseBytes} bytes.");
        Array.Resize(ref _response, _response.Length * 2);
    }
}
