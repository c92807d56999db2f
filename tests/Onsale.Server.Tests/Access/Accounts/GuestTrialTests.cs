using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class GuestTrialTests
{
    [Fact]
    public async Task A_guest_that_never_booked_is_gone_an_hour_after_its_last_use_and_no_other_session_is()
    {
        await using var node = await OnsaleNode.StartAsync(
            await TestCluster.PrivateDatabaseAsync(), configure: new CountingHasher().Use);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [20]);
        var (idle, active, booked) = (await node.GuestAsync(), await node.GuestAsync(), await node.GuestAsync());
        var account = await node.RegisterAsync();
        var given = await node.GuestAsync();
        await node.DataSource.ExecuteAsync(
            """
            insert into ticket_transfers (event_id, id, ticket_id, booking_id, counter, from_buyer_id, to_buyer_id,
                language, secret_hash, state, code, ended_at)
            values ($1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), $2, 'en',
                sha256('x'), 1, 'TESTCODE', now())
            """, @event.Id, given.Id);
        (await new Booker(node.Client, booked.AccessToken, booked.Id).HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        await node.DataSource.ExecuteAsync(
            """
            update sessions set rotated_at = now() - interval '61 minutes', created_at = now() - interval '61 minutes'
            """);
        await (await node.RefreshAsync(active.RefreshToken)).ShouldSignInAsync(200);

        var deleted = await node.Services.GetRequiredService<GuestTrials>().CleanAsync(CancellationToken.None);

        deleted.ShouldBe(1);
        ((int)(await node.RefreshAsync(idle.RefreshToken)).StatusCode).ShouldBe(401);
        await (await node.RefreshAsync(booked.RefreshToken)).ShouldSignInAsync(200);
        // Who was given a ticket has no booking.
        await (await node.RefreshAsync(given.RefreshToken)).ShouldSignInAsync(200);
        await (await node.RefreshAsync(account.RefreshToken)).ShouldSignInAsync(200);
        // What was found once is not looked at again.
        (await node.DataSource.CountAsync("sessions", "is_trial")).ShouldBe(1);
    }
}
