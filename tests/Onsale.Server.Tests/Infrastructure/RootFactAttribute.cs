namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A test that needs root, as CI has: it mounts a file system or switches users. Skipped aloud otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Skip = "Needs root, to mount a small file system or to switch users.";
    }
}
