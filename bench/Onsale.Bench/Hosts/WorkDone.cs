using System.Globalization;

namespace Onsale.Bench.Hosts;

/// <summary>
/// What a server under test and its PostgreSQL have done, as the kernel and PostgreSQL count it: unlike rates, counts
/// are nearly the same on a busy machine.
/// </summary>
/// <param name="WalBytes">Written to PostgreSQL's log.</param>
/// <param name="DatabaseCpuSeconds">Of all PostgreSQL's processes.</param>
/// <param name="ServerSwitches">Context switches of the server's threads.</param>
/// <param name="DatabaseSwitches">Context switches of PostgreSQL's processes.</param>
internal sealed record WorkDone(long WalBytes, double DatabaseCpuSeconds, long ServerSwitches, long DatabaseSwitches)
{
    private const double TicksPerSecond = 100;

    /// <summary>What was done since <paramref name="earlier"/>.</summary>
    public WorkDone Since(WorkDone earlier) => new(
        WalBytes - earlier.WalBytes, DatabaseCpuSeconds - earlier.DatabaseCpuSeconds,
        ServerSwitches - earlier.ServerSwitches, DatabaseSwitches - earlier.DatabaseSwitches);

    /// <summary>Counts up to now.</summary>
    public static async Task<WorkDone> ReadAsync(BenchDatabase database, int serverProcess)
    {
        var wal = await database.QueryAsync<decimal>("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        var postmaster = database.ProcessId;
        var backends = Processes().Where(id => id == postmaster || ParentOf(id) == postmaster).ToList();
        // With those of its children that have ended.
        return new WorkDone(
            (long)wal, backends.Sum(id => CpuTicksOf(id, withEnded: id == postmaster)) / TicksPerSecond,
            ThreadsOf(serverProcess).Sum(SwitchesOf), backends.Sum(id => SwitchesOf($"/proc/{id}")));
    }

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static IEnumerable<string> ThreadsOf(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task");

    private static int ParentOf(int process) => StatOf(process) is { } fields ? (int)fields[1] : 0;

    private static long CpuTicksOf(int process, bool withEnded) => StatOf(process) is { } fields
        ? fields[11] + fields[12] + (withEnded ? fields[13] + fields[14] : 0) : 0;

    /// <summary>The fields behind the name, from the state on, which is 0; null: the process has ended.</summary>
    private static long[]? StatOf(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat.Length == 0 ? null
            : [.. stat[(stat.LastIndexOf(')') + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
    }

    private static long SwitchesOf(string task) => Read($"{task}/status").Split('\n')
        .Where(line => line.Contains("ctxt_switches", StringComparison.Ordinal))
        .Sum(line => long.Parse(line[(line.IndexOf(':') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Empty where the process or thread has ended meanwhile.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
