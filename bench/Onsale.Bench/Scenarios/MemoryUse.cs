using System.Runtime.CompilerServices;
using Onsale.Bench.Hosts;
using Onsale.Bench.Reports;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server;
using Onsale.Server.Catalog.SeatingPlans;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>What the server keeps: the process when idle, and one large event.</summary>
internal sealed class MemoryUse(BenchOptions options, CancellationToken cancellationToken)
{
    private const int Seats = 100_000;
    private const int Buyers = Seats / 4;

    // Several: what the runtime keeps for itself comes and goes by some hundred kilobytes.
    private const int Events = 5;
    private const double MaxIdleMegabytes = 200;
    private const double MaxEventMegabytes = 5;
    private const int MaxLooks = 60;
    private const int AgreeingLooks = 4;
    private const double SettledBytes = 100_000;
    private const double Megabyte = 1024 * 1024;

    public static Task RunAsync(BenchOptions options, CancellationToken cancellationToken) =>
        new MemoryUse(options, cancellationToken).RunAsync();

    private async Task RunAsync()
    {
        var (ready, idle) = await MeasureIdleAsync();
        var report = new Report(options);
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        var plan = MeasurePlan();
        var (empty, held, sold) = await MeasureEventsAsync(database);
        report.Say("# Memory");
        await report.DescribeRunAsync(await database.QueryAsync<string>("show server_version"));
        report.Table(["the server process", "wanted", "measured", ""],
        [
            ["idle for ten seconds after a start with the demo data", $"< {MaxIdleMegabytes} MB", $"{Whole(idle)} MB",
                Verdict(idle < MaxIdleMegabytes)],
            ["as soon as it is ready", "", $"{Whole(ready)} MB", ""],
        ]);
        report.Table([$"an event of {Seats:N0} seats", "its own", "with its plan", "wanted", ""],
        [
            EventRow("nothing sold", empty, plan),
            EventRow($"half of it sold to {Buyers:N0} buyers", sold, plan),
            EventRow($"half of it held by {Buyers:N0} buyers at one moment", held, plan),
        ]);
        report.Say($"""
            A MB here is 1,048,576 bytes. The process is the resident set (PostgreSQL's processes are their own).
            Of an event its own is what is given
            back when the lanes of {Events} equal ones are dropped, divided by {Events}: the managed heap before and
            after, each time after full, compacting collections. What connections, buffers and pools keep is the same on
            both sides. The events were loaded, held and sold through the lanes of a server without visitors: tiers,
            seat states, buyers, live bookings, and the board with its history of changes. The compiled plan,
            {Megabytes(plan)} MB (measured as {Events} of them, divided likewise), is shared by all events of a house;
            an event that is the only one of its house costs both.
            """);
        await report.WriteAsync();
    }

    private static string[] EventRow(string state, double bytes, double plan) =>
    [
        state, $"{Megabytes(bytes)} MB", $"{Megabytes(bytes + plan)} MB", $"< {MaxEventMegabytes} MB",
        Verdict((bytes + plan) / Megabyte < MaxEventMegabytes),
    ];

    private static string Megabytes(double bytes) => Ratio(bytes / Megabyte);

    private async Task<(double Ready, double Idle)> MeasureIdleAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "onsale-bench-" + Path.GetRandomFileName());
        try
        {
            await using var server = await ServerProcess.StartWithAsync(
                ["--urls=http://127.0.0.1:0", $"--Onsale:DataDirectory={directory}",
                    "--Logging:LogLevel:Default=Warning"]);
            var ready = await server.StatsAsync();
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            var idle = await server.StatsAsync();
            return (ready.WorkingSetBytes / Megabyte, idle.WorkingSetBytes / Megabyte);
        }
        finally
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<(double Empty, double Held, double Sold)> MeasureEventsAsync(BenchDatabase database)
    {
        var clock = new SkippingClock();
        await using var app = OnsaleApp.Build(
        [
            "--urls=http://127.0.0.1:0", "--Onsale:Demo=false", "--Onsale:Payments:Simulated=true",
            "--Logging:LogLevel:Default=Warning",
            // It has megabytes in hand for as long as it reads an event's whole log.
            "--Onsale:AuditMinutes=0",
            $"--ConnectionStrings:Postgres={database.ConnectionString}",
        ], builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await app.StartAsync(cancellationToken);
        var lanes = app.Services.GetRequiredService<EventLanes>();
        var events = await new BenchEvents(database.DataSource).WithSeatsAsync(Events, Seats);
        var bookings = events.ToDictionary(
            one => one.Id, _ => Enumerable.Range(0, Buyers).Select(_ => (NewId(), NewId())).ToArray());

        // Once in vain: what the start rented and the first look compiled is given back with it.
        await MeasureAsync(one => lanes.ReadAsync(one));
        var empty = await MeasureAsync(one => lanes.ReadAsync(one));
        var held = await MeasureAsync(one => HoldHalfAsync(lanes, one, bookings[one]));
        var sold = await MeasureAsync(one => ConfirmAsync(lanes, one, bookings[one]));
        await app.StopAsync(cancellationToken);
        return (empty, held, sold);

        async Task<double> MeasureAsync(Func<Guid, Task> act)
        {
            foreach (var one in events)
                await act(one.Id);
            var kept = await SettledAsync(cancellationToken);
            if (events.Count(one => lanes.FindLoaded(one.Id) is not null) != Events)
                throw new BenchException("An event was dropped before it could be measured.");
            var ends = lanes.Running.Select(running => running.Completion).ToList();
            clock.Skip(TimeSpan.FromMinutes(JournalLimits.MaxIdleLaneMinutes + 1));
            lanes.DropIdle();
            await Task.WhenAll(ends);
            ends.Clear();
            return (kept - await SettledAsync(cancellationToken)) / Events;
        }
    }

    private static double MeasurePlan()
    {
        var plans = new SeatingPlan[Events];
        Compile();
        var before = Retained();
        for (var number = 0; number < Events; number++)
            plans[number] = Compile();
        var after = Retained();
        GC.KeepAlive(plans);
        return (after - before) / Events;
    }

    // A frame of its own: the document must not live in that of whoever measures.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SeatingPlan Compile() => SeatingPlanCompiler.Compile(BenchEvents.Grid(Seats), "measured");

    /// <summary>
    /// What is retained once some looks in a row agree: jobs of the server, such as the outbox's reader, go on with
    /// what was just sold and have megabytes in hand meanwhile.
    /// </summary>
    private static async Task<double> SettledAsync(CancellationToken cancellationToken)
    {
        var (last, agreeing) = (Retained(), 0);
        for (var look = 0; look < MaxLooks; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
            var retained = Retained();
            agreeing = Math.Abs(retained - last) < SettledBytes ? agreeing + 1 : 0;
            if (agreeing == AgreeingLooks)
                return retained;
            last = retained;
        }

        throw new BenchException("The memory that the server retains did not settle.");
    }

    private static double Retained()
    {
        // More than once: what finalizers let go of is collected by the next.
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task HoldHalfAsync(EventLanes lanes, Guid eventId, (Guid Booking, Guid Buyer)[] bookings)
    {
        var pair = 0;
        await InChunksAsync(lanes, eventId, bookings, one => new HoldCommand(
            one.Booking, one.Buyer, [new SeatsRequest([pair * 4, (pair++ * 4) + 1])]));
    }

    private static async Task ConfirmAsync(EventLanes lanes, Guid eventId, (Guid Booking, Guid Buyer)[] bookings)
    {
        await InChunksAsync(lanes, eventId, bookings, one => new StartPaymentCommand(one.Booking, one.Buyer));
        await InChunksAsync(lanes, eventId, bookings, one => new ConfirmCommand(
            one.Booking, 1, [NewId().ToString("N"), NewId().ToString("N")]));
    }

    private static async Task InChunksAsync(
        EventLanes lanes, Guid eventId, (Guid Booking, Guid Buyer)[] bookings,
        Func<(Guid Booking, Guid Buyer), InventoryCommand> command)
    {
        foreach (var chunk in bookings.Chunk(LaneLimits.MaxBatchCommands))
        {
            var replies = await Task.WhenAll(chunk.Select(one => lanes.SubmitAsync(eventId, command(one))));
            if (replies.Any(reply => reply.Status != LaneStatus.Decided || reply.Result.Refusal is not null))
                throw new BenchException("A command of the setup was refused.");
        }
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private sealed class SkippingClock : TimeProvider
    {
        private long _skipped;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _skipped);

        public void Skip(TimeSpan time) =>
            Interlocked.Add(ref _skipped, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
