using Onsale.Server.Cli;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>What is in a plan, for whoever checks a file before selling from it.</summary>
internal static class PlanSummary
{
    private const int MaxListedLabels = 5;

    public static async Task<int> PrintAsync(PlanDocument document, TextWriter output)
    {
        var plan = SeatingPlanCompiler.Compile(document);
        var counts = plan.CountByCategory();
        await output.WriteLineAsync(
            $"{plan.Name}: {plan.SeatCount} seats in {plan.RowCount} rows of {plan.Sections.Count} sections");
        for (var category = 0; category < counts.Length; category++)
            await output.WriteLineAsync($"  category  {plan.Categories[category].Name}: {counts[category]} seats");
        foreach (var section in plan.Sections)
        {
            var seats = plan.RowEnd(section.FirstRow + section.RowCount - 1) - plan.RowStart(section.FirstRow);
            await output.WriteLineAsync($"  section   {section.Name}: {seats} seats in {section.RowCount} rows");
        }

        foreach (var shape in plan.Shapes.Where(shape => shape.Caption.Length > 0))
            await output.WriteLineAsync($"  area      {shape.Caption.ReplaceLineEndings(" ")}");
        await output.WriteLineAsync($"  looks to  x {plan.FocalPoint.X:0}, y {plan.FocalPoint.Y:0}");
        await output.WriteLineAsync($"  hash      {plan.ContentHash}");
        await WarnAsync(plan, output);
        return CommandLine.Succeeded;
    }

    // Two tickets with one label send two people to one chair, or so they will believe.
    private static async Task WarnAsync(SeatingPlan plan, TextWriter output)
    {
        var repeated = Enumerable.Range(0, plan.SeatCount)
            .CountBy(plan.LabelOf, StringComparer.Ordinal)
            .Where(pair => pair.Value > 1).ToList();
        foreach (var (label, count) in repeated.Take(MaxListedLabels))
            await output.WriteLineAsync($"  warning   {count} seats are called \"{label}\"");
        if (repeated.Count > MaxListedLabels)
            await output.WriteLineAsync(
                $"  warning   … and {repeated.Count - MaxListedLabels} more labels are not unique");
    }
}
