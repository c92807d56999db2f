namespace Onsale.Server.Selling.Reconciliation;

/// <summary>Bounds of the comparison with payment providers.</summary>
internal static class ReconciliationLimits
{
    /// <summary>How often it is looked whether a comparison is due.</summary>
    public const int LookMinutes = 60;

    /// <summary>A provider is compared when its last comparison began so long ago.</summary>
    public const int PauseHours = 23;

    /// <summary>One that began and has not ended is begun anew after so long.</summary>
    public const int RetryHours = 1;

    /// <summary>Payments of so many days are compared each time.</summary>
    public const int WindowDays = 7;

    /// <summary>Payments younger than this, or still being settled, are left to the next time.</summary>
    public const int SettlingMinutes = 15;

    /// <summary>Differences that one comparison names in the log; the others are counted.</summary>
    public const int MaxLogged = 20;

    /// <summary>Longest time that the comparison's statement may take, seconds.</summary>
    public const int TimeoutSeconds = 300;
}
