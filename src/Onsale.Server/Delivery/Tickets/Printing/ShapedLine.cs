namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>A glyph where a line has it. Lengths are parts of the size of the type.</summary>
/// <param name="Font">Whose glyph.</param>
/// <param name="Id">Its number in the font.</param>
/// <param name="Text">What it stands for; empty: its neighbour stands for that too.</param>
/// <param name="X">From the line's left end.</param>
/// <param name="Y">Above the base line.</param>
/// <param name="IsNext">Whether it stands where the glyph before it ends, by that one's own width.</param>
internal readonly record struct ShapedGlyph(
    PrintFont Font, ushort Id, string Text, double X, double Y, bool IsNext);

/// <summary>A line of text, shaped, in the order in which it is seen.</summary>
/// <param name="Glyphs">From left to right.</param>
/// <param name="Width">As a part of the size of the type.</param>
internal sealed record ShapedLine(IReadOnlyList<ShapedGlyph> Glyphs, double Width);

/// <summary>A text in lines.</summary>
/// <param name="Lines">From top to bottom; none for an empty text.</param>
/// <param name="Text">All of it, also what did not fit: for those who do not see it.</param>
internal sealed record ShapedText(IReadOnlyList<ShapedLine> Lines, string Text);
