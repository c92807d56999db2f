using System.Diagnostics;
using System.Net;
using System.Text;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// The built program as a process of its own, with its own data directory and port: for what only a process can show,
/// such as signals, exit codes and a <c>kill -9</c>.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _gate = new();

    private ServerProcess(Process process, ServerOptions options, int port)
    {
        _process = process;
        Options = options;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ServerOptions Options { get; }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    /// <summary>Everything it has printed so far, errors included.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
                return _output.ToString();
        }
    }

    /// <summary>
    /// A data directory for <see cref="ServerOptions"/>, gone with this test process and all that runs on it.
    /// </summary>
    public static string CreateDataDirectory() => Janitor.CreateDirectory("onsale-server-");

    /// <summary>Starts it and returns at once.</summary>
    public static ServerProcess Launch(ServerOptions options)
    {
        var port = options.Port ?? Ports.Free();
        List<string> arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Onsale.Server.dll"),
            $"--urls=http://127.0.0.1:{port}",
            $"--Onsale:DataDirectory={options.DataDirectory}",
            "--Onsale:Demo=false", "--Onsale:Payments:Simulated=true",
            "--Onsale:RateLimits:Enabled=false",
            .. options.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        // Of its own, so that a Ctrl-C can be sent to its whole process group as a terminal does.
        string[] limits = options.MaxOpenFiles is { } files ? ["prlimit", $"--nofile={files}:{files}"] : [];
        string[] command = [.. limits, "setsid", "dotnet", .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        // A developer's certificate there would make an https address work.
        start.Environment["HOME"] = "/nonexistent";
        if (options.UserName is not null)
            start.UserName = options.UserName;

        return new ServerProcess(Process.Start(start)!, options, port);
    }

    /// <summary>Starts it and waits until it answers that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(ServerOptions options)
    {
        var server = Launch(options);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task ReadyAsync(TimeSpan? deadline = null)
    {
        try
        {
            await Eventually.ShouldBeTrueAsync(
                async () => _process.HasExited || await IsReadyAsync(), "the server is ready", deadline);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The server is not ready. It said:\n{Output}", exception);
        }

        _process.HasExited.ShouldBeFalse($"The server ended. It said:\n{Output}");
    }

    private async Task<bool> IsReadyAsync()
    {
        using var response = await Client.GetAsync("/health/ready");
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>SIGKILL: what it started goes on running.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL", Id.ToString());
        await ExitAsync();
    }

    /// <summary>SIGTERM, as from a service manager; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM", Id.ToString());
        return await ExitAsync();
    }

    /// <summary>Ctrl-C: SIGINT to the whole process group; returns the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        await SignalAsync("INT", $"-{Id}");
        return await ExitAsync();
    }

    /// <summary>Waits for its end, with all its output read, and returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>The processes whose command line names its data directory: itself and its database.</summary>
    public IReadOnlyList<int> Processes() => ProcessesOn(Options.DataDirectory);

    public static IReadOnlyList<int> ProcessesOn(string directory)
    {
        var found = new List<int>();
        foreach (var entry in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out var id))
                continue;
            try
            {
                if (File.ReadAllText(Path.Combine(entry, "cmdline")).Contains(directory, StringComparison.Ordinal))
                    found.Add(id);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return found;
    }

    public static async Task SignalAsync(string signal, string target)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", target]);
        await kill.WaitForExitAsync();
    }

    private void Append(string? line)
    {
        lock (_gate)
            _output.AppendLine(line);
    }

    /// <summary>Kills what is left of it; its database too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        // Asked to go at once, PostgreSQL still takes its shared memory away.
        foreach (var process in Processes())
            await SignalAsync("QUIT", process.ToString());
        await Eventually.ShouldBeTrueAsync(() => Processes().Count == 0, "nothing of the server is left");
        Client.Dispose();
        _process.Dispose();
    }
}

/// <summary>How to start a <see cref="ServerProcess"/>.</summary>
internal sealed record ServerOptions(string DataDirectory)
{
    /// <summary>Null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>The system's user to run it as; only root can choose.</summary>
    public string? UserName { get; init; }

    /// <summary>Its limit of file descriptors; null: this process's own.</summary>
    public int? MaxOpenFiles { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase);
}
