using Onsale.Server.Delivery.Tickets.Printing;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>Cases of the Unicode bidirectional algorithm, written as each character's level.</summary>
public sealed class TextDirectionTests
{
    [Theory]
    [InlineData("abc", "000")]
    [InlineData("אבג", "111")]
    [InlineData("a אב b", "001100")]
    [InlineData("אב ab גד", "11122111")]
    // Numbers run from left to right in either, and go with what they follow.
    [InlineData("אב 12", "11122")]
    [InlineData("حفل 1,250.50", "1111" + "22222222")]
    [InlineData("حفل 20%", "111122" + "1")]
    [InlineData("אב 20%", "111222")]
    [InlineData("ab 12", "00000")]
    // Brackets go with what they enclose.
    [InlineData("אב (ab)", "1111221")]
    [InlineData("حفل ab (cd)", "11112222222")]
    [InlineData("ab (אב) cd", "0000110000")]
    // Marks with their letter.
    [InlineData("אָב", "111")]
    public void Levels_are_those_of_the_algorithm(string text, string levels) =>
        string.Concat(TextDirection.LevelsOf(text, TextDirection.IsRightToLeft(text, surroundings: false)))
            .ShouldBe(levels);

    [Theory]
    [InlineData("12 (אב)", false, true)]
    [InlineData("12", true, true)]
    [InlineData("12", false, false)]
    [InlineData("12 a אב", true, false)]
    public void The_first_letter_says_the_direction(string text, bool surroundings, bool isRightToLeft) =>
        TextDirection.IsRightToLeft(text, surroundings).ShouldBe(isRightToLeft);

    [Fact]
    public void What_is_invisible_is_taken_out_but_for_what_spelling_needs() =>
        TextDirection.Clean(" a\u202Eb\nc\t\u0000d  \u2067e می\u200Cخواهم ").ShouldBe("ab c d e می\u200Cخواهم");
}
