using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>
/// How much the machine changed between the rounds of a run, told by the no-op, which the program cannot have slowed.
/// </summary>
/// <param name="Spread">Fastest less slowest round of the no-op, as a part of the median; null: one round tells
/// nothing.</param>
internal readonly record struct Noise(double? Spread)
{
    /// <summary>A run with a larger spread is not judged by.</summary>
    public const double MaxSpread = 0.25;

    private bool CanJudge => Spread <= MaxSpread;

    public static Noise Of(Measurement noOp)
    {
        var rates = noOp.Rates.ToList();
        return new Noise(rates.Count < 2 ? null : (rates.Max() - rates.Min()) / rates.Median());
    }

    public string Judge(bool met) => CanJudge ? Verdict(met) : "not judged";

    public string Describe() => Spread is { } spread
        ? $"The no-op's rounds lie {spread * 100:F0} % of their median apart; "
            + (CanJudge
                ? $"above {MaxSpread * 100:F0} % nothing would have been judged."
                : $"that is above {MaxSpread * 100:F0} %, so nothing is judged by this run.")
        : "One round does not tell how noisy the machine was, so nothing is judged by this run.";
}
