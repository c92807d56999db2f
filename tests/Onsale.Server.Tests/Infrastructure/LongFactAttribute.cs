namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A test that takes long for what it adds to the others: a race or a kill under load, or one more way through the
/// pages. It runs where <c>ONSALE_LONG_TESTS</c> is 1, as in CI, and is skipped aloud elsewhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    internal const string Reason = "Long: set ONSALE_LONG_TESTS=1 to run it.";

    public LongFactAttribute()
    {
        if (!IsRun)
            Skip = Reason;
    }

    internal static bool IsRun => Environment.GetEnvironmentVariable("ONSALE_LONG_TESTS") == "1";
}

/// <summary>The same for a test with several rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute()
    {
        if (!LongFactAttribute.IsRun)
            Skip = LongFactAttribute.Reason;
    }
}
