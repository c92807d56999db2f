using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Cli;

/// <summary>What is in a plan, for somebody who checks a file before selling from it.</summary>
internal static class PlanSummary
{
    private const int MaxListedLabels = 5;

    public static async Task<int> PrintAsync(PlanDocument document, TextWriter output)
    {
        var plan = SeatingPlanCompiler.Compile(document);
        var counts = plan.CountByCategory();
        await output.WriteLineAsync(
            $"{plan.Name}: {Counted.Of(plan.SeatCount, "seat")} in {Counted.Of(plan.RowCount, "row")} "
            + $"of {Counted.Of(plan.Sections.Count, "section")}");
        for (var category = 0; category < counts.Length; category++)
        {
            await output.WriteLineAsync(
                $"  category  {plan.Categories[category].Name}: {Counted.Of(counts[category], "seat")}");
        }

        foreach (var section in plan.Sections)
        {
            var seats = plan.RowEnd(section.FirstRow + section.RowCount - 1) - plan.RowStart(section.FirstRow);
            await output.WriteLineAsync(
                $"  section   {section.Name}: {Counted.Of(seats, "seat")} in {Counted.Of(section.RowCount, "row")}");
        }

        foreach (var (name, attribute) in SeatAttributeNames.All)
        {
            var seats = Enumerable.Range(0, plan.SeatCount).Count(seat => plan.AttributesOf(seat).HasFlag(attribute));
            if (seats > 0)
                await output.WriteLineAsync($"  attribute {name}: {Counted.Of(seats, "seat")}");
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
        {
            await output.WriteLineAsync(
                $"  warning   … and {Counted.Of(repeated.Count - MaxListedLabels, "more label")} not unique");
        }
    }
}
