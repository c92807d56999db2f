using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class OrderCodeTests
{
    [Fact]
    public void Codes_have_nine_characters_that_look_like_no_others_and_are_read_as_they_are_shown()
    {
        var codes = Enumerable.Range(0, 1_000).Select(_ => OrderCodes.New()).ToArray();

        codes.Distinct().Count().ShouldBe(codes.Length);
        foreach (var code in codes)
        {
            code.ShouldMatch("^[23456789CDFGHJKMNPQRTVWXY]{9}$");
            OrderCodes.TryRead(OrderCodes.Show(code), out var read).ShouldBeTrue();
            read.ShouldBe(code);
        }
    }

    [Theory]
    [InlineData("K7M-F2Q-XDH", "K7MF2QXDH")]
    [InlineData(" k7m f2q xdh ", "K7MF2QXDH")]
    [InlineData("K7M–F2Q‑XDH", "K7MF2QXDH")]
    [InlineData("ZSB-ZSB-ZSB", "258258258")]
    public void What_people_type_is_read(string typed, string expected)
    {
        OrderCodes.TryRead(typed, out var code).ShouldBeTrue();
        code.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K7M-F2Q-XD")]
    [InlineData("K7M-F2Q-XDHH")]
    [InlineData("K7M-F2Q-XD0")]
    [InlineData("K7M-F2Q-XDİ")]
    [InlineData("K7M-F2Q-XDH                                         ")]
    public void What_is_no_code_is_refused(string? typed) =>
        OrderCodes.TryRead(typed, out _).ShouldBeFalse();
}
