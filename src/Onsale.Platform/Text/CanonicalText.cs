using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Onsale.Platform.Text;

/// <summary>
/// Unicode's composed form, NFC (Unicode Standard Annex 15). The program runs with invariant globalization, where
/// <see cref="string.Normalize()"/> returns its input; the one library that has the tables costs 15 MB of memory.
/// </summary>
internal static class CanonicalText
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    private static readonly Lazy<Tables> s_tables = new(Tables.Read);

    /// <summary>The text in NFC; two texts that readers cannot tell apart by composition come out equal.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var tables = s_tables.Value;
        List<int> codes = new(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, tables, codes);
        Order(codes, tables);
        Compose(codes, tables);
        var composed = new StringBuilder(text.Length);
        foreach (var code in codes)
            composed.Append(new Rune(code).ToString());
        return composed.ToString();
    }

    private static void Decompose(int code, Tables tables, List<int> codes)
    {
        if (code - HangulBase is >= 0 and < Leads * Vowels * Trails and var syllable)
        {
            codes.Add(LeadBase + (syllable / (Vowels * Trails)));
            codes.Add(VowelBase + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails != 0)
                codes.Add(TrailBase + (syllable % Trails));
        }
        else if (tables.Parts.TryGetValue(code, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, tables, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    /// <summary>Sorts each run of combining characters by class; those of one class keep their order.</summary>
    private static void Order(List<int> codes, Tables tables)
    {
        for (var i = 1; i < codes.Count; i++)
        {
            var @class = tables.ClassOf(codes[i]);
            for (var at = i; @class != 0 && at > 0 && tables.ClassOf(codes[at - 1]) > @class; at--)
                (codes[at - 1], codes[at]) = (codes[at], codes[at - 1]);
        }
    }

    private static void Compose(List<int> codes, Tables tables)
    {
        var (starter, written, previousClass) = (-1, 0, 0);
        foreach (var code in codes.ToArray())
        {
            var @class = tables.ClassOf(code);
            // Blocked: something of the same or a higher class, or another starter, stands between the two.
            var isBlocked = starter >= 0 && written - 1 > starter && previousClass >= @class;
            if (starter >= 0 && !isBlocked && Pair(codes[starter], code, tables) is { } pair)
            {
                codes[starter] = pair;
                continue;
            }

            if (@class == 0)
                starter = written;
            previousClass = @class;
            codes[written++] = code;
        }

        codes.RemoveRange(written, codes.Count - written);
    }

    private static int? Pair(int first, int second, Tables tables)
    {
        if (first - LeadBase is >= 0 and < Leads and var lead && second - VowelBase is >= 0 and < Vowels and var vowel)
            return HangulBase + (((lead * Vowels) + vowel) * Trails);
        if (first - HangulBase is >= 0 and < Leads * Vowels * Trails and var syllable && syllable % Trails == 0
            && second - TrailBase is > 0 and < Trails and var trail)
        {
            return first + trail;
        }

        return tables.Pairs.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private sealed class Tables
    {
        public required FrozenDictionary<int, int[]> Parts { get; init; }

        public required FrozenDictionary<(int First, int Second), int> Pairs { get; init; }

        public required FrozenDictionary<int, int> Classes { get; init; }

        public int ClassOf(int code) => Classes.GetValueOrDefault(code);

        public static Tables Read()
        {
            Dictionary<int, int[]> parts = [];
            Dictionary<(int, int), int> pairs = [];
            Dictionary<int, int> classes = [];
            using var stream = typeof(CanonicalText).Assembly.GetManifestResourceStream("canonical-forms.txt")!;
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (line[0] == '#')
                    continue;
                var numbers = line[2..].Split(' ')
                    .Select(text => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
                if (line[0] == 'C')
                {
                    for (var code = numbers[0]; code <= numbers[1]; code++)
                        classes[code] = numbers[2];
                    continue;
                }

                parts[numbers[0]] = numbers[1..];
                if (line[0] == 'D')
                    pairs[(numbers[1], numbers[2])] = numbers[0];
            }

            return new Tables
            {
                Parts = parts.ToFrozenDictionary(),
                Pairs = pairs.ToFrozenDictionary(),
                Classes = classes.ToFrozenDictionary(),
            };
        }
    }
}
