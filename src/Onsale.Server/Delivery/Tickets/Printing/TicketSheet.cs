using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;
using QRCoder;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>Draws one ticket on the page that was begun last, from top to bottom.</summary>
internal sealed class TicketSheet(TaggedFile file, TextShaper shaper, TicketLayout layout, bool isRightToLeft)
{
    private const double LineHeight = 1.36;
    private const double Ascent = 1.07;
    private const double Gap = 12;
    private const double ColumnGap = 14;
    private const double BoxPadding = 18;
    private const double BoxRadius = 14;

    private static readonly XBrush s_ink = XBrushes.Black;
    private static readonly XBrush s_soft = new XSolidBrush(XColor.FromArgb(0x4A, 0x4F, 0x57));
    private static readonly XPen s_rule = new(XColor.FromArgb(0xC4, 0xC8, 0xCE), 0.75);

    private double _top = layout.Margin;
    private double _codeBottom;

    /// <summary>Whether the code comes before venue and place: on a phone it is what is shown.</summary>
    public bool HasCodeFirst => !layout.IsCodeBeside;

    private double PageWidth => layout.Width - (2 * layout.Margin);

    /// <summary>Organiser, which of the tickets it is, and the event's title.</summary>
    public void Begin(string organiser, string position, string title)
    {
        file.Tags.BeginElement(PdfGroupingElementTag.Section);
        var half = (PageWidth - ColumnGap) / 2;
        var left = Write(organiser, layout.SmallSize, s_soft, 0, half, 1, isBold: true);
        var right = Write(position, layout.SmallSize, s_soft, half + ColumnGap, half, 1, isAtEnd: true);
        _top = Math.Max(left, right) + (Gap / 2);
        file.Rule(s_rule, layout.Margin, layout.Width - layout.Margin, _top);
        _top += Gap;
        _codeBottom = _top;
        _top = Write(
            title, layout.TitleSize, s_ink, 0, layout.TextWidth, TicketLayout.MaxTitleLines, isBold: true,
            tag: PdfBlockLevelElementTag.Heading1);
        _top += Gap / 3;
    }

    /// <summary>A line of text below the last.</summary>
    public void Line(string text, bool isBold) =>
        _top = Write(text, layout.TextSize, s_ink, 0, layout.TextWidth, TicketLayout.MaxLines, isBold);

    /// <summary>Labels with what they say, side by side; those that say nothing are left out.</summary>
    public void Facts(IReadOnlyList<(string Label, string Value)> facts, bool isLarge)
    {
        var told = facts.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).ToList();
        if (told.Count == 0)
            return;
        _top += Gap;
        // A section has a name; a row and a seat are a few letters.
        var shares = told.Count + (isLarge ? 1 : 0);
        var share = (layout.TextWidth - ((told.Count - 1) * ColumnGap)) / shares;
        var (start, bottom) = (0.0, _top);
        foreach (var (index, (label, value)) in told.Index())
        {
            var width = isLarge && index == 0 ? 2 * share : share;
            var top = _top;
            _top = Write(label, layout.SmallSize, s_soft, start, width, 1);
            var size = isLarge ? layout.LargeSize : layout.TextSize;
            bottom = Math.Max(bottom, Write(value, size, s_ink, start, width, TicketLayout.MaxLines, isBold: true));
            _top = top;
            start += width + ColumnGap;
        }

        _top = bottom;
    }

    /// <summary>The QR code, and what is typed where it cannot be read.</summary>
    public void Code(string code, string typed, string typedLabel, string description)
    {
        var start = layout.IsCodeBeside ? PageWidth - layout.CodeWidth : (PageWidth - layout.CodeWidth) / 2;
        var textTop = _top;
        _top = layout.IsCodeBeside ? _codeBottom : _top + (Gap / 2);
        var left = LeftOf(start, layout.CodeWidth);
        file.Tags.BeginElement(
            PdfIllustrationElementTag.Figure, description, new XRect(left, _top, layout.CodeWidth, layout.CodeWidth));
        file.Fill(s_ink, Modules(code, left, _top));
        file.Tags.End();
        _top += layout.CodeWidth;
        _top = Write(
            typedLabel, layout.SmallSize, s_soft, start, layout.CodeWidth, TicketLayout.MaxLines, isCentred: true);
        _top = Write(typed, layout.TextSize, s_ink, start, layout.CodeWidth, 1, isBold: true, isCentred: true);
        _codeBottom = _top;
        _top = layout.IsCodeBeside ? textTop : _top + Gap;
    }

    /// <summary>What to know about it.</summary>
    public void End(string note)
    {
        _top = Math.Max(_top, _codeBottom) + Gap;
        file.Rule(s_rule, layout.Margin, layout.Width - layout.Margin, _top);
        _top += Gap / 2;
        _top = Write(note, layout.SmallSize, s_soft, 0, PageWidth, TicketLayout.MaxNoteLines);
        if (layout.IsCodeBeside)
        {
            file.Box(
                s_rule, layout.Margin - BoxPadding, layout.Margin - BoxPadding, PageWidth + (2 * BoxPadding),
                _top - layout.Margin + (2 * BoxPadding), BoxRadius);
        }

        file.Tags.End();
    }

    // The next line's top.
    private double Write(
        string text, double size, XBrush brush, double start, double width, int maxLines, bool isBold = false,
        bool isAtEnd = false, bool isCentred = false, PdfBlockLevelElementTag tag = PdfBlockLevelElementTag.Paragraph)
    {
        var shaped = shaper.Lay(text, isBold, width / size, maxLines);
        if (shaped.Lines.Count == 0)
            return _top;
        file.Tags.BeginElement(tag);
        // Glyphs are in the order in which they are seen, and some text may have been cut.
        file.Tags.CurrentStructureElement.Elements.SetString("/ActualText", shaped.Text);
        var top = _top;
        foreach (var line in shaped.Lines)
        {
            var free = width - (line.Width * size);
            var indent = isCentred ? free / 2 : isAtEnd ? free : 0;
            file.Draw(line, size, LeftOf(start + indent, line.Width * size), top + (size * Ascent), brush);
            top += size * LineHeight;
        }

        file.Tags.End();
        return top;
    }

    /// <summary>The left end of what begins so far from where lines begin.</summary>
    private double LeftOf(double start, double width) =>
        isRightToLeft ? layout.Width - layout.Margin - start - width : layout.Margin + start;

    // One shape: of several, some viewers show the seams.
    private XGraphicsPath Modules(string code, double left, double top)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var side = layout.CodeWidth / rows.Count;
        var path = new XGraphicsPath { FillMode = XFillMode.Winding };
        for (var row = 0; row < rows.Count; row++)
        {
            for (var from = 0; from < rows.Count;)
            {
                var to = from;
                while (to < rows.Count && rows[row][to])
                    to++;
                if (to > from)
                    path.AddRectangle(left + (from * side), top + (row * side), (to - from) * side, side);
                from = Math.Max(to, from + 1);
            }
        }

        return path;
    }
}
