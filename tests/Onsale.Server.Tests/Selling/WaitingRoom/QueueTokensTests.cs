using Onsale.Platform.Identity;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

public sealed class QueueTokensTests
{
    private readonly QueueTokens _tokens = new(new KeyedHash());

    private readonly QueueToken _pass = new(
        QueueTokenKind.Pass, House.NewId(), House.NewId(), Era: 3, Number: 811,
        new DateTimeOffset(2026, 11, 30, 10, 0, 0, 123, TimeSpan.Zero));

    [Fact]
    public void Token_is_read_as_it_was_written()
    {
        var text = _tokens.Write(_pass);

        text.Length.ShouldBe(QueueTokens.Chars);
        _tokens.Read(text).ShouldBe(_pass);
        _tokens.Read(text, QueueTokenKind.Pass, _pass.EventId, _pass.BuyerId).ShouldBe(_pass);
    }

    [Fact]
    public void Token_of_another_kind_event_or_buyer_is_none()
    {
        var text = _tokens.Write(_pass);

        _tokens.Read(text, QueueTokenKind.Admission, _pass.EventId, _pass.BuyerId).ShouldBeNull();
        _tokens.Read(text, QueueTokenKind.Pass, House.NewId(), _pass.BuyerId).ShouldBeNull();
        _tokens.Read(text, QueueTokenKind.Pass, _pass.EventId, House.NewId()).ShouldBeNull();
    }

    [Fact]
    public void Token_with_any_character_changed_is_none()
    {
        var text = _tokens.Write(_pass);
        for (var index = 0; index < text.Length; index++)
        {
            var changed = text.ToCharArray();
            changed[index] = changed[index] == 'A' ? 'Q' : 'A';
            _tokens.Read(new string(changed)).ShouldBeNull($"character {index}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("é")]
    public void What_is_no_token_is_none(string? text) => _tokens.Read(text).ShouldBeNull();

    [Fact]
    public void Token_of_another_installation_is_none() =>
        new QueueTokens(new KeyedHash()).Read(_tokens.Write(_pass)).ShouldBeNull();
}
