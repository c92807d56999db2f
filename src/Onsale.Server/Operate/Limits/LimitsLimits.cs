namespace Onsale.Server.Operate.Limits;

/// <summary>Bounds of what operators see and set of rate limits. The unit is the last word of each name.</summary>
internal static class LimitsLimits
{
    /// <summary>Callers listed.</summary>
    public const int MaxCallers = 200;

    /// <summary>Overrides at a time.</summary>
    public const int MaxOverrides = 10_000;

    public const int MaxReasonChars = 200;

    public const int MaxOverrideDays = 366;

    public const int MaxMultiple = 1000;

    public const int MaxRequestBytes = 2048;

    /// <summary>How long another node may not have heard of an override.</summary>
    public const int ReadSeconds = 2;
}
