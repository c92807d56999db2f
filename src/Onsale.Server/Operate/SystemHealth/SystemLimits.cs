namespace Onsale.Server.Operate.SystemHealth;

internal static class SystemLimits
{
    /// <summary>How often a node says that it is there, and looks at what it depends on.</summary>
    public const int ReportSeconds = 5;

    /// <summary>A node that has not been heard of for so long is not shown any more.</summary>
    public const int ShownMinutes = 10;

    /// <summary>Rows of nodes are deleted after so long.</summary>
    public const int KeptHours = 24;

    /// <summary>A dependency that takes longer to answer is down.</summary>
    public const int ProbeSeconds = 3;

    public const int MaxLanes = 25;

    public const int MaxMails = 50;

    public const int MaxNameChars = 100;

    public const int MaxRequestBytes = 1024;
}
