using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Nothing is sold to who is nobody, and nobody touches the booking of another.</summary>
public sealed class ForeignBookingTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private readonly OnsaleNode _node = shared.Node;
    private Crowd _crowd = null!;
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _crowd = new Crowd(_node);
        _event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 4, seatsInRow: 25);
    }

    public Task DisposeAsync()
    {
        _crowd.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Without_a_token_of_this_system_nothing_is_sold()
    {
        var ended = new ShiftedTokens(_node);
        var valid = _crowd.Join().Token;
        var forged = valid[..^2] + (valid[^2] == 'A' ? "B" : "A") + valid[^1];
        await using var foreign = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        using var foreigners = new Crowd(foreign);
        string[] tokens =
        [
            "", "x", "null", forged, valid[..(valid.Length / 2)], valid + valid, ended.Issue(), foreigners.Join().Token,
            new string('A', 10_000), "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        ];
        foreach (var token in tokens)
        {
            var thief = new Booker(_crowd.Client, token, Guid.Empty);
            var answer = await thief.HoldSeatsAsync(_event, 3);
            answer.Status.ShouldBe(401, token);
            answer.Code.ShouldBe("unauthenticated");
            (await thief.MineAsync()).Status.ShouldBe(401);
        }

        using var none = await _crowd.Client.PostAsync(
            new Uri($"/api/v1/events/{_event.Id}/bookings", UriKind.Relative),
            new StringContent("""{"seats":[3]}""", Encoding.UTF8, "application/json"));
        ((int)none.StatusCode).ShouldBe(401);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", _event.Id)).ShouldBe(0);
        (await _node.DataSource.CountAsync("seats", "event_id = $1 and state <> 0", _event.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Another_buyers_booking_cannot_be_touched_at_its_own_event_or_at_another()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var (owner, thief) = (_crowd.Join(), _crowd.Join());
        var hold = await owner.HoldTicketsAsync(@event, 1);

        foreach (var attempt in new[]
        {
            await thief.GetAsync(@event, hold.Id), await thief.ConfirmAsync(@event, hold.Id),
            await thief.CancelAsync(@event, hold.Id),
            await owner.GetAsync(_event, hold.Id), await owner.ConfirmAsync(_event, hold.Id),
            await owner.CancelAsync(_event, hold.Id),
        })
        {
            attempt.Status.ShouldBe(404);
            attempt.Code.ShouldBe("booking-not-found");
        }

        (await owner.GetAsync(@event, hold.Id)).Body.GetRawText().ShouldBe(hold.Body.GetRawText());
        (await thief.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(0);
        await _node.ShouldBeSoundAsync(@event);
    }

    /// <summary>Tokens that were valid until a moment ago.</summary>
    private sealed class ShiftedTokens(OnsaleNode node)
    {
        public string Issue()
        {
            var clock = new ShiftedClock { Shift = TimeSpan.FromSeconds(-AccessTokens.LifetimeSeconds - 1) };
            return ActivatorUtilities.CreateInstance<AccessTokens>(node.Services, clock)
                .Issue(Profile.OfGuest(Guid.CreateVersion7(clock.GetUtcNow())), Guid.Empty).AccessToken;
        }
    }
}
