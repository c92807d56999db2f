using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>A code for a hundred uses, and many more buyers than that at two nodes.</summary>
public sealed class CodeRaceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Uses = 100;
    private const string Text = "HUNDRED";

    private string _database = "";
    private DatabaseClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
    }

    public async Task DisposeAsync() => await _clock.DisposeAsync();

    [Fact]
    public Task A_code_for_100_uses_is_used_exactly_100_times_by_1000_buyers_and_again_after_they_left() =>
        ShouldBeExactAsync(buyers: 1000);

    [LongTheory]
    [InlineData(10_000)]
    public Task A_code_for_100_uses_is_used_exactly_100_times_by_a_crowd(int buyers) => ShouldBeExactAsync(buyers);

    /// <summary>
    /// The control: the same rush where each buyer's request looks at the count first and the inventory does not.
    /// </summary>
    [Fact]
    public async Task Looking_at_the_count_before_holding_lets_more_through()
    {
        await using var system = await TwoNodes.StartAsync(_database);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [5000]);
        await PutAsync(system, @event, new CodeSettings(House.NewId(), Text) { Percent = 50 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async number =>
        {
            var buyer = system.Crowds[number % 2].Join();
            var used = await system.DataSource.QueryAsync<int>(
                "select coalesce(sum(uses), 0)::integer from code_uses where event_id = $1", @event.Id);
            return used[0] < Uses ? await HoldAsync(buyer, @event) : null;
        }));

        var held = answers.Count(answer => answer?.Status == 201);
        output.WriteLine($"{held} uses of {Uses}");
        held.ShouldBeGreaterThan(Uses);
        await system.ShouldEndSoundAsync(@event);
    }

    private async Task ShouldBeExactAsync(int buyers)
    {
        await using var system = await TwoNodes.StartAsync(_database);
        var @event = await TestEvent.WithPoolsAsync(
            system.DataSource, [5000], made => made with { HoldMinutes = 1 });
        await PutAsync(system, @event, new CodeSettings(House.NewId(), Text) { Percent = 50, MaxUses = Uses });

        var first = await RushAsync(system, @event, buyers);
        (await UsesAsync(system, @event)).ShouldBe(Uses);

        // A quarter pays, a quarter gives back at once, the rest lets the time run out.
        const int quarter = Uses / 4;
        for (var number = 0; number < 2 * quarter; number++)
        {
            var (buyer, hold) = first[number];
            var done = number < quarter
                ? await buyer.ConfirmAsync(@event, hold.Id)
                : await buyer.CancelAsync(@event, hold.Id);
            done.Status.ShouldBe(200, done.Body.ToString());
        }

        (await UsesAsync(system, @event)).ShouldBe(Uses - quarter);
        await _clock.MoveAsync(TimeSpan.FromSeconds(61));

        var second = await RushAsync(system, @event, buyers / 2);
        second.Count.ShouldBe(Uses - quarter);
        (await UsesAsync(system, @event)).ShouldBe(Uses);
        output.WriteLine($"{buyers} buyers, {first.Count} and {second.Count} uses, {system.Watch.Batches} batches");
        await system.ShouldEndSoundAsync(@event);

        async Task<List<(Booker Buyer, Answer Hold)>> RushAsync(TwoNodes at, TestEvent of, int count)
        {
            var crowd = Enumerable.Range(0, count).Select(number => at.Crowds[number % 2].Join()).ToList();
            var answers = await Task.WhenAll(crowd.Select(buyer => HoldAsync(buyer, of)));
            answers.ShouldAllBe(answer => answer.Status == 201 || answer.Code == "code-used-up");
            answers.Where(answer => answer.Status == 201)
                .ShouldAllBe(answer => answer["total"].GetProperty("amount").GetInt64() == 500);
            var winners = crowd.Zip(answers).Where(pair => pair.Second.Status == 201).ToList();
            if (of == @event && winners.Count != Uses - quarter)
                winners.Count.ShouldBe(Uses);
            return winners;
        }
    }

    private static Task<Answer> HoldAsync(Booker buyer, TestEvent @event) => buyer.HoldAsync(
        @event, new { tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity = 1 } }, code = Text });

    private static async Task<int> UsesAsync(TwoNodes system, TestEvent @event) =>
        (await system.DataSource.QueryAsync<int>("select uses from code_uses where event_id = $1", @event.Id))[0];

    private static async Task PutAsync(TwoNodes system, TestEvent @event, CodeSettings code)
    {
        var reply = await system.Nodes[0].Services.GetRequiredService<EventLanes>()
            .SubmitAsync(@event.Id, new PutCodeCommand(code));
        (reply.Status, reply.Result.Refusal).ShouldBe((LaneStatus.Decided, null));
    }
}
