using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Waitlist;

/// <summary>
/// Places come back at two nodes while a crowd asks for them without pause: those who wait get them, in their order.
/// </summary>
public sealed class WaitlistRaceTests(ITestOutputHelper output)
{
    private const int Places = 60;
    private const int Waiters = 80;

    [Fact]
    public async Task What_comes_back_goes_to_those_who_wait_and_never_to_the_crowd()
    {
        var (byCrowd, offered, entries) = await RunAsync(withList: true);

        byCrowd.ShouldBe(0);
        // Sixty came back: the first sixty have them, the others wait on.
        offered.ShouldBe(Places);
        entries.Take(Places).ShouldAllBe(state => state == (short)WaitlistState.Offered);
        entries.Skip(Places).ShouldAllBe(state => state == (short)WaitlistState.Waiting);
    }

    /// <summary>The control: without a list the same crowd takes what comes back.</summary>
    [Fact]
    public async Task Without_a_list_the_crowd_takes_them()
    {
        var (byCrowd, _, _) = await RunAsync(withList: false);

        byCrowd.ShouldBeGreaterThan(0);
    }

    private async Task<(int ByCrowd, int Offered, IReadOnlyList<short> Entries)> RunAsync(bool withList)
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [Places]);
        await SetAsync(system, @event, withList ? 60 : 0);
        var holders = await Task.WhenAll(Enumerable.Range(0, Places).Select(async number =>
        {
            var buyer = system.Crowds[number % 2].Join();
            var hold = await buyer.HoldTicketsAsync(@event, 1);
            hold.Status.ShouldBe(201, hold.Body.ToString());
            return (Buyer: buyer, hold.Id);
        }));
        if (withList)
        {
            foreach (var number in Enumerable.Range(0, Waiters))
            {
                var joined = await system.Crowds[number % 2].Join().SendAsync(
                    HttpMethod.Post, $"events/{@event.Id}/waitlist", JsonContent.Create(new
                    {
                        quantity = 1,
                        contact = new { name = "Ada", email = $"waiter{number}@example.com" },
                    }));
                joined.Status.ShouldBe(200, joined.Body.ToString());
            }
        }

        using var over = new CancellationTokenSource();
        var taken = 0;
        var crowd = Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                if ((await system.Crowds[number % 2].Join().HoldTicketsAsync(@event, 1)).Status == 201)
                    Interlocked.Increment(ref taken);
            }
        })).ToList();
        var back = await Task.WhenAll(holders.Select((held, number) =>
            held.Buyer.At(system.Nodes[(number + 1) % 2]).CancelAsync(@event, held.Id)));
        back.ShouldAllBe(answer => answer.Status == 200);
        await over.CancelAsync();
        await Task.WhenAll(crowd);

        var entries = await system.DataSource.QueryAsync<short>(
            "select state from waitlist_entries where event_id = $1 order by number", @event.Id);
        var offered = entries.Count(state => state == (short)WaitlistState.Offered);
        output.WriteLine($"{offered} offered, {taken} taken by the crowd, {system.Watch.Batches} batches");
        await system.ShouldEndSoundAsync(@event);
        return (taken, offered, entries);
    }

    private static async Task SetAsync(TwoNodes system, TestEvent @event, int minutes)
    {
        var reply = await system.Nodes[0].Services.GetRequiredService<EventLanes>().SubmitAsync(
            @event.Id, new ChangeSettingsCommand(new SettingsPatch { WaitlistOfferMinutes = minutes }));
        (reply.Status, reply.Result.Refusal).ShouldBe((LaneStatus.Decided, null));
    }
}
