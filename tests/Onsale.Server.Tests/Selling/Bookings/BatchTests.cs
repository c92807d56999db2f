using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// What travels together in one batch. The test holds the event's lock until all requests wait behind it, so that they
/// do; the change log shows afterwards that they did.
/// </summary>
public sealed class BatchTests(SharedNode shared) : IClassFixture<SharedNode>, IDisposable
{
    private readonly OnsaleNode _node = shared.Node;
    private readonly Crowd _crowd = new(shared.Node, sockets: 256);

    public void Dispose() => _crowd.Dispose();

    [Fact]
    public async Task Two_commands_for_one_seat_resolve_as_if_they_had_come_one_by_one()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 2, seatsInRow: 10);

        var answers = await InOneBatchAsync(@event,
        [
            () => _crowd.Join().HoldSeatsAsync(@event, 3, 4),
            () => _crowd.Join().HoldSeatsAsync(@event, 4, 5),
            () => _crowd.Join().HoldSeatsAsync(@event, 5, 6),
        ]);

        answers.Select(answer => answer.Status).ShouldBe([201, 409, 201]);
        answers[1]["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ShouldBe([4]);
        ShouldHaveOneVersion(answers);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_release_earlier_in_the_batch_frees_the_seat_for_a_later_command()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var first = _crowd.Join();
        var hold = await first.HoldSeatsAsync(@event, 2);

        var answers = await InOneBatchAsync(@event,
        [
            () => first.CancelAsync(@event, hold.Id),
            () => _crowd.Join().HoldSeatsAsync(@event, 2),
            () => _crowd.Join().HoldSeatsAsync(@event, 2),
        ]);

        answers.Select(answer => answer.Status).ShouldBe([200, 201, 409]);
        ShouldHaveOneVersion(answers);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Malformed_and_refused_requests_in_a_full_batch_leave_the_others_alone()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10_000, 1]);
        var greedy = _crowd.Join();
        (await greedy.HoldTicketsAsync(@event, 8)).Status.ShouldBe(201);
        Func<Task<Answer>>[] refused =
        [
            () => greedy.HoldTicketsAsync(@event, 1),
            () => _crowd.Join().HoldTicketsAsync(@event, 2, tier: 1),
            () => _crowd.Join().HoldTicketsAsync(@event, 9),
        ];
        Func<Task<Answer>>[] malformed =
        [
            () => _crowd.Join().HoldTicketsAsync(@event, int.MaxValue),
            () => _crowd.Join().HoldSeatsAsync(@event, int.MinValue),
            () => _crowd.Join().SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings", JsonContent.Create("{")),
        ];
        // As many as always travel in one batch; of more, half would.
        var good = Enumerable.Range(0, LaneLimits.MinSplitCommands - refused.Length).Select(
            Func<Task<Answer>> (_) => () => _crowd.Join().HoldTicketsAsync(@event, 1)).ToArray();

        // Validated before the queue: a malformed request is answered although the batch cannot begin.
        var answers = await InOneBatchAsync(@event, [.. good[..30], .. refused, .. good[30..]], async () =>
        {
            foreach (var request in malformed)
                (await request()).Status.ShouldBe(400);
        }, inOrder: false);

        answers.Count(answer => answer.Status == 201).ShouldBe(good.Length);
        answers.Count(answer => answer is { Status: 409, Code: "limit-exceeded" }).ShouldBe(2);
        answers.Count(answer => answer is { Status: 409, Code: "sold-out" }).ShouldBe(1);
        ShouldHaveOneVersion(answers);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(good.Length + 1);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_caller_who_goes_away_takes_nothing_back_and_finds_the_result_by_the_key()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        using var leaving = new CancellationTokenSource();

        await InOneBatchAsync(@event,
        [
            async () =>
            {
                await Should.ThrowAsync<OperationCanceledException>(
                    buyer.HoldTicketsAsync(@event, 2, key: "gone", leaving: leaving.Token));
                return await _crowd.Join().HoldTicketsAsync(@event, 1);
            },
        ], leaving.CancelAsync);

        var found = await buyer.HoldTicketsAsync(@event, 2, key: "gone");
        found.Status.ShouldBe(201);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1 and buyer_id = $2", @event.Id, buyer.Id))
            .ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
    }

    /// <summary>
    /// Sends the requests, one after the other if their order matters, while the lane waits for its lock, then lets it
    /// go.
    /// </summary>
    private async Task<Answer[]> InOneBatchAsync(
        TestEvent @event, IReadOnlyList<Func<Task<Answer>>> requests, Func<Task>? whileWaiting = null,
        bool inOrder = true)
    {
        var lanes = _node.Services.GetRequiredService<EventLanes>();
        var lane = (await lanes.ReadAsync(@event.Id)).Lane.ShouldNotBeNull();
        var waiting = new List<Task<Answer>>();
        Task first;
        await using (await InventoryLock.TakeAsync(_node.DataSource, @event.Id))
        {
            // The first batch is this alone: it is under way, at the lock, when the others come.
            first = lanes.SubmitAsync(@event.Id, new SweepCommand());
            await Eventually.ShouldBeTrueAsync(() => lane.Queued == 0, "the first batch is under way");
            await lane.TooOldToRefuseAsync();
            foreach (var request in requests)
            {
                waiting.Add(request());
                if (inOrder || waiting.Count == requests.Count)
                {
                    await Eventually.ShouldBeTrueAsync(
                        () => lane.Queued >= waiting.Count, "the request waits in the queue");
                }
            }

            if (whileWaiting is not null)
                await whileWaiting();
        }

        await first;
        return await Task.WhenAll(waiting);
    }

    private static void ShouldHaveOneVersion(IEnumerable<Answer> answers) =>
        answers.Where(answer => answer.Status < 300).Select(answer => answer["version"].GetInt64()).Distinct()
            .ShouldHaveSingleItem();
}
