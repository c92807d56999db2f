using System.Globalization;
using System.Text;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.Filters;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>
/// What the glyphs of a file stand for, so that its text can be searched, copied and read aloud. The library maps one
/// glyph to one character, and of the shapes of an Arabic letter only one: its maps are replaced.
/// </summary>
internal sealed class GlyphTexts
{
    // Bound of a block in the CMap's format.
    private const int MaxEntriesPerBlock = 100;

    // The library tells glyphs apart by a character: one of a private plane stands for each.
    private const int PrivatePlane = 0xF0000;

    // In the order in which the fonts are drawn with first.
    private readonly OrderedDictionary<string, SortedDictionary<ushort, string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Notes a glyph; the character by which the library is to know it.</summary>
    public int Add(ShapedGlyph glyph)
    {
        if (!_texts.TryGetValue(glyph.Font.Name, out var texts))
            _texts.Add(glyph.Font.Name, texts = []);
        if (glyph.Text.Length > 0)
            texts.TryAdd(glyph.Id, glyph.Text);
        return PrivatePlane + glyph.Id;
    }

    /// <summary>Gives the file's fonts their maps.</summary>
    public void Write(PdfDocument document)
    {
        // The library makes a font when it draws with it first, and its names for two weights may be the same.
        var fonts = document.Internals.GetAllObjects().OfType<PdfDictionary>()
            .Where(one => one.Elements.GetName("/Subtype") == "/Type0").OrderBy(PdfInternals.GetObjectNumber).ToList();
        if (fonts.Count != _texts.Count)
            throw new InvalidOperationException($"The file has {fonts.Count} fonts and was drawn with {_texts.Count}.");
        foreach (var (font, texts) in fonts.Zip(_texts.Values))
        {
            var map = new PdfDictionary(document);
            map.CreateStream(new FlateDecode().Encode(Encoding.ASCII.GetBytes(MapOf(texts))));
            map.Elements.SetName("/Filter", "/FlateDecode");
            document.Internals.AddObject(map);
            font.Elements.SetReference("/ToUnicode", map);
        }
    }

    private static string MapOf(SortedDictionary<ushort, string> texts)
    {
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        foreach (var block in texts.Chunk(MaxEntriesPerBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, text) in block)
            {
                var units = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{units}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
