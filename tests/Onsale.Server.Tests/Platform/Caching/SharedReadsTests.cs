using Onsale.Platform.Caching;

namespace Onsale.Server.Tests.Platform.Caching;

public sealed class SharedReadsTests
{
    private readonly SharedReads<string, int> _shared = new();
    private readonly List<TaskCompletionSource> _gates = [];
    private readonly Lock _gate = new();
    private int _reads;

    [Fact]
    public async Task Who_asks_while_a_read_is_under_way_gets_the_next_one_and_shares_it()
    {
        var first = AskAsync("a");
        var opened = await GateAsync(0);
        var later = Enumerable.Range(0, 50).Select(_ => AskAsync("a")).ToList();
        opened.SetResult();
        (await GateAsync(1)).SetResult();

        (await first).ShouldBe(1);
        (await Task.WhenAll(later)).ShouldAllBe(read => read == 2);
        var alone = AskAsync("a");
        (await GateAsync(2)).SetResult();
        (await alone).ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_is_for_those_who_waited_for_it_and_ends_nothing_else()
    {
        var failing = _shared.GetAsync("a", _ => throw new InvalidOperationException("no"), CancellationToken.None);

        await failing.ShouldThrowAsync<InvalidOperationException>();
        var next = AskAsync("a");
        (await GateAsync(0)).SetResult();
        (await next).ShouldBe(1);
    }

    [Fact]
    public async Task Who_goes_away_does_not_end_the_others_reading()
    {
        using var leaving = new CancellationTokenSource();
        var first = AskAsync("a");
        var opened = await GateAsync(0);
        var gone = _shared.GetAsync("a", ReadAsync, leaving.Token);
        var staying = AskAsync("a");
        await leaving.CancelAsync();

        await gone.ShouldThrowAsync<OperationCanceledException>();
        opened.SetResult();
        (await GateAsync(1)).SetResult();
        (await first, await staying).ShouldBe((1, 2));
    }

    [Fact]
    public async Task What_is_asked_for_under_another_key_does_not_wait()
    {
        var first = AskAsync("a");
        await GateAsync(0);

        var other = AskAsync("b");
        (await GateAsync(1)).SetResult();

        (await other).ShouldBe(2);
        (await GateAsync(0)).SetResult();
        await first;
    }

    private Task<int> AskAsync(string key) => _shared.GetAsync(key, ReadAsync, CancellationToken.None);

    private async Task<int> ReadAsync(string key)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var number = Interlocked.Increment(ref _reads);
        lock (_gate)
            _gates.Add(gate);
        await gate.Task;
        return number;
    }

    /// <summary>What lets the read of that number go on, once it has begun.</summary>
    private async Task<TaskCompletionSource> GateAsync(int index)
    {
        await Infrastructure.Eventually.ShouldBeTrueAsync(() =>
        {
            lock (_gate)
                return _gates.Count > index;
        }, "the read has begun");
        lock (_gate)
            return _gates[index];
    }
}
