using System.Net.Http.Headers;
using System.Net.Http.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform.Telemetry;

public sealed class TracingTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Booking_is_one_trace_through_lane_batch_SQL_outbox_and_mail()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await OnsaleNode.StartAsync(
            await TestCluster.PrivateDatabaseAsync(), [.. SmtpReceiver.Settings(port), .. collector.Settings]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        var email = Auth.NewEmail();
        var hold = await guest.HoldTicketsAsync(@event, 1);
        await guest.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name = "Ada", email, language = "en" }));

        using var confirm = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings/{hold.Id}/confirm")
        {
            Content = JsonContent.Create(new { payment = new { token = "sim_success" } }),
        };
        confirm.Headers.Authorization = new AuthenticationHeaderValue("Bearer", guest.Token);
        confirm.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-00");
        (await node.Client.SendAsync(confirm)).EnsureSuccessStatusCode();

        await Eventually.ShouldBeTrueAsync(() => smtp.To(email).Any(), "the mail arrives");
        await Eventually.ShouldPassAsync(() =>
        {
            var names = collector.Spans.Where(span => span.TraceId == TraceId).Select(span => span.Name).ToList();
            names.ShouldContain("POST /api/v1/events/{id}/bookings/{bookingId}/confirm");
            names.ShouldContain("inventory.command");
            names.ShouldContain("inventory.batch");
            names.ShouldContain("outbox notifications");
            names.ShouldContain("mail.send");
            return Task.CompletedTask;
        });
        var spans = collector.Spans.Where(span => span.TraceId == TraceId).ToList();
        var batch = spans.First(span => span.Name == "inventory.batch");
        spans.ShouldContain(span => span.ParentId == batch.SpanId, "SQL of the batch");
        await Eventually.ShouldBeTrueAsync(
            () => collector.Signals.ContainsKey("logs") && collector.Signals.ContainsKey("metrics"),
            "logs and metrics are exported, too");
    }

    [Fact]
    public async Task Batch_of_many_requests_belongs_to_one_and_is_linked_with_the_others()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var node = await OnsaleNode.StartAsync(settings: collector.Settings);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [500]);
        using var crowd = new Crowd(node);

        await Crowd.RushAsync(crowd.Join(100), buyer => buyer.HoldTicketsAsync(@event, 1));

        await Eventually.ShouldBeTrueAsync(
            () => collector.Spans.Count(span => span.Name == "inventory.command") >= 100, "all spans arrive");
        collector.Spans.ShouldContain(span => span.Name == "inventory.batch" && span.Links > 0);
    }

    [Fact]
    public async Task Nothing_is_sampled_at_a_ratio_of_zero_whatever_the_caller_says()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        // Of its own: what follows a commit of another node goes on with the trace that the commit has.
        await using var node = await OnsaleNode.StartAsync(
            await TestCluster.PrivateDatabaseAsync(), [.. collector.Settings, ("Onsale:Tracing:Ratio", "0")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?limit=1");
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        (await node.Client.SendAsync(request)).EnsureSuccessStatusCode();
        var refused = await node.AskAsync(HttpMethod.Get, "events?limit=0", token: null);
        refused.Status.ShouldBe(400);
        var own = refused["traceId"].GetString();

        await node.StopAsync();

        // Only those of these requests: nodes of other tests are in this process, and a request of theirs that was
        // under way when another collector ended is followed here.
        collector.Spans.ShouldNotContain(span => span.TraceId == TraceId || span.TraceId == own);
    }
}
