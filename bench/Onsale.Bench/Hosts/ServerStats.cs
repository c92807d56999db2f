using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Onsale.Bench.Hosts;

/// <summary>What the server process has done since it started.</summary>
/// <param name="Commands">Commands decided.</param>
/// <param name="Batches">Batches committed.</param>
/// <param name="BatchedCommands">Commands of those batches.</param>
/// <param name="SharedTransactions">Transactions that wrote the batches of several events.</param>
/// <param name="SharedBatches">Batches of those transactions.</param>
/// <param name="Alarms">Broken invariants.</param>
/// <param name="AllocatedBytes">On the managed heap.</param>
/// <param name="Collections">Garbage collections of the youngest generation; the older are among them.</param>
/// <param name="FullCollections">Garbage collections of the oldest generation.</param>
/// <param name="CpuSeconds">Of all its threads.</param>
/// <param name="WorkingSetBytes">Resident now.</param>
internal sealed record StatsResponse(
    long Commands, long Batches, long BatchedCommands, long SharedTransactions, long SharedBatches,
    long Alarms, long AllocatedBytes, int Collections, int FullCollections, double CpuSeconds, long WorkingSetBytes)
{
    /// <summary>What was done since <paramref name="earlier"/>.</summary>
    public StatsResponse Since(StatsResponse earlier) => new(
        Commands - earlier.Commands, Batches - earlier.Batches, BatchedCommands - earlier.BatchedCommands,
        SharedTransactions - earlier.SharedTransactions, SharedBatches - earlier.SharedBatches,
        Alarms - earlier.Alarms, AllocatedBytes - earlier.AllocatedBytes, Collections - earlier.Collections,
        FullCollections - earlier.FullCollections, CpuSeconds - earlier.CpuSeconds, WorkingSetBytes);

    /// <summary>Batches a transaction: those that did not share one have one each.</summary>
    public double AverageTransaction =>
        Batches == 0 ? 0 : (double)Batches / (Batches - SharedBatches + SharedTransactions);

    public double AverageBatch => Batches == 0 ? 0 : (double)BatchedCommands / Batches;
}

/// <summary>Listens to the program's own meter.</summary>
internal sealed class ServerStats : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _commands;
    private long _batches;
    private long _batchedCommands;
    private long _sharedTransactions;
    private long _sharedBatches;
    private long _alarms;

    public ServerStats()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Onsale.Inventory")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            switch (instrument.Name)
            {
                case "onsale.inventory.commands":
                    Interlocked.Add(ref _commands, value);
                    break;
                case "onsale.inventory.batches":
                    Interlocked.Add(ref _batches, value);
                    break;
                case "onsale.inventory.alarms":
                    // Observed: its value is the sum so far.
                    Interlocked.Exchange(ref _alarms, value);
                    break;
            }
        });
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
        {
            if (instrument.Name == "onsale.inventory.batch.commands")
                Interlocked.Add(ref _batchedCommands, value);
            if (instrument.Name == "onsale.inventory.transaction.events")
            {
                Interlocked.Increment(ref _sharedTransactions);
                Interlocked.Add(ref _sharedBatches, value);
            }
        });
        _listener.Start();
    }

    public StatsResponse Read()
    {
        _listener.RecordObservableInstruments();
        using var process = Process.GetCurrentProcess();
        return new StatsResponse(
            Interlocked.Read(ref _commands), Interlocked.Read(ref _batches), Interlocked.Read(ref _batchedCommands),
            Interlocked.Read(ref _sharedTransactions), Interlocked.Read(ref _sharedBatches),
            // To some kilobytes a thread, which is nothing here; the precise figure was seen to go down.
            Interlocked.Read(ref _alarms), GC.GetTotalAllocatedBytes(precise: false),
            GC.CollectionCount(0), GC.CollectionCount(2),
            process.TotalProcessorTime.TotalSeconds, process.WorkingSet64);
    }

    public void Dispose() => _listener.Dispose();
}
