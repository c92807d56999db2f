using System.Runtime.CompilerServices;
using Onsale.Bench.Hosts;
using Onsale.Bench.Reports;
using Onsale.Inventory;
using Onsale.Server;
using Onsale.Server.Inventory;
using Onsale.Server.Venues;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>What the server keeps: the process when idle, and one large event.</summary>
internal sealed class MemoryUse(BenchOptions options, CancellationToken cancellationToken)
{
    private const int Seats = 100_000;
    private const double MaxIdleMegabytes = 200;
    private const double MaxEventMegabytes = 5;
    private const double Megabyte = 1024 * 1024;

    public static Task RunAsync(BenchOptions options, CancellationToken cancellationToken) =>
        new MemoryUse(options, cancellationToken).RunAsync();

    private async Task RunAsync()
    {
        var (ready, idle) = await MeasureIdleAsync();
        var report = new Report(options);
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        var (plan, empty, sold, held) = await MeasureEventAsync(database);
        report.Say("# Memory");
        await report.DescribeRunAsync(await database.QueryAsync<string>("show server_version"));
        report.Table(["", "wanted", "measured", ""],
        [
            ["server process, idle for ten seconds after a start with the demo data", $"< {MaxIdleMegabytes} MB", $"{Whole(idle)} MB", Verdict(idle < MaxIdleMegabytes)],
            ["the same, as soon as it is ready", "", $"{Whole(ready)} MB", ""],
            [$"an event of {Seats:N0} seats, nothing sold", $"< {MaxEventMegabytes} MB", $"{Milliseconds(empty)} MB", Verdict(empty < MaxEventMegabytes)],
            ["the same, half of it sold to 25,000 buyers", $"< {MaxEventMegabytes} MB", $"{Milliseconds(sold)} MB", Verdict(sold < MaxEventMegabytes)],
            ["the same, half of it held at one moment", "", $"{Milliseconds(held)} MB", ""],
            ["of each of these: the compiled plan, which all events of a house share", "", $"{Milliseconds(plan)} MB", ""],
        ]);
        report.Say("""
            The process is the resident set (PostgreSQL's processes are their own). The event is what stays on the managed heap
            after a full collection when the event has been loaded: compiled plan, layout, inventory, availability board
            with its history of changes, and the lane itself. A sold place costs its buyer's count; a held one also the booking
            and its deadline, until it is paid or runs out.
            """);
        await report.WriteAsync();
    }

    private async Task<(double Ready, double Idle)> MeasureIdleAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "onsale-bench-" + Path.GetRandomFileName());
        try
        {
            await using var server = await ServerProcess.StartWithAsync(
                ["--urls=http://127.0.0.1:0", $"--Onsale:DataDirectory={directory}", "--Logging:LogLevel:Default=Warning"]);
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

    private async Task<(double Plan, double Empty, double Sold, double Held)> MeasureEventAsync(BenchDatabase database)
    {
        await using var app = OnsaleApp.Build(
        [
            "--urls=http://127.0.0.1:0", "--Onsale:Demo=false", "--Logging:LogLevel:Default=Warning",
            $"--ConnectionStrings:Postgres={database.ConnectionString}",
        ]);
        await app.StartAsync(cancellationToken);
        var lanes = app.Services.GetRequiredService<EventLanes>();
        var events = new BenchEvents(database.DataSource);
        // Another event of the same plan first: connections, pooled buffers and compiled code are not the event's. The plan
        // is then in memory too; it is measured by itself, since reading it leaves buffers in the runtime's pool.
        var other = (await events.WithSeatsAsync(1, Seats))[0].Id;
        var hot = (await events.WithSeatsAsync(1, Seats))[0].Id;
        await lanes.ReadAsync(other);
        await HoldHalfAsync(lanes, other, Seats, confirm: true);
        var plan = MeasurePlan();

        var before = Retained();
        await lanes.ReadAsync(hot);
        var empty = Retained();
        var bookings = await HoldHalfAsync(lanes, hot, Seats, confirm: false);
        var held = Retained();
        await ConfirmAsync(lanes, hot, bookings);
        bookings.Clear();
        var sold = Retained();
        await app.StopAsync(cancellationToken);
        return (plan / Megabyte, (plan + empty - before) / Megabyte, (plan + sold - before) / Megabyte, (plan + held - before) / Megabyte);
    }

    private static double MeasurePlan()
    {
        var before = Retained();
        var plan = Compile();
        var after = Retained();
        GC.KeepAlive(plan);
        return after - before;
    }

    // A frame of its own: the document must not live in that of whoever measures.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SeatingPlan Compile() => SeatingPlanCompiler.Compile(BenchEvents.Grid(Seats), "measured");

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

    private static async Task<List<(Guid Booking, Guid Buyer)>> HoldHalfAsync(EventLanes lanes, Guid eventId, int seats, bool confirm)
    {
        var bookings = Enumerable.Range(0, seats / 4).Select(_ => (Booking: NewId(), Buyer: NewId())).ToList();
        var pair = 0;
        await InChunksAsync(lanes, eventId, bookings, one => new HoldCommand(
            one.Booking, one.Buyer, [new SeatsRequest([pair * 4, (pair++ * 4) + 1])]));
        if (confirm)
            await ConfirmAsync(lanes, eventId, bookings);
        return bookings;
    }

    private static async Task ConfirmAsync(EventLanes lanes, Guid eventId, List<(Guid Booking, Guid Buyer)> bookings)
    {
        await InChunksAsync(lanes, eventId, bookings, one => new StartPaymentCommand(one.Booking, one.Buyer));
        await InChunksAsync(lanes, eventId, bookings, one => new ConfirmCommand(
            one.Booking, 1, [NewId().ToString("N"), NewId().ToString("N")]));
    }

    private static async Task InChunksAsync(
        EventLanes lanes, Guid eventId, List<(Guid Booking, Guid Buyer)> bookings,
        Func<(Guid Booking, Guid Buyer), InventoryCommand> command)
    {
        foreach (var chunk in bookings.Chunk(InventoryLimits.MaxBatchCommands))
        {
            var replies = await Task.WhenAll(chunk.Select(one => lanes.SubmitAsync(eventId, command(one))));
            if (replies.Any(reply => reply.Status != LaneStatus.Decided || reply.Result.Refusal is not null))
                throw new BenchException("A command of the setup was refused.");
        }
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
