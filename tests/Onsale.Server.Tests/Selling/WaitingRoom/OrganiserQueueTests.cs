using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>Organisers set a room up and steer it. Who may is tested with all routes of organisations.</summary>
public sealed class OrganiserQueueTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private readonly OnsaleNode _node = shared.Node;
    private TestOrganisation _organisation = null!;
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _organisation = await TestOrganisation.FoundAsync(_node);
        _event = await TestEvent.WithPoolsAsync(_node.DataSource, [100], Own);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_room_is_set_up_opened_steered_and_closed()
    {
        var first = await AskAsync(HttpMethod.Get);
        first["settings"].GetProperty("mode").GetString().ShouldBe("off");
        first["settings"].GetProperty("opensAt").GetDateTimeOffset().ShouldBeLessThan(TimeProvider.System.GetUtcNow());
        first["state"].GetProperty("phase").GetString().ShouldBe("closed");

        var set = await AskAsync(HttpMethod.Put, Settings(ratePerMinute: 60_000));
        set.Status.ShouldBe(200, set.Body.ToString());
        await QueueRoom.ShouldBeInAsync(_node, _event, RoomPhase.Open);
        using var crowd = new Crowd(_node);
        await crowd.Join().AdmitAsync(_event);
        (await AskAsync(HttpMethod.Put, Settings(paused: true, message: "  Back in a minute. "))).Status.ShouldBe(200);
        await Eventually.ShouldBeTrueAsync(() => QueueRoom.Find(_node, _event)!.IsPaused, "the line stands");
        (await crowd.Join().JoinQueueAsync(_event)).Status.ShouldBe(201);
        await Eventually.ShouldPassAsync(async () =>
        {
            var overview = await AskAsync(HttpMethod.Get);
            (overview["waiting"].GetInt64(), overview["inside"].GetInt32()).ShouldBe((1, 1));
            overview["state"].GetProperty("message").GetString().ShouldBe("Back in a minute.");
        });

        (await AskAsync(HttpMethod.Put, Settings(mode: "off"))).Status.ShouldBe(200);
        await Eventually.ShouldBeTrueAsync(() => QueueRoom.Find(_node, _event) is null, "the room is closed");
        var activity = await _organisation.AskAsync(HttpMethod.Get, "/activity");
        activity.Body.ToString().ShouldContain("event.queue-changed");
    }

    [Theory]
    [InlineData("ratePerMinute", 0)]
    [InlineData("ratePerMinute", 1_000_001)]
    [InlineData("maxInside", 0)]
    [InlineData("maxInside", 1_000_001)]
    [InlineData("admissionMinutes", 0)]
    [InlineData("admissionMinutes", 61)]
    public async Task Numbers_out_of_bounds_are_refused_and_change_nothing(string field, int value)
    {
        var answer = await AskAsync(HttpMethod.Put, Settings(
            ratePerMinute: field == "ratePerMinute" ? value : 10, maxInside: field == "maxInside" ? value : 10,
            admissionMinutes: field == "admissionMinutes" ? value : 10));

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        (await AskAsync(HttpMethod.Get))["settings"].GetProperty("mode").GetString().ShouldBe("off");
    }

    [Fact]
    public async Task What_is_no_setting_is_refused()
    {
        (await AskAsync(HttpMethod.Put, Settings(mode: "sometimes"))).Status.ShouldBe(400);
        (await AskAsync(HttpMethod.Put, Settings(message: new string('a', 501)))).ShouldRefuse(400, "validation");
        (await AskAsync(HttpMethod.Put, Settings(message: "\u0007"))).ShouldRefuse(400, "validation");
        (await AskAsync(HttpMethod.Put, Settings(opensAt: "0001-01-01T00:00:00Z"))).ShouldRefuse(400, "validation");
        (await AskAsync(HttpMethod.Put, new { mode = "always" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_event_of_another_organisation_is_none()
    {
        var foreign = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        foreach (var id in new[] { $"{foreign.Id}", $"{House.NewId()}", "no-id" })
        {
            (await _organisation.AskAsync(HttpMethod.Get, $"/events/{id}/queue")).ShouldRefuse(404, "event-not-found");
            (await _organisation.AskAsync(HttpMethod.Put, $"/events/{id}/queue", body: Settings()))
                .ShouldRefuse(404, "event-not-found");
        }

        (await _node.DataSource.CountAsync("waiting_rooms", "event_id = $1", foreign.Id)).ShouldBe(0);
    }

    private NewEvent Own(NewEvent made) => made with { OrganisationId = _organisation.Id };

    private Task<Answer> AskAsync(HttpMethod method, object? body = null) =>
        _organisation.AskAsync(method, $"/events/{_event.Id}/queue", body: body);

    private static object Settings(
        string mode = "always", int ratePerMinute = 600, int maxInside = 100, int admissionMinutes = 10,
        bool paused = false, string message = "", string opensAt = "2026-01-01T00:00:00Z") =>
        new { mode, opensAt, ratePerMinute, maxInside, admissionMinutes, paused, message };
}
