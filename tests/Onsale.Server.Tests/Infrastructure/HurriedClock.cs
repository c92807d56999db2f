namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// Time passes twice as fast, so that a limit of seconds is reached soon. The time of day is the real one.
/// </summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Hurry = 2;

    public override long GetTimestamp() => System.GetTimestamp() * Hurry;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    private static TimeSpan Hurried(TimeSpan time) => time > TimeSpan.Zero ? time / Hurry : time;
}
