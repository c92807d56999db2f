using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Platform.Cluster;
using Onsale.Server.Selling.Live;

namespace Onsale.Server.Tests.Engine;

/// <summary>What nodes tell one another, as text that other versions of the program read and write too.</summary>
public sealed class NodeWakeUpsTests
{
    private static readonly Guid s_event = Guid.Parse("01970000-0000-7000-8000-000000000000");

    [Fact]
    public void Committed_version_is_reported_to_subscribers_until_they_end()
    {
        var bus = new InProcessBus(NullLogger.Instance);
        var wakeUps = new NodeWakeUps(bus);
        var reported = new List<(Guid, long)>();

        using (wakeUps.Subscribe((eventId, version) => reported.Add((eventId, version))))
            wakeUps.Publish(s_event, long.MaxValue);
        wakeUps.Publish(s_event, 1);

        reported.ShouldBe([(s_event, long.MaxValue)]);
    }

    [Fact]
    public void Text_of_the_messages_stays_what_earlier_versions_wrote()
    {
        var wakeUp = NodeWakeUps.Write(s_event, 811);
        var viewers = new ViewersMessage(s_event, s_event, 12).Write();

        RedisBus.Write(wakeUp).ShouldBe($"c {s_event} 811");
        RedisBus.Write(viewers).ShouldBe($"v {s_event} {s_event} 12");
        ViewersMessage.Read(viewers).ShouldBe(new ViewersMessage(s_event, s_event, 12));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0197 1")]
    [InlineData("01970000-0000-7000-8000-000000000000 many")]
    [InlineData("01970000-0000-7000-8000-000000000000 1 2 3")]
    public void Unknown_text_of_other_versions_is_ignored(string content)
    {
        NodeWakeUps.Read(new NodeMessage("c", content)).ShouldBeNull();
        ViewersMessage.Read(new NodeMessage("v", content)).ShouldBeNull();
    }
}
