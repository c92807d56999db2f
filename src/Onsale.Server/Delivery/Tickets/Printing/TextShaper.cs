using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>Turns text into lines of glyphs: fonts, directions and joined letters by HarfBuzz.</summary>
/// <param name="fonts">What to draw with.</param>
/// <param name="language">BCP 47 tag of the document: some letters look different by it.</param>
/// <param name="isRightToLeft">Direction of the document, for text without letters.</param>
internal sealed class TextShaper(PrintFonts fonts, string language, bool isRightToLeft) : IDisposable
{
    private const string Ellipsis = "…";

    // Widths are the fonts' own then, and a word is one operator in the file instead of one a letter.
    private static readonly Feature[] s_features =
    [
        new(new Tag('k', 'e', 'r', 'n'), 0), new(new Tag('l', 'i', 'g', 'a'), 0),
    ];

    private readonly Language _language = new(language);

    /// <summary>A text in at most so many lines of a width; what does not fit is cut with an ellipsis.</summary>
    /// <param name="text">Of any length and script.</param>
    /// <param name="isBold">The weight.</param>
    /// <param name="width">Of a line, as a part of the size of the type.</param>
    /// <param name="maxLines">At least 1.</param>
    public ShapedText Lay(string text, bool isBold, double width, int maxLines)
    {
        var clean = TextDirection.Clean(text);
        List<ShapedLine> lines = [];
        var rest = clean;
        while (rest.Length > 0 && lines.Count < maxLines)
        {
            var length = FitWords(rest, isBold, width);
            if (length < rest.Length && lines.Count == maxLines - 1)
            {
                length = FitLetters(rest, isBold, width, Ellipsis);
                lines.Add(Shape(rest[..length].TrimEnd() + Ellipsis, isBold));
                break;
            }

            lines.Add(Shape(rest[..length].TrimEnd(), isBold));
            rest = rest[length..].TrimStart();
        }

        return new ShapedText(lines, clean);
    }

    public void Dispose() => _language.Dispose();

    // As many words as fit; of a word that fits no line, as many letters.
    private int FitWords(string text, bool isBold, double width)
    {
        var fits = 0;
        for (var end = 0; end < text.Length;)
        {
            end = text.IndexOf(' ', end + 1) is var space && space < 0 ? text.Length : space;
            if (Shape(text[..end], isBold).Width > width)
                break;
            fits = end;
        }

        return fits > 0 ? fits : FitLetters(text, isBold, width, "");
    }

    // At least one, and only whole characters as readers know them.
    private int FitLetters(string text, bool isBold, double width, string tail)
    {
        var ends = StringInfo.ParseCombiningCharacters(text)[1..];
        var (low, high) = (0, ends.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Shape(text[..ends[middle - 1]] + tail, isBold).Width <= width)
                low = middle;
            else
                high = middle - 1;
        }

        return low > 0 ? ends[low - 1] : ends.Length > 0 ? ends[0] : text.Length;
    }

    private ShapedLine Shape(string text, bool isBold)
    {
        var levels = TextDirection.LevelsOf(text, TextDirection.IsRightToLeft(text, isRightToLeft));
        List<ShapedGlyph> glyphs = [];
        var width = 0.0;
        foreach (var run in InVisualOrder(RunsOf(text, levels, isBold)))
            width = ShapeRun(text, run, width, glyphs);
        return new ShapedLine(glyphs, width);
    }

    private List<Run> RunsOf(string text, byte[] levels, bool isBold)
    {
        List<Run> runs = [];
        PrintFont? font = null;
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            // A space is of the line, not of the word before it.
            font = fonts.For(rune.Value, isBold, IsShared(rune) ? font : null);
            if (runs.Count > 0 && runs[^1] is var last && last.Font == font && last.Level == levels[i])
                runs[^1] = last with { Length = last.Length + length };
            else
                runs.Add(new Run(i, length, levels[i], font));
            i += length;
        }

        return runs;
    }

    // Characters that all scripts use, and marks, take the font of what they follow.
    private static bool IsShared(Rune rune) => !Rune.IsLetterOrDigit(rune);

    // Rule L2 of UAX 9: what runs from right to left is turned, from the highest level down.
    private static List<Run> InVisualOrder(List<Run> runs)
    {
        for (var level = 2; level >= 1; level--)
        {
            for (var i = 0; i < runs.Count;)
            {
                var end = i;
                while (end < runs.Count && runs[end].Level >= level)
                    end++;
                runs.Reverse(i, end - i);
                i = Math.Max(end, i + 1);
            }
        }

        return runs;
    }

    private double ShapeRun(string text, Run run, double start, List<ShapedGlyph> glyphs)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text.AsSpan(), run.Start, run.Length);
        buffer.GuessSegmentProperties();
        buffer.Direction = run.Level % 2 == 0 ? Direction.LeftToRight : Direction.RightToLeft;
        buffer.Language = _language;
        run.Font.Shaper.Shape(buffer, s_features);
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var ends = EndsOf(infos, run.Start + run.Length);
        var (x, drawn, isNext) = (start, new HashSet<uint>(), false);
        for (var i = 0; i < infos.Length; i++)
        {
            var (info, position) = (infos[i], positions[i]);
            var isMoved = position.XOffset != 0 || position.YOffset != 0;
            var stands = drawn.Add(info.Cluster) ? text[(int)info.Cluster..(int)ends[info.Cluster]] : "";
            glyphs.Add(new ShapedGlyph(
                run.Font, (ushort)info.Codepoint, stands, x + run.Font.ToEm(position.XOffset),
                run.Font.ToEm(position.YOffset), isNext && !isMoved && info.Codepoint != 0));
            x += run.Font.ToEm(position.XAdvance);
            // The box for what a font has not is no glyph to the library, which knows no width of it.
            isNext = !isMoved && info.Codepoint != 0
                && position.XAdvance == run.Font.Shaper.GetHorizontalGlyphAdvance(info.Codepoint);
        }

        return x;
    }

    // A cluster reaches to where the next one begins.
    private static Dictionary<uint, uint> EndsOf(ReadOnlySpan<GlyphInfo> infos, int end)
    {
        SortedSet<uint> starts = [];
        foreach (var info in infos)
            starts.Add(info.Cluster);
        Dictionary<uint, uint> ends = [];
        uint? before = null;
        foreach (var start in starts)
        {
            if (before is { } last)
                ends[last] = start;
            before = start;
        }

        if (before is { } final)
            ends[final] = (uint)end;
        return ends;
    }

    private readonly record struct Run(int Start, int Length, byte Level, PrintFont Font);
}
