using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Tests.Delivery.Tickets;

public sealed class PlaceNamesTests
{
    [Theory]
    [InlineData("Orchestra, row C, seat 14", "Parkett, Reihe C, Platz 14", "Platea, fila C, asiento 14")]
    [InlineData("Tables, table 4, chair 2", "Tische, Tisch 4, Stuhl 2", "Mesas, mesa 4, silla 2")]
    [InlineData("Section 101, row 1, seat 2", "Block 101, Reihe 1, Platz 2", "Sección 101, fila 1, asiento 2")]
    [InlineData("The Loft, row A, seat 1", "The Loft, Reihe A, Platz 1", "The Loft, fila A, asiento 1")]
    [InlineData("row C, seat 9", "Reihe C, Platz 9", "fila C, asiento 9")]
    [InlineData("Pitch Standing", "Stehplatz Innenraum", "Campo de pie")]
    [InlineData("Loge Left", "Loge links", "Palco izquierda")]
    [InlineData("VIP", "VIP", "VIP")]
    [InlineData("Floor of Honour", "Floor of Honour", "Floor of Honour")]
    [InlineData("", "", "")]
    public void Label_is_in_the_readers_language(string label, string german, string spanish)
    {
        PlaceNames.OfLabel(label, "de").ShouldBe(german);
        PlaceNames.OfLabel(label, "es").ShouldBe(spanish);
        PlaceNames.OfLabel(label, "en").ShouldBe(label);
    }

    [Fact]
    public void Arabic_label_has_its_own_comma()
    {
        PlaceNames.OfLabel("Orchestra, row C, seat 14", "ar").ShouldBe("الصالة، صف C، مقعد 14");
    }

    [Fact]
    public void Every_language_has_the_words_of_rows_and_seats()
    {
        foreach (var language in Languages.All)
        {
            foreach (var (kind, seat) in new[] { ("row", "seat"), ("table", "chair"), ("box", "seat") })
            {
                var label = PlaceNames.OfLabel($"{kind} 1, {seat} 2", language);
                label.ShouldContain('1');
                label.Contains(kind, StringComparison.Ordinal).ShouldBe(language == "en");
            }
        }
    }
}
