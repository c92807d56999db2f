using System.Text;
using Onsale.Server.Selling.Live;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>The messages byte by byte.</summary>
public sealed class LiveFrameTests
{
    [Fact]
    public void The_number_of_viewers_byte_by_byte()
    {
        var frame = LiveFrame.Viewers(1234);

        Encoding.UTF8.GetString(frame.ServerSentEvent.Span).ShouldBe("data: {\"type\":\"viewers\",\"count\":1234}\n\n");
        frame.WebSocket.ToArray().ShouldBe([0x81, 31, .. """{"type":"viewers","count":1234}"""u8]);
    }

    [Theory]
    [InlineData(125, new byte[] { 0x81, 125 })]
    [InlineData(126, new byte[] { 0x81, 126, 0, 126 })]
    [InlineData(65_535, new byte[] { 0x81, 126, 0xFF, 0xFF })]
    [InlineData(65_536, new byte[] { 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0 })]
    public void A_text_is_framed_by_its_length(int length, byte[] header) =>
        WebSocketFrames.TextHeader(length).ShouldBe(header);

    [Fact]
    public void A_close_says_its_status_and_reason() =>
        WebSocketFrames.Close(1008, "No.").ShouldBe([0x88, 5, 0x03, 0xF0, .. "No."u8]);

    [Fact]
    public void A_ring_forgets_what_is_too_old()
    {
        var ring = new FrameRing();
        var frames = Enumerable.Range(0, LiveLimits.MaxFramesBehind + 1).Select(LiveFrame.Viewers).ToList();
        foreach (var frame in frames)
            ring.Add(frame);

        ring.Next.ShouldBe(frames.Count);
        ring.Find(1).ShouldBeNull();
        ring.Find(2).ShouldBe(frames[2]);
        ring.Find(frames.Count - 1).ShouldBe(frames[^1]);
    }
}
