using System.Buffers;
using System.Globalization;
using System.Text;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>
/// Which way each character of a text runs: the Unicode bidirectional algorithm (UAX 9) for one paragraph, without
/// explicit embeddings and isolates, which <see cref="Clean"/> takes out.
/// </summary>
internal static class TextDirection
{
    private const string Brackets = "()[]{}<>«»";
    private static readonly SearchValues<char> s_separators = SearchValues.Create(",.:/،٫٬");

    private enum Kind : byte
    {
        Left,
        Right,
        ArabicLetter,
        Number,
        ArabicNumber,
        Separator,
        Terminator,
        Mark,
        Neutral,
    }

    /// <summary>A text in one line, without what is invisible: controls, and what would turn the direction by hand.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // Zero-width joiner and non-joiner belong to how a word is spelt.
            if (Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control)
                clean.Append(' ');
            else if (category != UnicodeCategory.Format || rune.Value is 0x200C or 0x200D)
                clean.Append(rune.ToString());
        }

        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The direction of a text by its first letter (rules P2 and P3); that of its surroundings without any.</summary>
    public static bool IsRightToLeft(string text, bool surroundings)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (KindOf(rune))
            {
                case Kind.Left:
                    return false;
                case Kind.Right or Kind.ArabicLetter:
                    return true;
            }
        }

        return surroundings;
    }

    /// <summary>The level of each UTF-16 unit: even is left to right.</summary>
    public static byte[] LevelsOf(string text, bool isRightToLeft)
    {
        var kinds = new Kind[text.Length];
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            kinds.AsSpan(i, length).Fill(KindOf(rune));
            i += length;
        }

        var outer = isRightToLeft ? Kind.Right : Kind.Left;
        ResolveWeak(kinds, outer);
        ResolveBrackets(text, kinds, outer);
        ResolveNeutral(kinds, outer);
        return Array.ConvertAll(kinds, kind => LevelOf(kind, isRightToLeft));
    }

    // Rules I1 and I2.
    private static byte LevelOf(Kind kind, bool isRightToLeft) => (kind, isRightToLeft) switch
    {
        (Kind.Left, false) => 0,
        (Kind.Right, _) => 1,
        _ => 2,
    };

    // Rules W1 to W7.
    private static void ResolveWeak(Kind[] kinds, Kind outer)
    {
        var (before, strong) = (outer, outer);
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Mark)
                kinds[i] = before;
            before = kinds[i];
            if (kinds[i] is Kind.Left or Kind.Right or Kind.ArabicLetter)
                strong = kinds[i];
            else if (kinds[i] == Kind.Number && strong == Kind.ArabicLetter)
                kinds[i] = Kind.ArabicNumber;
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Separator)
                kinds[i] = IsBetweenNumbers(kinds, i) ? kinds[i - 1] : Kind.Neutral;
        }

        ResolveTerminators(kinds);
        strong = outer;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.ArabicLetter)
                kinds[i] = Kind.Right;
            if (kinds[i] is Kind.Left or Kind.Right)
                strong = kinds[i];
            else if (kinds[i] == Kind.Number && strong == Kind.Left)
                kinds[i] = Kind.Left;
        }
    }

    private static bool IsBetweenNumbers(Kind[] kinds, int i) =>
        i > 0 && i + 1 < kinds.Length && kinds[i - 1] == kinds[i + 1]
        && kinds[i - 1] is Kind.Number or Kind.ArabicNumber;

    // Rules W5 and W6: signs beside a number are part of it.
    private static void ResolveTerminators(Kind[] kinds)
    {
        for (var i = 0; i < kinds.Length;)
        {
            var end = i;
            while (end < kinds.Length && kinds[end] == Kind.Terminator)
                end++;
            if (end == i)
            {
                i++;
                continue;
            }

            var isPart = (i > 0 && kinds[i - 1] == Kind.Number) || (end < kinds.Length && kinds[end] == Kind.Number);
            kinds.AsSpan(i, end - i).Fill(isPart ? Kind.Number : Kind.Neutral);
            i = end;
        }
    }

    // Rule N0: a pair of brackets goes with what is between them, else both ends would part.
    private static void ResolveBrackets(string text, Kind[] kinds, Kind outer)
    {
        Stack<int> open = [];
        List<(int From, int To)> pairs = [];
        for (var i = 0; i < text.Length; i++)
        {
            var bracket = kinds[i] == Kind.Neutral ? Brackets.IndexOf(text[i], StringComparison.Ordinal) : -1;
            if (bracket < 0)
                continue;
            if (bracket % 2 == 0)
                open.Push(i);
            else if (open.TryPeek(out var from) && text[from] == Brackets[bracket - 1])
                pairs.Add((open.Pop(), i));
        }

        pairs.Sort();
        foreach (var (from, to) in pairs)
        {
            var inside = kinds[(from + 1)..to].Select(StrongOf).ToHashSet();
            var opposite = outer == Kind.Left ? Kind.Right : Kind.Left;
            if (inside.Contains(outer))
                kinds[from] = kinds[to] = outer;
            else if (inside.Contains(opposite))
                kinds[from] = kinds[to] = Before(kinds, from, outer) == opposite ? opposite : outer;
        }
    }

    private static Kind Before(Kind[] kinds, int position, Kind outer)
    {
        for (var i = position - 1; i >= 0; i--)
        {
            if (StrongOf(kinds[i]) is Kind.Left or Kind.Right)
                return StrongOf(kinds[i]);
        }

        return outer;
    }

    // For neutrals beside them, numbers run from right to left.
    private static Kind StrongOf(Kind kind) => kind is Kind.Number or Kind.ArabicNumber ? Kind.Right : kind;

    // Rules N1 and N2.
    private static void ResolveNeutral(Kind[] kinds, Kind outer)
    {
        for (var i = 0; i < kinds.Length;)
        {
            var end = i;
            while (end < kinds.Length && kinds[end] == Kind.Neutral)
                end++;
            if (end == i)
            {
                i++;
                continue;
            }

            var before = i == 0 ? outer : StrongOf(kinds[i - 1]);
            var after = end == kinds.Length ? outer : StrongOf(kinds[end]);
            kinds.AsSpan(i, end - i).Fill(before == after ? before : outer);
            i = end;
        }
    }

    private static Kind KindOf(Rune rune)
    {
        if (rune.IsBmp && s_separators.Contains((char)rune.Value))
            return Kind.Separator;
        return rune.Value switch
        {
            >= '0' and <= '9' or >= 0x6F0 and <= 0x6F9 => Kind.Number,
            >= 0x660 and <= 0x669 => Kind.ArabicNumber,
            '+' or '-' or '#' or '%' or '°' or '$' or '€' or '£' or 0x66A => Kind.Terminator,
            _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark =>
                Kind.Mark,
            _ when !Rune.IsLetterOrDigit(rune) => Kind.Neutral,
            (>= 0x590 and < 0x600) or (>= 0x7C0 and < 0x860) or (>= 0xFB1D and < 0xFB50)
                or (>= 0x10800 and < 0x10D00) or (>= 0x1E800 and < 0x1EE00) => Kind.Right,
            (>= 0x600 and < 0x7C0) or (>= 0x860 and < 0x900) or (>= 0xFB50 and < 0xFE00)
                or (>= 0xFE70 and < 0xFEFF) or (>= 0x1EE00 and < 0x1EF00) => Kind.ArabicLetter,
            _ => Kind.Left,
        };
    }
}
