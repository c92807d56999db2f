using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>Prints tickets as PDF, one a page: tagged, with its fonts, in the reader's language and direction.</summary>
internal sealed class TicketPdf(TicketTexts texts, TimeProvider time)
{
    public const string ContentType = "application/pdf";

    /// <summary>The file.</summary>
    /// <param name="occasion">What all tickets have in common.</param>
    /// <param name="tickets">At least one.</param>
    /// <param name="format">The size of the pages.</param>
    public byte[] Write(PrintedEvent occasion, IReadOnlyList<PrintedTicket> tickets, TicketFormat format)
    {
        var language = occasion.Language;
        var title = TextDirection.Clean(texts.Of(language, "documentTitle", "event", occasion.Title));
        var isRightToLeft = Languages.DirectionOf(language) == "rtl";
        using var shaper = new TextShaper(PrintFonts.Loaded, language, isRightToLeft);
        using var file = new TaggedFile(title, language, time.GetUtcNow().UtcDateTime);
        var layout = TicketLayout.Of(format);
        foreach (var (index, ticket) in tickets.Index())
        {
            file.AddPage(layout.Width, layout.Height);
            var sheet = new TicketSheet(file, shaper, layout, isRightToLeft);
            Draw(sheet, occasion, ticket, texts.Position(language, index + 1, tickets.Count));
        }

        return file.Save();
    }

    private void Draw(TicketSheet sheet, PrintedEvent occasion, PrintedTicket ticket, string position)
    {
        var language = occasion.Language;
        sheet.Begin(occasion.Organiser, position, occasion.Title);
        sheet.Line(texts.Moment(language, occasion.StartsAt, occasion.TimeZone), isBold: true);
        if (sheet.HasCodeFirst)
            DrawCode();
        sheet.Line(occasion.Venue, isBold: true);
        sheet.Line(occasion.Address, isBold: false);
        List<(string, string)> place = ticket.Seat is { } seat
            ?
            [
                (Label("section"), PlaceNames.Of(seat.Section, language)), (Label("row"), seat.Row),
                (Label("seat"), seat.Number),
            ]
            : [];
        sheet.Facts(place, isLarge: true);
        sheet.Facts(
            [
                (Label("tier"), PlaceNames.Of(ticket.Tier, language)), (Label("holder"), ticket.Holder ?? ""),
                (Label("orderCode"), occasion.OrderCode ?? ""),
            ],
            isLarge: false);
        if (!sheet.HasCodeFirst)
            DrawCode();
        sheet.End(Label("note"));

        void DrawCode()
        {
            var typed = InGroups(ticket.TypedCode);
            sheet.Code(ticket.SignedCode, typed, Label("typed"), texts.Of(language, "qr", "code", typed));
        }

        string Label(string key) => texts.Of(language, key);
    }

    // "K7M2 F2QX DH9A 4TRW": groups are typed with fewer mistakes.
    private static string InGroups(string code) =>
        string.Join(' ', code.Chunk(4).Select(group => new string(group)));
}
