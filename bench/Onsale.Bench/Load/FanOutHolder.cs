using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Onsale.Bench.Hosts;

namespace Onsale.Bench.Load;

/// <summary>
/// Holds a seat so many times a second, on a thread of its own: what the watchers are busy with must not delay it.
/// </summary>
internal sealed class FanOutHolder(Uri server, BenchEvent show, string token, FanOutArrivals arrivals)
{
    private int _seat;

    /// <summary>How long its holds took to be answered.</summary>
    public LatencyHistogram Answers { get; private set; } = new();

    /// <summary>Answers how many it held.</summary>
    public Task<int> RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Run(perSecond, duration, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private int Run(double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        socket.Connect(new IPEndPoint(IPAddress.Loopback, server.Port));
        var buffer = new byte[16 * 1024];
        var began = Stopwatch.GetTimestamp();
        var held = 0;
        Answers = new LatencyHistogram();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var due = TimeSpan.FromSeconds(held / perSecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero && cancellationToken.WaitHandle.WaitOne(due))
                break;
            Hold(socket, buffer);
            held++;
        }

        return held;
    }

    private void Hold(Socket socket, byte[] buffer)
    {
        var body = $$"""{"seats":[{{_seat++}}]}""";
        var request = Encoding.ASCII.GetBytes(
            $"POST /api/v1/events/{show.Id}/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var asked = Stopwatch.GetTimestamp();
        socket.Send(request);
        var length = 0;
        int head;
        while ((head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0
            || !IsWhole(buffer.AsSpan(head + 4, length - head - 4)))
        {
            var count = socket.Receive(buffer.AsSpan(length));
            length += count > 0 ? count : throw new BenchException("The server closed the holder's connection.");
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 201 "u8))
            throw new BenchException($"A hold was refused: {Encoding.UTF8.GetString(buffer, 0, length)}");
        Answers.Record(Stopwatch.GetElapsedTime(asked));
        arrivals.NoteAsked(VersionIn(buffer.AsSpan(head + 4, length - head - 4)), asked);
    }

    /// <summary>The body is one JSON object, perhaps in chunks: it is whole when its braces are.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> body) =>
        body.Count((byte)'{') is > 0 and var open && body.Count((byte)'}') == open;

    private static long VersionIn(ReadOnlySpan<byte> body)
    {
        var json = body[body.IndexOf((byte)'{')..(body.LastIndexOf((byte)'}') + 1)];
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetProperty("version").GetInt64();
    }
}
