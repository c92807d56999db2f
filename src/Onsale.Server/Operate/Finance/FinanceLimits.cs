namespace Onsale.Server.Operate.Finance;

/// <summary>Bounds of what is shown of money.</summary>
internal static class FinanceLimits
{
    /// <summary>Longest time that figures may take, seconds.</summary>
    public const int QueryTimeoutSeconds = 60;
}
