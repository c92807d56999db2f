using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Onsale.Bench.Load;

/// <summary>A load generator written in C, to check this one against.</summary>
internal static class Wrk
{
    /// <summary>Requests a second on a path; null where wrk is not installed.</summary>
    public static async Task<double?> RunAsync(
        Uri server, string path, TimeSpan duration, CancellationToken cancellationToken)
    {
        Process? process;
        try
        {
            process = Process.Start(new ProcessStartInfo("wrk",
            [
                "-t1", $"-c{HttpLoad.Connections}",
                $"-d{duration.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)}s",
                new Uri(server, path).ToString(),
            ])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            var output = await process!.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var line = output.Split('\n')
                .FirstOrDefault(line => line.StartsWith("Requests/sec:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        }
    }
}
