using System.Diagnostics.Metrics;

namespace Onsale.Platform.Jobs;

/// <summary>Meter <c>Onsale.Jobs</c>. One a process, as background jobs run before and beside any container.</summary>
internal static class JobMetrics
{
    public const string MeterName = "Onsale.Jobs";
    public const string FailureCounter = "onsale.jobs.failures";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Counter<long> s_rounds = s_meter.CreateCounter<long>(
        "onsale.jobs.rounds", "{round}", "Rounds of background jobs that succeeded, by job.");

    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>(
        FailureCounter, "{round}", "Rounds of background jobs that failed, by job; each is repeated after a back-off.");

    public static void Succeeded(string job) => s_rounds.Add(1, KeyValuePair.Create("job", (object?)job));

    public static void Failed(string job) => s_failures.Add(1, KeyValuePair.Create("job", (object?)job));
}
