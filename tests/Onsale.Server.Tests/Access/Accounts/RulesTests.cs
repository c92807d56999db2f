using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class RulesTests
{
    [Theory]
    [InlineData("a few words to remember")]
    [InlineData("tRee7!kx")]
    [InlineData("ünïcödé ist gut")]
    [InlineData("🎟🎟🎟🎟🎟🎟🎟🎸")]
    [InlineData("        8")]
    public void Long_enough_and_not_well_known_is_a_password(string password) =>
        PasswordRules.Check(password, "bea@example.com", "Bea").ShouldBeNull();

    [Theory]
    [InlineData(null, "Give a password")]
    [InlineData("", "Give a password")]
    [InlineData("seven77", "at least 8")]
    [InlineData("🎟🎸🎟🎸", "at least 8")]
    [InlineData("password", "first that anyone")]
    [InlineData("PassWord123", "first that anyone")]
    [InlineData("password2024", "first that anyone")]
    [InlineData("Passw0rd!", "first that anyone")]
    [InlineData("football12", "first that anyone")]
    [InlineData("monkey12", "first that anyone")]
    [InlineData("dragon12", "first that anyone")]
    [InlineData("arsenal123", "first that anyone")]
    [InlineData("Summer2026!", "first that anyone")]
    [InlineData("p@$$word", "first that anyone")]
    [InlineData("beatricemay1", "your name or e-mail")]
    [InlineData("May.Beatrice99", "your name or e-mail")]
    [InlineData("qwertyuiop", "first that anyone")]
    [InlineData("00000000000", "first that anyone")]
    [InlineData("abcdefghij", "first that anyone")]
    [InlineData("987654321", "first that anyone")]
    [InlineData("Beatrice.May", "your name or e-mail")]
    [InlineData("beatrice.may@example.com", "your name or e-mail")]
    [InlineData("Beatrice May", "your name or e-mail")]
    [InlineData("with a \u0007 bell", "cannot be typed")]
    public void What_is_not_a_password_is_refused_with_the_reason(string? password, string reason) =>
        PasswordRules.Check(password, "beatrice.may@example.com", "Beatrice May").ShouldNotBeNull()
            .ShouldContain(reason);

    [Fact]
    public void A_password_has_at_most_128_characters()
    {
        PasswordRules.Check(string.Concat(Enumerable.Repeat("ab c", 32)), "a@example.com", "A").ShouldBeNull();
        PasswordRules.Check(string.Concat(Enumerable.Repeat("ab c", 33)), "a@example.com", "A").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Jos\u00e9 \u200d", false)]
    [InlineData("\ud83d\udc69\u200d\ud83c\udfa4 Ada", true)]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0646", true)]
    [InlineData("\u2764\ufe0f", true)]
    [InlineData("\ufe0f", false)]
    [InlineData("\u2800\u2800", false)]
    [InlineData("Ada\u00ad", false)]
    public void A_name_can_be_seen(string name, bool isName) =>
        (AccountRules.CheckName(name, out _) is null).ShouldBe(isName);

    [Theory]
    [InlineData("bea@example.com")]
    [InlineData("bea+tickets@mail.example.co.uk")]
    [InlineData("o'hara@example.ie")]
    [InlineData("b@xn--bcher-kva.example")]
    [InlineData("грета@почта.рф")]
    [InlineData(" bea@example.com ")]
    public void An_address_that_mail_could_reach_is_taken(string email) =>
        AccountRules.CheckEmail(email, out _).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@example.com")]
    [InlineData("bea@")]
    [InlineData("bea@example")]
    [InlineData("bea@.com")]
    [InlineData("bea@example..com")]
    [InlineData("bea@-example.com")]
    [InlineData("bea@exam_ple.com")]
    [InlineData("bea,bo@example.com")]
    [InlineData("Bea <bea@example.com>")]
    [InlineData("bea@example.com\nbcc:all")]
    [InlineData("bea\u202e@example.com")]
    public void What_no_mail_could_reach_is_refused(string? email) =>
        AccountRules.CheckEmail(email, out _).ShouldNotBeNull();

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        // Not as test data: an attribute's text is stored as UTF-8, which cannot carry it.
        PasswordRules.Check("with half a \ud83c pair", "a@example.com", "A").ShouldNotBeNull();
        AccountRules.CheckEmail("bea\ud83c@example.com", out _).ShouldNotBeNull();
        AccountRules.CheckName("Bea \udf9f", out _).ShouldNotBeNull();
    }

    [Fact]
    public void Addresses_and_names_have_their_limits()
    {
        var domain = $"@{string.Join('.', Enumerable.Repeat(new string('d', 60), 3))}.com";
        AccountRules.CheckEmail(new string('a', 64) + domain, out _).ShouldBeNull();
        AccountRules.CheckEmail(new string('a', 65) + domain, out _).ShouldNotBeNull();
        AccountRules.CheckEmail($"{new string('a', 64)}@{new string('d', 63)}.{domain[1..]}", out _).ShouldNotBeNull();
        AccountRules.CheckName(new string('n', 100), out _).ShouldBeNull();
        AccountRules.CheckName(new string('n', 101), out _).ShouldNotBeNull();
    }
}
