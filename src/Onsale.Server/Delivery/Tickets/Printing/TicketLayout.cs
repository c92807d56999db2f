namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>Measures of a format, in points of 1/72 inch.</summary>
/// <param name="Width">Of the page.</param>
/// <param name="Height">Of the page.</param>
/// <param name="Margin">Around everything.</param>
/// <param name="TextWidth">Of what is written beside the code, or above it.</param>
/// <param name="CodeWidth">Of the QR code with its quiet zone.</param>
/// <param name="IsCodeBeside">Whether the code stands beside the text; else between.</param>
/// <param name="TitleSize">Size of the event's title.</param>
/// <param name="TextSize">Size of other text.</param>
/// <param name="LargeSize">Size of section, row and seat.</param>
/// <param name="SmallSize">Size of labels and of the note.</param>
internal sealed record TicketLayout(
    double Width, double Height, double Margin, double TextWidth, double CodeWidth, bool IsCodeBeside, double TitleSize,
    double TextSize, double LargeSize, double SmallSize)
{
    /// <summary>Lines of a title; a longer one is cut.</summary>
    public const int MaxTitleLines = 3;

    /// <summary>Lines of any other text but the note.</summary>
    public const int MaxLines = 2;

    /// <summary>Lines of the note at the end.</summary>
    public const int MaxNoteLines = 8;

    private static readonly TicketLayout s_a4 = new(595, 842, 48, 300, 176, IsCodeBeside: true, 22, 11.5, 20, 8.5);
    private static readonly TicketLayout s_phone = new(360, 760, 24, 312, 232, IsCodeBeside: false, 20, 13, 20, 10);

    public static TicketLayout Of(TicketFormat format) => format == TicketFormat.A4 ? s_a4 : s_phone;
}
