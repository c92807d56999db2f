using System.Globalization;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>A report in words, for a terminal.</summary>
internal static class RehearsalText
{
    private const int Sound = 0;
    private const int Failed = 1;
    private const int Faulty = 2;

    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    /// <summary>Writes it; answers 0, or 2 where the audit found faults, or 1 where there is no report.</summary>
    public static async Task<int> WriteAsync(RehearsalResponse rehearsal, TextWriter output)
    {
        if (rehearsal.Report is not { } report)
        {
            await output.WriteLineAsync(
                $"Rehearsal {rehearsal.State.ToString().ToLowerInvariant()}: {rehearsal.Failure}");
            return Failed;
        }

        foreach (var line in Lines(report, rehearsal.Audit ?? []))
            await output.WriteLineAsync(line);
        return rehearsal.Audit is { Count: 0 } ? Sound : Faulty;
    }

    private static IEnumerable<string> Lines(RehearsalReport report, IReadOnlyList<string> audit)
    {
        yield return string.Create(
            s_plain, $"Sold {report.PlacesSold} of {report.PlacesTotal} places in {report.Bookings} bookings, "
            + $"{report.Requests} requests in {report.Seconds} s.");
        yield return report.SoldOutAfterSeconds is { } soldOut
            ? string.Create(s_plain, $"Sold out after {soldOut} s.")
            : "Not sold out.";
        if (report.WaitSeconds is { } waits)
            yield return string.Create(s_plain, $"Waited for an admission: {Show(waits)} s.");
        foreach (var step in report.Steps)
            yield return string.Create(
                s_plain, $"{step.Step}: {step.Count}, {step.Refused} refused, {Show(step.Milliseconds)} ms");
        foreach (var minute in report.Minutes)
        {
            yield return string.Create(
                s_plain, $"Minute {minute.Minute}: {minute.Arrived} came, {minute.Admitted} admitted, "
                + $"{minute.Holds} holds, {minute.Bookings} bookings, {minute.Refused} refused");
        }

        foreach (var refusal in report.Refusals)
            yield return string.Create(s_plain, $"Refused at {refusal.Step}: {refusal.Code}, {refusal.Count} times");
        yield return report.BrokeFirst is { } broke
            ? string.Create(s_plain, $"Broke first: {broke.Code} at {broke.Step} after {broke.Second} s.")
            : "Nothing broke.";
        if (report.BudgetSeconds > 0)
            yield return string.Create(
                s_plain, $"The budget of requests was used up in {report.BudgetSeconds} s: it was the limit then.");
        foreach (var line in Advice(report.Advice))
            yield return line;
        yield return audit.Count == 0 ? "Audit: no fault." : $"Audit: {audit.Count} faults.";
        foreach (var fault in audit)
            yield return $"  {fault}";
    }

    private static IEnumerable<string> Advice(RehearsalAdvice advice)
    {
        if (advice.AdmissionsPerMinute is { } rate)
        {
            yield return string.Create(
                s_plain, $"Best admission rate: {(advice.IsLeast ? "at least " : "")}{rate} a minute "
                + $"({advice.HoldsPerSecond} holds a second were borne; a buyer makes {advice.HoldsPerBuyer}).");
        }

        if (advice.HoldMinutes is { } minutes)
        {
            yield return string.Create(
                s_plain, $"Best hold time: {minutes} min (paid after {Show(advice.PaidAfterSeconds!)} s; "
                + $"{advice.UnpaidHolds} holds were left unpaid, {advice.UnpaidPlaceMinutes} place minutes).");
        }
    }

    private static string Show(Percentiles values) =>
        string.Create(s_plain, $"p50 {values.P50}, p95 {values.P95}, p99 {values.P99}");
}
