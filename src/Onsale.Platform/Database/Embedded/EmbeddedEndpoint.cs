using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>
/// Where the embedded PostgreSQL of a data directory accepts connections. It is known before the server runs, so that
/// connection pools can be constructed before the start.
/// </summary>
/// <param name="DataDirectory">Absolute path.</param>
/// <param name="SocketDirectory">Of its Unix socket; null on Windows, where it listens on the loopback address.</param>
/// <param name="Port">TCP port on Windows, else only part of the socket's name.</param>
internal sealed record EmbeddedEndpoint(string DataDirectory, string? SocketDirectory, int Port)
{
    public const string SuperUser = "onsale";
    public const string Database = "onsale";

    private const int UnixPort = 5432;

    // macOS allows the fewest bytes for a socket's path: 104 with the closing zero.
    private const int MaxSocketPathBytes = 103;

    /// <summary>Without the password, which <see cref="ReadPassword"/> reads when a connection is opened.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = SocketDirectory ?? IPAddress.Loopback.ToString(),
        Port = Port,
        Database = Database,
        Username = SuperUser,
    }.ConnectionString;

    /// <summary>The endpoint of a data directory, whether or not a server runs on it.</summary>
    /// <exception cref="StartupException">No socket fits: the paths are too long.</exception>
    public static EmbeddedEndpoint For(string dataDirectory)
    {
        dataDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        return OperatingSystem.IsWindows()
            ? new EmbeddedEndpoint(dataDirectory, null, RunningPort(dataDirectory) ?? FreeLoopbackPort())
            : new EmbeddedEndpoint(dataDirectory, ChooseSocketDirectory(dataDirectory), UnixPort);
    }

    /// <summary>The password that PostgreSQL wants; null on Unix, where the socket's permissions guard it.</summary>
    public string? ReadPassword() => PostgresCluster.ReadPassword(DataDirectory);

    /// <summary>Makes pools of this endpoint read the password when they open a connection.</summary>
    public void AddPassword(NpgsqlDataSourceBuilder builder)
    {
        if (OperatingSystem.IsWindows())
        {
            builder.UsePasswordProvider(
                _ => ReadPassword() ?? "", (_, _) => ValueTask.FromResult(ReadPassword() ?? ""));
        }
    }

    /// <summary>
    /// The cluster's own directory, which is closed to other accounts; where that path is too long for a socket, one
    /// whose name follows from it, so that each start of the same data directory finds the same socket.
    /// </summary>
    private static string ChooseSocketDirectory(string dataDirectory)
    {
        var cluster = PostgresCluster.DirectoryIn(dataDirectory);
        if (Fits(cluster))
            return cluster;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..16];
        // As root nobody else may create names in it; a user's own is checked when it is created.
        var parent = !Environment.IsPrivilegedProcess ? Path.GetTempPath()
            : OperatingSystem.IsLinux() ? "/run" : "/var/run";
        var directory = Path.Combine(parent, $"onsale-{hash}");
        return Fits(directory)
            ? directory
            : throw new StartupException(
                $"The paths {cluster} and {directory} are too long for a Unix socket "
                + $"({MaxSocketPathBytes.ToString(CultureInfo.InvariantCulture)} bytes): "
                + "set Onsale__DataDirectory or TMPDIR to a shorter one.");
    }

    private static bool Fits(string directory) =>
        Encoding.UTF8.GetByteCount(Path.Combine(directory, $".s.PGSQL.{UnixPort}")) <= MaxSocketPathBytes;

    private static int? RunningPort(string dataDirectory)
    {
        try
        {
            return PostmasterFile.Read(PostgresCluster.DirectoryIn(dataDirectory)) is { IsAlive: true } running
                ? running.Port
                : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int FreeLoopbackPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
