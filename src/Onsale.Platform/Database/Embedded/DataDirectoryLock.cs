using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>
/// The data directory, held by this program alone: the operating system's lock on a file in it goes with the process,
/// however it ends.
/// </summary>
internal sealed partial class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(string directory, FileStream file)
    {
        Directory = directory;
        _file = file;
    }

    public string Directory { get; }

    /// <summary>Makes the directory if it is missing, sees to it that PostgreSQL can reach it, and locks it.</summary>
    public static async Task<DataDirectoryLock> TakeAsync(string directory, PostgresAccount account, ILogger logger)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!await account.CanEnterAsync(NearestAbove(directory)))
            throw Unreachable(directory, account);
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            var file = Open(directory);
            try
            {
                await OpenToAsync(account, directory, logger);
                // In a service's directory: root's would keep the service out.
                if (await PostgresAccount.OwnerAsync(directory) is { } owner)
                    await owner.OwnTreeAsync(file.Name);
                return new DataDirectoryLock(directory, file);
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"The data directory {directory} cannot be written: {exception.Message} "
                + "Set Onsale__DataDirectory to a directory that this user can write.", exception);
        }
    }

    private static FileStream Open(string directory)
    {
        var path = Path.Combine(directory, "onsale.lock");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            throw new StartupException(
                $"Another Onsale is running on the data directory {directory}. "
                + "Stop it, or set Onsale__DataDirectory to another directory for this one.", exception);
        }

        return file;
    }

    private static bool IsHeldByAnother(IOException exception)
    {
        const int sharingViolation = unchecked((int)0x80070020);
        const int linuxWouldBlock = 11;
        const int macWouldBlock = 35;
        return exception.HResult is sharingViolation or linuxWouldBlock or macWouldBlock;
    }

    private static async Task OpenToAsync(PostgresAccount account, string directory, ILogger logger)
    {
        if (OperatingSystem.IsWindows() || await account.CanEnterAsync(directory))
            return;
        // Ours to open, unlike the directories above it. The cluster in it stays closed to all other accounts.
        const UnixFileMode enter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | enter);
        if (!await account.CanEnterAsync(directory))
            throw Unreachable(directory, account);
        LogOpened(logger, directory, account.UserName!);
    }

    private static string NearestAbove(string directory)
    {
        var above = new DirectoryInfo(directory).Parent;
        while (above is { Exists: false })
            above = above.Parent;
        return above?.FullName ?? directory;
    }

    private static StartupException Unreachable(string directory, PostgresAccount account) => new(
        $"PostgreSQL does not run as root but as user '{account.UserName}', who cannot enter {directory}. "
        + "Set Onsale__DataDirectory to a directory that user can reach, such as /var/lib/onsale, "
        + "or start Onsale as an ordinary user.");

    public void Dispose() => _file.Dispose();

    [LoggerMessage(EventId = 1020, Level = LogLevel.Information,
        Message = "Opened {Directory} to user {User}, who runs PostgreSQL because it does not run as root")]
    private static partial void LogOpened(ILogger logger, string directory, string user);
}
