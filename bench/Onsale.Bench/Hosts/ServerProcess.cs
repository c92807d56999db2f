using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Onsale.Bench.Hosts;

/// <summary>A child of this process that runs <see cref="Serve"/>.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int StopSeconds = 60;
    private const int MintingConnections = 64;

    // High enough that a guest who buys as fast as hundreds do is not refused; low enough that the fields are cached
    // texts, as with the limits of production.
    private static readonly string[] Settings =
    [
        "--urls=http://127.0.0.1:0", "--Onsale:Demo=false", "--Onsale:Payments:Simulated=true",
        "--Logging:LogLevel:Default=Warning",
        // All buyers of the load share this machine's address.
        "--Onsale:Holds:MaxPlacesPerAddress=1000000",
        "--Onsale:RateLimits:Holds:PermitLimit=1000000", "--Onsale:RateLimits:Holds:WindowSeconds=1",
        "--Onsale:RateLimits:Enabled=true",
        "--Onsale:RateLimits:Booking:PermitLimit=30000", "--Onsale:RateLimits:Booking:WindowSeconds=1",
        "--Onsale:RateLimits:Guest:PermitLimit=30000", "--Onsale:RateLimits:Guest:WindowSeconds=1",
        "--Onsale:RateLimits:Reads:PermitLimit=1000000", "--Onsale:RateLimits:Reads:WindowSeconds=1",
    ];

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private BenchDatabase? _database;

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts it on a database and waits until it serves.</summary>
    public static async Task<ServerProcess> StartAsync(BenchDatabase database, params string[] settings)
    {
        var server = await StartWithAsync(
            [.. Settings, $"--ConnectionStrings:Postgres={database.ConnectionString}", .. settings]);
        server._database = database;
        return server;
    }

    /// <summary>What it and its database have done; counts statements from now on, where they are counted.</summary>
    public async Task<WorkDone?> BeginCountAsync()
    {
        if (_database is null)
            return null;
        if (_database.CountsStatements)
            await StatementTimes.ResetAsync(_database);
        return await WorkDone.ReadAsync(_database, ProcessId);
    }

    /// <summary>What was done since <see cref="BeginCountAsync"/>.</summary>
    public async Task<WorkDone?> EndCountAsync(WorkDone? began, double answers)
    {
        if (_database is null || began is null)
            return null;
        var work = (await WorkDone.ReadAsync(_database, ProcessId)).Since(began);
        if (_database.CountsStatements)
            await StatementTimes.PrintAsync(_database, answers);
        return work;
    }

    /// <summary>Starts it with these settings only.</summary>
    public static async Task<ServerProcess> StartWithAsync(string[] settings)
    {
        var process = Process.Start(Start(settings))!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.StartsWith(Serve.ReadyPrefix, StringComparison.Ordinal))
                {
                    // Whatever else it says must not fill the pipe.
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError());
                    return new ServerProcess(process, new Uri(line[Serve.ReadyPrefix.Length..]));
                }

                await Console.Error.WriteLineAsync(line);
            }

            throw new BenchException("The server under test did not start.");
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Guest sessions through the API, as many buyers make them; answers their access tokens.</summary>
    public async Task<IReadOnlyList<string>> MintGuestsAsync(int count)
    {
        var tokens = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = MintingConnections },
            async (index, cancellationToken) =>
            {
                using var response = await Client.PostAsync("/api/v1/auth/guest", null, cancellationToken);
                response.EnsureSuccessStatusCode();
                using var body = await response.Content.ReadFromJsonAsync<JsonDocument>(cancellationToken);
                tokens[index] = body!.RootElement.GetProperty("accessToken").GetString()!;
            });
        return tokens;
    }

    public async Task<StatsResponse> StatsAsync() =>
        (await Client.GetFromJsonAsync<StatsResponse>(Baselines.StatsPath, Web))!;

    /// <summary>Its memory once all that is not needed is given back.</summary>
    public async Task<MemoryResponse> MemoryAsync() =>
        (await Client.GetFromJsonAsync<MemoryResponse>(FanOutMemory.Path, Web))!;

    /// <summary>One request of one guest; answers the status and the body.</summary>
    public async Task<(int Status, string Body)> SendAsync(
        HttpMethod method, string path, string? token, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(StopSeconds));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new BenchException($"The server under test did not stop within {StopSeconds} s.");
        }
        finally
        {
            _process.Dispose();
        }
    }

    private static ProcessStartInfo Start(string[] settings)
    {
        // Started as `dotnet Onsale.Bench.dll`, the executable is dotnet and the program its first argument.
        var executable = Environment.ProcessPath!;
        var program = Path.GetFileNameWithoutExtension(executable) == "dotnet"
            ? new[] { typeof(Serve).Assembly.Location }
            : [];
        var start = new ProcessStartInfo(executable, [.. program, "serve", .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // The load generator's own settings are not the server's.
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("DOTNET_SYSTEM_NET_SOCKETS", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return start;
    }
}
