namespace Onsale.Server.Operate.Finance;

/// <summary>Bounds of what is shown of money.</summary>
internal static class FinanceLimits
{
    /// <summary>Longest time that figures may take, seconds.</summary>
    public const int QueryTimeoutSeconds = 60;

    /// <summary>Differences from a provider's books that are shown; the newest.</summary>
    public const int MaxDifferences = 100;
}
