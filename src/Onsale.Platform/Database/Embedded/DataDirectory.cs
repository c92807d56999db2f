using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>Where the program keeps what must outlive it.</summary>
internal static class DataDirectory
{
    public const string Setting = "Onsale:DataDirectory";

    /// <summary>
    /// The setting, else the user's local application data; root's home is closed to PostgreSQL's account.
    /// </summary>
    public static string Resolve(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } given)
            return Path.GetFullPath(given);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            return "/var/lib/onsale";
        var local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0
            ? Path.Combine(local, "onsale")
            : throw new StartupException("This user has no home directory: set Onsale__DataDirectory.");
    }
}
