using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Database;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>
/// Decides whether this node takes changes: it looks at the database once a second, and at what became of the last
/// batch. It becomes read-only when nothing could be written for <see cref="ReadOnlyLimits.FailingSeconds"/>, or when a
/// period in the database says so; and takes changes again when what was held is prolonged.
/// </summary>
internal sealed partial class ReadOnlyWatch(
    ReadOnlyStore store, HoldProlongation prolongation, AdvisoryLease lease, ReadOnlyMode mode, ExpirySwitch expiry,
    WriteHealth health, WriteProbe probe, INodeBus bus, TimeProvider time, ILogger<ReadOnlyWatch> logger) : IDisposable
{
    private const string Topic = "readonly";
    private static readonly TimeSpan s_maxAnswer = TimeSpan.FromSeconds(ReadOnlyLimits.MaxAnswerSeconds);

    private readonly SemaphoreSlim _turn = new(1);
    private IDisposable? _subscription;
    private long? _failingSince;
    private bool _isAway;
    private int _goodLooks;

    /// <summary>Listens to what other nodes decide.</summary>
    public void Start() => _subscription = bus.Subscribe(Topic, message => _ = Task.Run(LookNowAsync));

    /// <summary>Another look at once, here and at the other nodes: something was decided.</summary>
    public async Task DecidedAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        bus.Publish(new NodeMessage(Topic, "look"));
    }

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await TakeLookAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _turn.Dispose();
    }

    private async Task LookNowAsync()
    {
        try
        {
            await LookAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is ProlongationFailedException or ObjectDisposedException
            || Errors.IsDatabaseUnavailable(exception))
        {
            // The next look, a second later, is the same.
        }
    }

    private async Task TakeLookAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (await AskAsync(cancellationToken) is not { } periods)
        {
            _goodLooks = 0;
            _failingSince ??= started;
            mode.AnswersFromMemory = true;
            if (!_isAway && time.GetElapsedTime(_failingSince.Value).TotalSeconds >= ReadOnlyLimits.FailingSeconds)
                GoAway();
            return;
        }

        _goodLooks++;
        if (_isAway)
        {
            if (_goodLooks < ReadOnlyLimits.GoodLooks)
                return;
            await ComeBackAsync(cancellationToken);
            periods = await store.UnsettledAsync(cancellationToken);
        }

        _failingSince = null;
        mode.AnswersFromMemory = false;
        Follow(periods);
        if (periods.Any(period => period.EndedAt is not null))
            await SettleAsync(periods, cancellationToken);
    }

    /// <summary>The periods that bind, if the database answers and takes writes in time; else null.</summary>
    private async Task<IReadOnlyList<ReadOnlyPeriod>?> AskAsync(CancellationToken cancellationToken)
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timely.CancelAfter(s_maxAnswer);
        try
        {
            var asking = AskAsync(health.Failure, timely.Token);
            // A server that does not answer does not hear that it is to stop either.
            return await asking.WaitAsync(s_maxAnswer, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is TimeoutException or OperationCanceledException or InvalidOperationException
                || Errors.IsDatabaseUnavailable(exception)))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<ReadOnlyPeriod>> AskAsync(WriteFailure? failure, CancellationToken timely)
    {
        var periods = await store.UnsettledAsync(timely);
        if (failure is null && _failingSince is null)
            return periods;
        await probe.WriteAsync(timely);
        if (failure is { IsOutOfMemory: false })
            health.Clear(failure);
        return periods;
    }

    private void GoAway()
    {
        _isAway = true;
        expiry.IsOff = true;
        mode.State ??= new ReadOnlyState(time.GetUtcNow() - time.GetElapsedTime(_failingSince!.Value), null);
        LogReadOnly(time.GetElapsedTime(_failingSince!.Value).TotalSeconds);
    }

    /// <summary>From here on the row binds this node as it does all others.</summary>
    private async Task ComeBackAsync(CancellationToken cancellationToken)
    {
        var outage = time.GetElapsedTime(_failingSince!.Value);
        await store.ReportAsync(Guid.CreateVersion7(time.GetUtcNow()), outage, cancellationToken);
        _isAway = false;
        LogAnswersAgain(outage.TotalSeconds);
    }

    private void Follow(IReadOnlyList<ReadOnlyPeriod> periods)
    {
        if (periods.Count == 0)
        {
            if (mode.State is not null)
                LogTakesChanges();
            mode.State = null;
            expiry.IsOff = false;
            return;
        }

        // First what is held, then what is refused: nothing ends in between.
        expiry.IsOff = true;
        var last = periods[^1];
        if (mode.State is null)
            LogFollows(last.Reason ?? "the database was away");
        mode.State = new ReadOnlyState(last.BegunAt, last.Reason);
    }

    private async Task SettleAsync(IReadOnlyList<ReadOnlyPeriod> periods, CancellationToken cancellationToken)
    {
        // One node does it; when it is gone the next one does what is left.
        if (!await lease.TryHoldAsync(cancellationToken))
            return;
        try
        {
            foreach (var period in periods.Where(period => period.EndedAt is not null))
            {
                await prolongation.ProlongAsync(period, cancellationToken);
                await store.SettleAsync(period.Id, cancellationToken);
                LogProlonged((period.EndedAt!.Value - period.BegunAt).TotalSeconds);
            }
        }
        finally
        {
            await lease.DisposeAsync();
        }

        Follow(await store.UnsettledAsync(cancellationToken));
        bus.Publish(new NodeMessage(Topic, "look"));
    }

    [LoggerMessage(EventId = 9301, Level = LogLevel.Critical,
        Message = "ALARM: nothing could be written for {Seconds:0} s; this node takes no changes until it can")]
    private partial void LogReadOnly(double seconds);

    [LoggerMessage(EventId = 9302, Level = LogLevel.Warning,
        Message = "The database answers again after {Seconds:0} s; what was held is prolonged by that")]
    private partial void LogAnswersAgain(double seconds);

    [LoggerMessage(EventId = 9303, Level = LogLevel.Warning, Message = "This node takes no changes: {Reason}")]
    private partial void LogFollows(string reason);

    [LoggerMessage(EventId = 9304, Level = LogLevel.Information, Message = "All holds are prolonged by {Seconds:0} s")]
    private partial void LogProlonged(double seconds);

    [LoggerMessage(EventId = 9305, Level = LogLevel.Information, Message = "This node takes changes again")]
    private partial void LogTakesChanges();
}
