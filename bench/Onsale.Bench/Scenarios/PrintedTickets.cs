using System.Diagnostics;
using System.Globalization;
using Onsale.Bench.Reports;
using Onsale.Server.Delivery.Tickets.Printing;

namespace Onsale.Bench.Scenarios;

/// <summary>Tickets as PDF in one file: how long it takes, and what memory. Without a server or a database.</summary>
internal static class PrintedTickets
{
    private const int Many = 1000;
    private const int LargestBooking = 100;
    private const double Megabyte = 1024 * 1024;

    // 120 digits and letters, as a signed code has.
    private const string Code =
        "07TK3R1CGMFF1Q9WM3FNF1ZDHIQUSPMCMR8XJ74QQ34THO3KEX2OS0NLJWYD"
        + "CB1BLPLPM124HMZGPVPWNG21IS09SKBN1AXMWKPVTBOR8CI2WNVAHXYKB3TA";

    private static readonly PrintedEvent s_latin = new(
        "Lanterns over the River: an Evening with the Northern Chamber Orchestra", "Lantern Hall",
        new DateTimeOffset(2027, 6, 1, 18, 0, 0, TimeSpan.Zero), "Europe/Berlin", "Great Hall",
        "1 Main Street, Springfield", "K7M-F2Q-XDH", "en");

    private static readonly PrintedEvent s_arabic = s_latin with
    {
        Title = "مهرجان الموسيقى الكبير مع أوركسترا الشمال",
        Venue = "القاعة الكبرى",
        Language = "ar",
    };

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var before = Resident();
        var started = Stopwatch.GetTimestamp();
        var pdf = new TicketPdf(new TicketTexts(), TimeProvider.System);
        pdf.Write(s_latin, Tickets(1), TicketFormat.A4);
        var first = Stopwatch.GetElapsedTime(started);
        var loaded = Resident();

        List<IReadOnlyList<string>> rows = [];
        foreach (var (name, occasion) in ((string, PrintedEvent)[])[("English", s_latin), ("Arabic", s_arabic)])
        {
            foreach (var format in Enum.GetValues<TicketFormat>())
            {
                foreach (var count in (int[])[1, LargestBooking, Many])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows.Add(Measure(pdf, occasion, format, count, $"{name}, {format}, {count}"));
                }
            }
        }

        var report = new Report(options);
        report.Say("# Tickets as PDF");
        report.Say($"""
            Written by the command itself,
            `dotnet run -c Release --project bench/Onsale.Bench -- {options.CommandLine}`,
            {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.

            - Machine: {await Machine.DescribeAsync()}; load average at the end {Machine.LoadAverage()}
            - .NET {Environment.Version}; one thread
            """);
        report.Say($"""
            The first ticket of a process takes {first.TotalMilliseconds:F0} ms and
            {(loaded - before) / Megabyte:F0} MB of resident memory, most of it for good: fonts, HarfBuzz and the
            compiling of the code. After that, the median of {options.Rounds} files:
            """);
        report.Table(
            ["language, format, tickets", "seconds", "ms a ticket", "file KB", "allocated MB", "live at the end MB"],
            rows);
        report.Say($"""
            A booking has {LargestBooking} places at most, so that this is the largest file of the API. Live is what the
            managed heap has more when the file is finished, after a full collection. A server prints half as many
            files at a time as it has processors, and at least one; others wait. The largest resident set of this whole
            run was {Peak() / Megabyte:F0} MB, {before / Megabyte:F0} MB of them before the first ticket.
            """);
        await report.WriteAsync();

        IReadOnlyList<string> Measure(
            TicketPdf printer, PrintedEvent occasion, TicketFormat format, int count, string name)
        {
            var tickets = Tickets(count);
            List<(double Seconds, double Allocated, double Live, int Bytes)> figures = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                var heap = GC.GetTotalMemory(forceFullCollection: true);
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var begin = Stopwatch.GetTimestamp();
                var file = printer.Write(occasion, tickets, format);
                var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                figures.Add((seconds, allocated, GC.GetTotalMemory(forceFullCollection: true) - heap, file.Length));
                GC.KeepAlive(file);
            }

            var median = figures.OrderBy(figure => figure.Seconds).ElementAt(figures.Count / 2);
            return
            [
                name, Text(median.Seconds, "F3"), Text(median.Seconds * 1000 / count, "F1"),
                Text(median.Bytes / 1024.0, "F0"), Text(median.Allocated / Megabyte, "F1"),
                Text(median.Live / Megabyte, "F1"),
            ];
        }
    }

    private static List<PrintedTicket> Tickets(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new PrintedTicket(
            Code[(number % 100)..] + Code[..(number % 100)], "K7M2F2QXDH9A4TRW", "Front stalls",
            new PrintedSeat("Orchestra", $"{(char)('A' + (number / 40))}", $"{(number % 40) + 1}"), "Ada Brook")),
    ];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
