namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Makes the report of what was noted. Pure: the same record gives the same report.</summary>
internal static class RehearsalAnalysis
{
    private const double MorePatience = 1.5;
    private const int MaxHoldMinutes = 60;

    public static RehearsalReport Report(
        RehearsalRecord record, double seconds, int placesTotal, int holdMinutes)
    {
        RehearsalSample[] samples = [.. record.Samples.OrderBy(sample => sample.At)];
        return new RehearsalReport(
            Round(seconds), record.Arrivals.Count, samples.Length, placesTotal, record.PlacesSold, record.Bookings,
            [.. record.Outcomes.OrderByDescending(outcome => outcome.Value)
                .ThenBy(outcome => outcome.Key, StringComparer.Ordinal)
                .Select(outcome => new RehearsalCount(outcome.Key, outcome.Value))],
            [.. samples.GroupBy(sample => sample.Step, StringComparer.Ordinal)
                .Select(step => new RehearsalStep(
                    step.Key, step.Count(), step.Count(sample => sample.Code is not null),
                    Of(step.Select(sample => sample.Milliseconds))!))
                .OrderBy(step => step.Step, StringComparer.Ordinal)],
            Minutes(record, samples),
            [.. samples.Where(sample => sample.Code is not null)
                .GroupBy(sample => (sample.Step, Code: sample.Code!))
                .Select(refused => new RehearsalRefusal(refused.Key.Step, refused.Key.Code, refused.Count()))
                .OrderByDescending(refused => refused.Count)
                .ThenBy(refused => refused.Step, StringComparer.Ordinal)
                .ThenBy(refused => refused.Code, StringComparer.Ordinal)],
            Advice(record, samples, holdMinutes),
            record.BudgetSeconds,
            record.SoldOutAt is { } soldOut ? Round(soldOut) : null,
            Of(record.Entries.Select(entry => entry.WaitedSeconds)),
            BrokeFirst(samples));
    }

    /// <summary>Nearest rank; null: there are none.</summary>
    internal static Percentiles? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new Percentiles(At(0.5), At(0.95), At(0.99));

        double At(double share) => Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)]);
    }

    private static List<RehearsalMinute> Minutes(RehearsalRecord record, RehearsalSample[] samples)
    {
        var arrivals = record.Arrivals.ToLookup(MinuteOf);
        var entries = record.Entries.ToLookup(entry => MinuteOf(entry.At));
        var sales = record.Sales.ToLookup(sale => MinuteOf(sale.At));
        var requests = samples.ToLookup(sample => MinuteOf(sample.At));
        var known = arrivals.Select(minute => minute.Key).Concat(entries.Select(minute => minute.Key))
            .Concat(sales.Select(minute => minute.Key)).Concat(requests.Select(minute => minute.Key)).ToHashSet();
        return
        [
            .. known.Order().Select(minute => new RehearsalMinute(
                minute, arrivals[minute].Count(), entries[minute].Count(),
                requests[minute].Count(sample => sample.Step == RehearsalSteps.Hold), sales[minute].Count(),
                requests[minute].Count(sample => sample.Code is not null),
                Of(entries[minute].Select(entry => entry.WaitedSeconds)),
                Of(Latencies(requests[minute], RehearsalSteps.Hold)),
                Of(Latencies(requests[minute], RehearsalSteps.Pay)))),
        ];
    }

    private static IEnumerable<double> Latencies(IEnumerable<RehearsalSample> samples, string step) =>
        samples.Where(sample => sample.Step == step).Select(sample => sample.Milliseconds);

    /// <summary>What comes before the sale is one minute, however long it takes.</summary>
    private static int MinuteOf(double at) => at < 0 ? -1 : (int)(at / 60);

    private static RehearsalAdvice Advice(RehearsalRecord record, RehearsalSample[] samples, int holdMinutes)
    {
        RehearsalSample[] holds = [.. samples.Where(sample =>
            sample.Step == RehearsalSteps.Hold && (record.SoldOutAt is not { } soldOut || sample.At < soldOut))];
        var slices = Slices(holds);
        var borne = slices.Where(slice => !slice.IsTooMuch).Select(slice => slice.PerSecond).DefaultIfEmpty().Max();
        var perBuyer = holds.Length == 0
            ? 0
            : (double)holds.Length / holds.Select(sample => sample.Buyer).Distinct().Count();
        var paid = Of(record.Sales.Select(sale => sale.AfterSeconds));
        return new RehearsalAdvice(
            record.Unpaid.Count, record.Unpaid.Sum() * holdMinutes, !slices.Exists(slice => slice.IsTooMuch),
            borne == 0 ? null : Math.Max(1, (int)(borne * 60 / perBuyer)),
            borne == 0 ? null : Round(borne), borne == 0 ? null : Round(perBuyer),
            paid is null ? null : Math.Clamp((int)Math.Ceiling(paid.P99 * MorePatience / 60), 1, MaxHoldMinutes), paid);
    }

    private static List<Slice> Slices(RehearsalSample[] holds) =>
    [
        .. holds.GroupBy(sample => (int)Math.Floor(sample.At / RehearsalsLimits.SliceSeconds))
            .Where(slice => slice.Count() >= RehearsalsLimits.MinSliceHolds)
            .OrderBy(slice => slice.Key)
            .Select(slice => new Slice(
                (double)slice.Key * RehearsalsLimits.SliceSeconds,
                (double)slice.Count() / RehearsalsLimits.SliceSeconds,
                Of(slice.Select(sample => sample.Milliseconds))!.P99 > RehearsalsLimits.SlowHoldMilliseconds,
                slice.Any(sample => BreakOf(sample) is not null))),
    ];

    private static RehearsalBreak? BrokeFirst(RehearsalSample[] samples)
    {
        var slow = Slices([.. samples.Where(sample => sample.Step == RehearsalSteps.Hold)]).Find(slice => slice.IsSlow);
        foreach (var sample in samples)
        {
            if (slow is not null && sample.At > slow.From + RehearsalsLimits.SliceSeconds)
                break;
            if (BreakOf(sample) is { } code)
                return new RehearsalBreak(code, Round(sample.At), sample.Step);
        }

        return slow is null ? null : new RehearsalBreak("slow-holds", slow.From, RehearsalSteps.Hold);
    }

    /// <summary>Null: nothing that should not happen in a sale.</summary>
    private static string? BreakOf(in RehearsalSample sample) => sample.Status switch
    {
        0 => "no-answer",
        StatusCodes.Status429TooManyRequests => "rate-limited",
        StatusCodes.Status503ServiceUnavailable when sample.Code is "read-only" or "overloaded" => sample.Code,
        // What a payment provider does not answer is the profile's doing.
        >= 500 when sample.Step != RehearsalSteps.Pay => "server-error",
        _ => null,
    };

    private static double Round(double value) => Math.Round(value, 2);

    private sealed record Slice(double From, double PerSecond, bool IsSlow, bool IsRefused)
    {
        public bool IsTooMuch => IsSlow || IsRefused;
    }
}
