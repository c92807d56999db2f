using System.Text.Json;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>What one who waits reads of a waiting room's public state.</summary>
/// <param name="Seed">In hexadecimal digits, once it is published.</param>
internal sealed record QueueView(
    QueuePhase Phase, long Early, long Served, long ServedNumber, string? Seed = null, string? Beacon = null)
{
    public static QueueView Closed { get; } = new(QueuePhase.Closed, 0, 0, 0);

    public static QueueView Of(JsonElement state) => new(
        Enum.Parse<QueuePhase>(state.GetProperty("phase").GetString()!, ignoreCase: true),
        state.GetProperty("early").GetInt64(), state.GetProperty("served").GetInt64(),
        state.GetProperty("servedNumber").GetInt64(), TextOf(state, "seed"), TextOf(state, "beacon"));

    /// <summary>Whether it is the turn of a place: by its number, or of the early (0) by the buyer's lot.</summary>
    public bool IsServed(long number, Guid copyId, Guid buyerId)
    {
        if (Phase != QueuePhase.Open)
            return false;
        if (number > 0)
            return number <= ServedNumber;
        return Seed is not null && Draw.PositionOf(
            Draw.LotOf(Draw.Mix(Convert.FromHexString(Seed), Beacon ?? ""), copyId, buyerId), Early) <= Served;
    }

    private static string? TextOf(JsonElement state, string name) =>
        state.TryGetProperty(name, out var text) ? text.GetString() : null;
}

/// <summary>
/// The public state of the copy's waiting room, asked for once a second for all simulated buyers together, as a cache
/// before the server does it for real ones.
/// </summary>
internal sealed class QueueWatch(RehearsalClient client, Guid copyId, TimeProvider time)
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private QueueView _state = QueueView.Closed;

    public QueueView State => Volatile.Read(ref _state);

    /// <summary>Ends with the next state that is read.</summary>
    public Task NextAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _next).Task.WaitAsync(cancellationToken);

    /// <summary>Asks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await ReadAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            RehearsalSteps.Queue, 0, HttpMethod.Get, $"/events/{copyId}/queue", cancellationToken: cancellationToken);
        if (answer.IsOk)
            Volatile.Write(ref _state, QueueView.Of(answer.Body));
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
