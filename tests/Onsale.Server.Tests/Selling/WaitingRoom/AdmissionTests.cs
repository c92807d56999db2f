using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>Who may book while a room is open, on both ways of a hold: the short one and the ordinary one.</summary>
public sealed class AdmissionTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private const string Express = "application/json";
    private const string Ordinary = "application/json;charset=utf-8";

    private readonly OnsaleNode _node = shared.Node;
    private readonly Crowd _crowd = new(shared.Node);
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _event = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
        await QueueRoom.SetAsync(_node, _event, QueueRoom.Wide);
    }

    public Task DisposeAsync()
    {
        _crowd.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(Express)]
    [InlineData(Ordinary)]
    public async Task Only_who_has_an_admission_holds_places(string contentType)
    {
        var buyer = _crowd.Join();
        var refused = await HoldAsync(buyer, contentType, admission: null);
        (refused.Status, refused.Code).ShouldBe((403, "admission-required"));
        refused["queue"].GetString().ShouldBe($"/api/v1/events/{_event.Id}/queue");
        refused["page"].GetString().ShouldBe($"/events/event-{_event.Id:N}/queue");

        (await HoldAsync(buyer, contentType, await buyer.AdmitAsync(_event))).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData(Express)]
    [InlineData(Ordinary)]
    public async Task Admissions_of_others_other_events_other_openings_ended_and_forged_ones_are_refused(
        string contentType)
    {
        var (buyer, thief) = (_crowd.Join(), _crowd.Join());
        var token = await buyer.AdmitAsync(_event);
        var tokens = _node.Services.GetRequiredService<QueueTokens>();
        var admission = tokens.Read(token)!.Value;
        var other = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        await QueueRoom.SetAsync(_node, other, QueueRoom.Wide);
        foreach (var (why, wrong) in new[]
        {
            ("a pass", tokens.Write(admission with { Kind = QueueTokenKind.Pass })),
            ("another event", await buyer.AdmitAsync(other)),
            ("another opening", tokens.Write(admission with { Era = admission.Era + 1 })),
            ("ended", tokens.Write(admission with { At = TimeProvider.System.GetUtcNow().AddSeconds(-1) })),
            ("changed", token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..]),
            ("none", "x"),
        })
        {
            (await HoldAsync(buyer, contentType, wrong)).Code.ShouldBe("admission-required", why);
        }

        (await HoldAsync(thief, contentType, token)).Code.ShouldBe("admission-required");
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", _event.Id)).ShouldBe(0);
        (await HoldAsync(buyer, contentType, token)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_finished_booking_gives_the_place_inside_back()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { MaxInside = 1 });
        var (first, second) = (_crowd.Join(), _crowd.Join());
        var token = await first.AdmitAsync(@event);
        var pass = (await second.JoinQueueAsync(@event)).Pass();
        await Eventually.ShouldBeTrueAsync(() => QueueRoom.Find(_node, @event)!.Numbers == 2, "both have joined");
        (await second.ClaimAsync(@event, pass)).Code.ShouldBe("not-your-turn");

        var hold = await first.HoldWithAsync(@event, token);
        (await first.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);

        (await second.ShouldBeAdmittedAsync(@event, pass)).Status.ShouldBe(200);
        await Eventually.ShouldPassAsync(
            async () => (await first.HoldWithAsync(@event, token)).Code.ShouldBe("admission-required"));
        (await first.ClaimAsync(@event, (await first.JoinQueueAsync(@event)).Pass())).Code.ShouldBe("not-your-turn");
    }

    [Fact]
    public async Task A_sign_out_gives_the_place_inside_back()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { MaxInside = 1 });
        var guest = await _node.GuestAsync();
        await new Booker(_node.Client, guest.AccessToken, guest.Id).AdmitAsync(@event);
        var second = _crowd.Join();
        var pass = (await second.JoinQueueAsync(@event)).Pass();

        (await _node.PostAsync("logout", refreshToken: guest.RefreshToken)).EnsureSuccessStatusCode();

        (await second.ShouldBeAdmittedAsync(@event, pass)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Whoever_leaves_is_no_longer_inside_and_a_claim_repeated_is_the_same_admission()
    {
        var buyer = _crowd.Join();
        var pass = (await buyer.JoinQueueAsync(_event)).Pass();
        var first = await buyer.ShouldBeAdmittedAsync(_event, pass);
        var again = await buyer.ClaimAsync(_event, pass);
        again["token"].GetString().ShouldBe(first["token"].GetString());

        (await buyer.LeaveQueueAsync(_event)).Status.ShouldBe(204);

        (await buyer.ClaimAsync(_event, pass)).Code.ShouldBe("pass-used");
        await Eventually.ShouldPassAsync(async () =>
            (await buyer.HoldWithAsync(_event, first["token"].GetString()!)).Code.ShouldBe("admission-required"));
        (await buyer.JoinQueueAsync(_event, pass)).Pass().ShouldNotBe(pass);
    }

    [Fact]
    public async Task Never_more_are_inside_than_there_may_be()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1000]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { MaxInside = 7 });
        var buyers = _crowd.Join(60);
        var passes = await Task.WhenAll(
            buyers.Select(async buyer => (buyer, (await buyer.JoinQueueAsync(@event)).Pass())));
        // As if the line had moved far ahead: what counts the places inside is the claim itself.
        await _node.DataSource.ExecuteAsync(
            "update waiting_rooms set served = numbers, is_paused = true where event_id = $1", @event.Id);

        var claims = await Task.WhenAll(passes.Select(one => one.buyer.ClaimAsync(@event, one.Item2)));

        claims.Count(claim => claim.Status == 200).ShouldBe(7);
        claims.Count(claim => claim.Code == "room-full").ShouldBe(53);
    }

    [Fact]
    public async Task With_the_guard_off_somebody_jumps_the_line()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { RatePerMinute = 1 });
        var (waiting, jumper) = (_crowd.Join(), _crowd.Join());
        (await waiting.JoinQueueAsync(@event)).Status.ShouldBe(201);

        (await jumper.HoldTicketsAsync(@event, 1)).Code.ShouldBe("admission-required");
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { Mode = RoomMode.Off }, phase: null);
        await Eventually.ShouldBeTrueAsync(() => QueueRoom.Find(_node, @event) is null, "the guard is off");

        (await jumper.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    private Task<Answer> HoldAsync(Booker buyer, string contentType, string? admission)
    {
        var content = new StringContent(
            $$"""{"tickets":[{"tierId":"{{_event.Tiers[0].Id}}","quantity":1}]}""", Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return buyer.With(admission).SendAsync(HttpMethod.Post, $"events/{_event.Id}/bookings", content);
    }
}
