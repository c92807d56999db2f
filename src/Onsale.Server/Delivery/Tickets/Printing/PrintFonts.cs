using PdfSharp.Fonts;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>
/// The fonts of printed tickets: Noto Sans, with those for Arabic and Hebrew. They are read, and HarfBuzz is loaded, when
/// the first ticket is printed: a program that never prints does without them.
/// </summary>
internal sealed class PrintFonts : IFontResolver
{
    private static readonly string[] s_families = ["NotoSans", "NotoSansArabic", "NotoSansHebrew"];
    private static readonly Lazy<PrintFonts> s_loaded = new(Load);

    private readonly PrintFont[] _regular = [.. s_families.Select(family => PrintFont.Load($"{family}-Regular"))];
    private readonly PrintFont[] _bold = [.. s_families.Select(family => PrintFont.Load($"{family}-Bold"))];

    private PrintFonts()
    {
    }

    /// <summary>The fonts, read by the first who asks.</summary>
    public static PrintFonts Loaded => s_loaded.Value;

    /// <summary>
    /// The font for a character: the one before it as far as that has it, so that a space or a full stop does not cut a
    /// word off from its neighbours; else the first that has it. What none has is drawn as the box of the first.
    /// </summary>
    public PrintFont For(int codePoint, bool isBold, PrintFont? before)
    {
        var fonts = isBold ? _bold : _regular;
        return before is not null && before.Has(codePoint)
            ? before
            : Array.Find(fonts, font => font.Has(codePoint)) ?? before ?? fonts[0];
    }

    /// <summary>Whether any of the fonts has a character.</summary>
    public bool Has(int codePoint) => Array.Exists(_regular, font => font.Has(codePoint));

    // Asked for by the name of the file alone: weights are files, not styles.
    FontResolverInfo? IFontResolver.ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        Find(familyName) is null ? null : new FontResolverInfo(familyName);

    byte[]? IFontResolver.GetFont(string faceName) => Find(faceName)?.File;

    private PrintFont? Find(string name) =>
        Array.Find([.. _regular, .. _bold], font => string.Equals(font.Name, name, StringComparison.Ordinal));

    private static PrintFonts Load()
    {
        var fonts = new PrintFonts();
        // The library has one resolver a process, and fonts of the system without it.
        GlobalFontSettings.FontResolver = fonts;
        return fonts;
    }
}
