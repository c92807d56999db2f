namespace Onsale.Server.Tests.Access.Accounts;

/// <summary>The real clock, some time ahead of itself: for what depends on the time of day, not on timers.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
