using System.Runtime.InteropServices;
using Onsale.Bench;
using Onsale.Bench.Hosts;
using Onsale.Bench.Scenarios;
using Onsale.Platform.Startup;

const string Usage = """
    Usage: dotnet run -c Release --project bench/Onsale.Bench -- <scenario> [options]

    Scenarios
      on-sale     256 connections of guests buy seats of one event over HTTP; beside it a no-op endpoint, the same hold
                  with row locks, refusals when sold out, and availability reads. Ends with an audit.
      tour        The same holds over twenty hot events at once, over HTTP, beside one event, row locks and the no-op.
      cool        The same over a thousand and over ten thousand events.
      strategies  Ways to keep two buyers from one seat, side by side: row locks, optimistic versions, SKIP LOCKED, a
                  fenced Redis lock (needs redis-server), and batches. On one hot event and on a thousand cool ones.
      growth      Holds at 1,000, 10,000 and 100,000 seats, and at 0, 1 and 10 million past bookings (6 GB of disk).
      fan-out     10,000 WebSockets watch one event while seats change hands; reads beside holds at full speed.
      queue       A million joins of a waiting room, before and after its draw, and reads of its state.
      check-ins   Paired devices check in 100,000 tickets of one event, one by one and in batches.
      pdf         1,000 tickets as PDF: seconds and memory.
      memory      The server process when idle, and an event of 100,000 seats.

    Options
      --seconds N   length of one measurement (10)
      --rounds N    measurements of each kind, taken in turns (3)
      --past N,…    growth: past bookings (0,1000000,10000000)
      --events N,…  tour, cool: events on sale at once
      --server S    on-sale, tour, cool: further settings of the server: "Onsale:SharedTransactions=true; …"
      --compare S   tour, cool: settings of a second server, whose holds are measured in the same rounds
      --only TEXT   only what has this in its name; print, and report nothing (on-sale by its figures; fan-out: memory,
                    watching, reads)
      --statements  on-sale, tour, cool: print PostgreSQL's time by statement after each measurement
      --postgres S  further settings of PostgreSQL, to try them: "wal_sync_method = open_datasync; …"
      --no-report   print only; do not write docs/benchmarks/<scenario>.md

    Everything runs on this machine: a PostgreSQL of its own in the temporary directory, a server on a loopback port,
    and the load. All of it is stopped and removed at the end.
    """;

if (args is ["serve", .. var settings])
    return await Serve.RunAsync(settings);

var options = BenchOptions.Parse(args);
Func<BenchOptions, CancellationToken, Task>? scenario = options?.Scenario switch
{
    "on-sale" => OnSale.RunAsync,
    "tour" => ManyEvents.RunTourAsync,
    "cool" => ManyEvents.RunCoolAsync,
    "strategies" => StrategyComparison.RunAsync,
    "growth" => Growth.RunAsync,
    "memory" => MemoryUse.RunAsync,
    "fan-out" => FanOut.RunAsync,
    "queue" => QueueJoins.RunAsync,
    "check-ins" => DoorCheckIns.RunAsync,
    "pdf" => PrintedTickets.RunAsync,
    _ => null,
};
if (scenario is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await scenario(options!, stopping.Token);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (Exception exception) when (exception is BenchException or StartupException)
{
    Console.Error.WriteLine($"Failed: {exception.Message}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    // The scenario ends by itself, and with it what it started.
    context.Cancel = true;
    stopping.Cancel();
}
