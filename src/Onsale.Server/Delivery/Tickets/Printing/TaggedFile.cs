using PdfSharp.Drawing;
using PdfSharp.Events;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>
/// A file of tagged pages (PDF/UA): what is drawn says what it is, in the order of reading. Text comes as glyphs that
/// HarfBuzz has chosen; the library puts them in the file, and embeds of its fonts what is used.
/// </summary>
internal sealed class TaggedFile : IDisposable
{
    private readonly PdfDocument _document = new();
    private readonly UAManager _tags;
    private readonly GlyphTexts _texts = new();
    private readonly Dictionary<(string Font, double Size), XFont> _fonts = [];
    private CodePointGlyphIndexPair[] _next = [];
    private XGraphics? _page;

    /// <param name="title">What readers show as the window's title.</param>
    /// <param name="language">BCP 47 tag of its text.</param>
    /// <param name="madeAt">The time that stands in the file.</param>
    public TaggedFile(string title, string language, DateTime madeAt)
    {
        _tags = UAManager.ForDocument(_document);
        _tags.SetDocumentLanguage(language);
        _document.Info.Title = title;
        _document.Info.Creator = "Onsale";
        _document.Info.CreationDate = madeAt;
        _document.RenderEvents.RenderTextEvent += PutGlyphs;
    }

    /// <summary>What describes the parts of the page.</summary>
    public StructureBuilder Tags => _tags.StructureBuilder;

    /// <summary>Begins a page; lengths are in points of 1/72 inch.</summary>
    public void AddPage(double width, double height)
    {
        _page?.Dispose();
        var page = _document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(width), XUnit.FromPoint(height));
        _page = XGraphics.FromPdfPage(page);
    }

    /// <summary>Draws a line of text with its left end there.</summary>
    public void Draw(ShapedLine line, double size, double left, double baseline, XBrush brush)
    {
        for (var i = 0; i < line.Glyphs.Count;)
        {
            var first = line.Glyphs[i];
            var end = i + 1;
            while (end < line.Glyphs.Count && line.Glyphs[end] is { IsNext: true } next && next.Font == first.Font)
                end++;
            _next = new CodePointGlyphIndexPair[end - i];
            for (var k = i; k < end; k++)
                _next[k - i] = new CodePointGlyphIndexPair(_texts.Add(line.Glyphs[k]), line.Glyphs[k].Id);
            // The text is only the occasion: what is drawn is what the event puts in its place, one glyph a character.
            Page.DrawString(
                new string('x', end - i), FontOf(first.Font.Name, size), brush, left + (first.X * size), baseline - (first.Y * size),
                XStringFormats.BaseLineLeft);
            i = end;
        }
    }

    /// <summary>Fills a shape.</summary>
    public void Fill(XBrush brush, XGraphicsPath path) => Page.DrawPath(brush, path);

    /// <summary>Draws a rule, which says nothing.</summary>
    public void Rule(XPen pen, double left, double right, double y)
    {
        Tags.BeginArtifact();
        Page.DrawLine(pen, left, y, right, y);
        Tags.End();
    }

    /// <summary>Draws a box, which says nothing.</summary>
    public void Box(XPen pen, double left, double top, double width, double height, double radius)
    {
        Tags.BeginArtifact();
        Page.DrawRoundedRectangle(pen, left, top, width, height, radius, radius);
        Tags.End();
    }

    /// <summary>The finished file.</summary>
    public byte[] Save()
    {
        _page?.Dispose();
        _page = null;
        _texts.Write(_document);
        using var stream = new MemoryStream();
        _document.Save(stream, closeStream: false);
        return stream.ToArray();
    }

    public void Dispose()
    {
        _page?.Dispose();
        _document.Dispose();
    }

    private XGraphics Page => _page ?? throw new InvalidOperationException("The file has no page to draw on.");

    private XFont FontOf(string name, double size)
    {
        if (!_fonts.TryGetValue((name, size), out var font))
        {
            font = new XFont(name, size, XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));
            _fonts.Add((name, size), font);
        }

        return font;
    }

    private void PutGlyphs(object sender, RenderTextEventArgs e) => e.CodePointGlyphIndexPairs = _next;
}
