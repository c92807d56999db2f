namespace Onsale.Platform.RateLimits;

/// <summary>Which budget a route spends from, and whose.</summary>
internal enum RateLimitPolicy
{
    /// <summary>
    /// Per address: signing in and registering, where a caller could guess passwords or make accounts.
    /// </summary>
    Auth,

    /// <summary>
    /// Per address: guest sessions and refreshes; generous, since a whole office may share one address.
    /// </summary>
    Guest,

    /// <summary>Per buyer, or per address for who has not said who they are.</summary>
    Booking,

    /// <summary>Per address: searches, pages and other reads that ask the database.</summary>
    Reads,

    /// <summary>Per address: connections to the live feed, of which all watchers behind it reconnect at once.</summary>
    Live,

    /// <summary>
    /// Per buyer and event: places set aside, counted when that succeeded. Who holds, gives back and holds again keeps
    /// places from others without paying for them.
    /// </summary>
    Holds,

    /// <summary>
    /// Per address: codes that were not taken. Who guesses is slowed down; who mistypes, or comes late with many others
    /// of one network, is not.
    /// </summary>
    Codes,
}

/// <summary>Configuration section <c>Onsale:RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Onsale:RateLimits";

    public bool Enabled { get; set; } = true;

    public RateLimitRule Auth { get; set; } = new() { PermitLimit = 20, WindowSeconds = 60 };

    public RateLimitRule Guest { get; set; } = new() { PermitLimit = 1200, WindowSeconds = 60 };

    public RateLimitRule Booking { get; set; } = new() { PermitLimit = 30, WindowSeconds = 10 };

    public RateLimitRule Reads { get; set; } = new() { PermitLimit = 1000, WindowSeconds = 10 };

    public RateLimitRule Live { get; set; } = new() { PermitLimit = 600, WindowSeconds = 60 };

    public RateLimitRule Holds { get; set; } = new() { PermitLimit = 12, WindowSeconds = 1800 };

    public RateLimitRule Codes { get; set; } = new() { PermitLimit = 120, WindowSeconds = 600 };

    public RateLimitRule Of(RateLimitPolicy policy) => policy switch
    {
        RateLimitPolicy.Auth => Auth,
        RateLimitPolicy.Guest => Guest,
        RateLimitPolicy.Booking => Booking,
        RateLimitPolicy.Reads => Reads,
        RateLimitPolicy.Live => Live,
        RateLimitPolicy.Holds => Holds,
        RateLimitPolicy.Codes => Codes,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    /// <summary>What is wrong with the settings, each naming its key.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var policy in Enum.GetValues<RateLimitPolicy>())
        {
            var rule = Of(policy);
            if (rule.PermitLimit is < 1 or > RateLimitRule.MaxPermits)
            {
                yield return $"{Section}:{policy}:PermitLimit is {rule.PermitLimit}; "
                    + $"it must be between 1 and {RateLimitRule.MaxPermits}.";
            }

            if (rule.WindowSeconds is < 1 or > RateLimitRule.MaxWindowSeconds)
            {
                yield return $"{Section}:{policy}:WindowSeconds is {rule.WindowSeconds}; "
                    + $"it must be between 1 and {RateLimitRule.MaxWindowSeconds}.";
            }
        }
    }
}

/// <summary>So many requests in so many seconds; they come back evenly, not all at the window's end.</summary>
internal sealed class RateLimitRule
{
    public const int MaxPermits = 1_000_000;
    public const int MaxWindowSeconds = 86_400;

    public int PermitLimit { get; set; }

    public int WindowSeconds { get; set; }
}
