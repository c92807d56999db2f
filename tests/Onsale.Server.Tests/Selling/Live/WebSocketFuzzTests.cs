using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.Live;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>Frames and bytes that no decent client sends, by a seed that a failure names.</summary>
public sealed class WebSocketFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly int[] s_controlCodes = [0x8, 0x9, 0xA];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_are_read_without_exceptions_and_within_their_bounds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = new byte[random.Next(WebSocketFrames.MaxPeerFrameBytes + 1)];
            random.NextBytes(bytes);
            // Half of them begin as a client's control frame, to get past the first checks.
            if (bytes.Length > 1 && random.Next(2) == 0)
            {
                bytes[0] = (byte)(0x80 | s_controlCodes[random.Next(3)]);
                bytes[1] |= 0x80;
            }

            var frame = WebSocketFrames.Read(bytes, out var payload, out var consumed);

            var at = $"seed {seed}, round {round}";
            consumed.ShouldBeInRange(0, bytes.Length, at);
            payload.Length.ShouldBeInRange(0, Math.Max(0, consumed - 6), at);
            if (frame is PeerFrame.Ping or PeerFrame.Pong or PeerFrame.Close)
                consumed.ShouldBeGreaterThan(0, at);
            // A reader with a buffer of this size would wait for more for ever.
            if (bytes.Length == WebSocketFrames.MaxPeerFrameBytes)
                frame.ShouldNotBe(PeerFrame.Incomplete, at);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Control_frames_cut_anywhere_are_read_as_they_were_sent(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds / 20; round++)
        {
            var sent = Enumerable.Range(0, random.Next(1, 6)).Select(_ => NewFrame(random)).ToList();
            var stream = sent.SelectMany(frame => frame.Bytes).ToArray();

            var read = ReadInPieces(stream, random);

            read.ShouldBe(sent.Select(frame => (frame.Kind, Convert.ToHexString(frame.Payload))),
                $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Connections_that_send_random_bytes_are_closed_and_leave_nothing_behind()
    {
        const int seed = 5;
        var random = new Random(seed);
        await using var node = await OnsaleNode.StartAsync();
        var hub = node.Services.GetRequiredService<LiveHub>();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);

        for (var round = 0; round < 100; round++)
        {
            using var connection = await RawLiveConnection.ConnectAsync(node, @event.Id);
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            try
            {
                await connection.SendAsync(bytes);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Closed before everything was sent.
            }
        }

        await Eventually.ShouldBeTrueAsync(() => hub.Connections == 0, $"all have ended (seed {seed})");
        (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        using var sound = await RawLiveConnection.ConnectAsync(node, @event.Id);
        await sound.SendFrameAsync(0x9, "still there");
        System.Text.Encoding.UTF8.GetString(await sound.ReadUntilAsync(0xA)).ShouldBe("still there");
    }

    private static (PeerFrame Kind, byte[] Payload, byte[] Bytes) NewFrame(Random random)
    {
        var code = s_controlCodes[random.Next(3)];
        var (payload, mask) = (new byte[random.Next(126)], new byte[4]);
        random.NextBytes(payload);
        random.NextBytes(mask);
        var kind = code switch { 0x8 => PeerFrame.Close, 0x9 => PeerFrame.Ping, _ => PeerFrame.Pong };
        var masked = payload.Select((one, index) => (byte)(one ^ mask[index % 4]));
        return (kind, payload, [(byte)(0x80 | code), (byte)(0x80 | payload.Length), .. mask, .. masked]);
    }

    /// <summary>As a connection delivers it: a few bytes at a time into one buffer of the size of a frame.</summary>
    private static List<(PeerFrame Kind, string Payload)> ReadInPieces(byte[] stream, Random random)
    {
        var read = new List<(PeerFrame, string)>();
        var buffer = new byte[WebSocketFrames.MaxPeerFrameBytes];
        var (length, next) = (0, 0);
        while (next < stream.Length)
        {
            var piece = Math.Min(random.Next(1, 40), Math.Min(stream.Length - next, buffer.Length - length));
            stream.AsSpan(next, piece).CopyTo(buffer.AsSpan(length));
            (next, length) = (next + piece, length + piece);
            while (WebSocketFrames.Read(buffer.AsSpan(0, length), out var payload, out var consumed)
                is not PeerFrame.Incomplete and var kind)
            {
                read.Add((kind, Convert.ToHexString(payload)));
                buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
                length -= consumed;
            }
        }

        return read;
    }
}
