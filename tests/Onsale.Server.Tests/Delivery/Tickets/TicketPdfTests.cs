using System.Text;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets.Printing;

namespace Onsale.Server.Tests.Delivery.Tickets;

public sealed class TicketPdfTests
{
    // As many digits and letters as a signed code has.
    private static readonly string Code = string.Concat(
        Enumerable.Range(0, 120).Select(number => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number * 7 % 36]));

    private static readonly PrintedEvent Evening = new(
        "An Evening of Songs", "Lantern Hall", new DateTimeOffset(2027, 6, 1, 18, 0, 0, TimeSpan.Zero), "Europe/Berlin",
        "Great Hall", "1 Main Street, Springfield", "K7M-F2Q-XDH", "en");

    private static string InFile(string text) =>
        $"/ActualText<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private static readonly PrintedTicket Ticket = new(
        Code, "K7M2F2QXDH9A4TRW", "Front stalls", new PrintedSeat("Orchestra", "C", "14"), "Ada Brook");

    [Theory]
    [InlineData("A4", 595, 842)]
    [InlineData("Phone", 360, 760)]
    public async Task A_page_says_what_the_ticket_is_for_and_its_code_can_be_scanned(
        string format, int width, int height)
    {
        using var pages = Print(Evening, Enum.Parse<TicketFormat>(format), Ticket, Ticket with { Seat = null, Holder = null });

        pages.Count.ShouldBe(2);
        pages.Page(1).Width.ShouldBe(width, 0.5);
        pages.Page(1).Height.ShouldBe(height, 0.5);
        var text = OneLine(await pages.TextAsync(1));
        foreach (var part in (string[])
                 ["An Evening of Songs", "Lantern Hall", "Tuesday, 1 June 2027, 20:00 CEST", "Great Hall", "Springfield",
                     "Orchestra", "Front stalls", "Ada Brook", "K7M-F2Q-XDH", "K7M2 F2QX DH9A 4TRW", "Ticket 1 of 2"])
            text.ShouldContain(part);
        OneLine(await pages.TextAsync(2)).ShouldNotContain("Orchestra");
        (await pages.ScanAsync(1)).ShouldBe(Code);
        (await pages.ScanAsync(2)).ShouldBe(Code);
    }

    [Fact]
    public void A_file_is_tagged_names_its_language_and_brings_the_letters_it_uses()
    {
        using var pages = Print(Evening with { Language = "de" }, TicketFormat.A4, Ticket);

        pages.Title.ShouldBe("Tickets: An Evening of Songs");
        pages.Source.ShouldContain("K7M2 F2QX DH9A 4TRW", customMessage: "what the picture of the code says in words");
        pages.Source.ShouldContain("/StructTreeRoot");
        pages.Source.ShouldMatch(@"/Marked\s+true");
        pages.Source.ShouldMatch(@"/Lang\s*\(de\)");
        pages.Source.ShouldMatch(@"/S\s*/H1\b");
        pages.Source.ShouldMatch(@"/S\s*/Figure\b");
        // A subset has a name of six letters before its own.
        pages.FontsOf(1).ShouldAllBe(font => font.Length > 7 && font[6] == '+');
    }

    [Theory]
    [InlineData("en", "Orchestra", "Gallery")]
    [InlineData("de", "Parkett", "Galerie")]
    [InlineData("es", "Platea", "Galería")]
    public async Task Sections_and_tiers_are_named_in_the_readers_language(string language, string section, string tier)
    {
        using var pages = Print(
            Evening with { Language = language }, TicketFormat.A4, Ticket with { Tier = "Gallery" });

        var text = OneLine(await pages.TextAsync(1));
        text.ShouldContain(section);
        text.ShouldContain(tier);
        text.Contains("Orchestra", StringComparison.Ordinal).ShouldBe(language == "en");
    }

    [Fact]
    public async Task Arabic_is_joined_and_runs_from_right_to_left_and_can_be_searched()
    {
        using var pages = Print(
            Evening with
            {
                Language = "ar",
                Title = "مهرجان الموسيقى الكبير (2027) مع Lantern Quartet",
                Venue = "قاعة الملك",
            },
            TicketFormat.A4, Ticket with { Holder = "ليلى الأحمد", Tier = "الفئة الأولى" });

        var text = OneLine(await pages.TextAsync(1)).Normalize(NormalizationForm.FormKC);
        string[] parts =
        [
            "مهرجان الموسيقى الكبير", "قاعة الملك", "Lantern Quartet", "2027",
        ];
        foreach (var part in parts)
            text.ShouldContain(part);
        // Poppler turns the letters of a ligature round; what is read aloud has them as they were written.
        foreach (var part in (string[])["ليلى الأحمد", "الفئة الأولى"])
            pages.Source.ShouldContain(InFile(part));

        // The first letter of the title begins the line at the right edge of the page.
        pages.Page(1).Letters.Where(letter => letter.Value == "م" && letter.PointSize > 20)
            .Max(letter => letter.StartBaseLine.X).ShouldBeGreaterThan(500);
        // Joined: the same letter has another shape at a word's beginning than at its end.
        Shape("ب ب").ShouldBe(1, "letters that stand alone have one shape");
        Shape("ببب").ShouldBe(3, "at the beginning, in the middle and at the end there are three");
        (await pages.ScanAsync(1)).ShouldBe(Code);
    }

    [Fact]
    public async Task A_direction_changes_within_a_line_and_brackets_stay_around_what_they_enclose()
    {
        using var pages = Print(
            Evening with { Language = "ar", Title = "حفل (Live) 12" }, TicketFormat.A4, Ticket);

        var title = pages.Page(1).Letters.Where(letter => letter.PointSize > 20)
            .OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value).Where(value => value != " ");
        // From the left: what stands to the right of the English word there opens the bracket, and is drawn mirrored.
        string.Concat(title).ShouldStartWith("12)Live(");
        (await pages.TextAsync(1)).ShouldContain("Live");
    }

    [Theory]
    [InlineData("en", "X")]
    [InlineData("en", "Wörterbuch")]
    [InlineData("ar", "مستشفى")]
    [InlineData("en", "👩‍👩‍👧")]
    public async Task Text_of_any_length_stays_on_the_page_and_leaves_the_code_readable(string language, string word)
    {
        var endless = string.Concat(Enumerable.Repeat(word, 200));
        var many = string.Join(' ', Enumerable.Repeat(word, 200));
        foreach (var format in Enum.GetValues<TicketFormat>())
        {
            foreach (var text in (string[])[endless, many])
            {
                using var pages = Print(
                    new PrintedEvent(
                        text, text, Evening.StartsAt, Evening.TimeZone, text, text, "K7M-F2Q-XDH", language),
                    format, new PrintedTicket(Code, Ticket.TypedCode, text, new PrintedSeat(text, text, text), text));

                var page = pages.Page(1);
                pages.Count.ShouldBe(1);
                page.Letters.ShouldAllBe(letter =>
                    letter.StartBaseLine.X >= 20 && letter.EndBaseLine.X <= page.Width - 12
                    && letter.StartBaseLine.Y >= 20 && letter.StartBaseLine.Y <= page.Height - 20);
                (await pages.ScanAsync(1)).ShouldBe(Code, $"{format} {language} {word}");
            }
        }
    }

    [Fact]
    public void All_languages_have_the_same_texts()
    {
        var texts = new TicketTexts();

        foreach (var language in Languages.All)
            texts.KeysOf(language).ShouldBe(texts.KeysOf("en"), ignoreOrder: true, customMessage: language);
    }

    [Fact]
    public void Tickets_printed_at_once_do_not_mix()
    {
        var files = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(8).Select(number =>
        {
            using var pages = Print(Evening with { Title = $"Evening {number}" }, TicketFormat.A4, Ticket);
            return string.Concat(pages.Page(1).Letters.Select(letter => letter.Value)).Contains($"Evening {number}Tue");
        });

        files.ShouldAllBe(isRight => isRight);
    }

    private static int Shape(string text)
    {
        using var shaper = new TextShaper(PrintFonts.Loaded, "ar", isRightToLeft: true);
        return shaper.Lay(text, isBold: false, width: 100, maxLines: 1).Lines.Single().Glyphs
            .Where(glyph => glyph.Text == "ب").Select(glyph => glyph.Id).Distinct().Count();
    }

    private static PdfPages Print(PrintedEvent occasion, TicketFormat format, params PrintedTicket[] tickets) =>
        new(new TicketPdf(new TicketTexts(), TimeProvider.System).Write(occasion, tickets, format));

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries));
}
