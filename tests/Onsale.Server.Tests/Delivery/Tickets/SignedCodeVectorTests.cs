using System.Security.Cryptography;
using System.Text.Json;
using NSec.Cryptography;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>
/// Signed codes as committed in <c>fixtures/tickets</c>: the door's copy of the rules is tested against the same file.
/// With <c>ONSALE_WRITE_FIXTURES=1</c> it is written anew.
/// </summary>
public sealed class SignedCodeVectorTests
{
    private const int Count = 40;
    private const int Seed = 20261130;

    [Fact]
    public void Vectors_are_what_the_format_says()
    {
        var random = new Random(Seed);
        var lines = Enumerable.Range(0, Count).Select(number =>
        {
            var bytes = new byte[48];
            random.NextBytes(bytes);
            using var key = Key.Import(SignatureAlgorithm.Ed25519, bytes.AsSpan(0, 32), KeyBlobFormat.RawPrivateKey);
            var eventId = new Guid(bytes.AsSpan(32));
            var issued = TicketVectors.IssuedCode(random);
            var counter = number == 0 ? SignedCode.MaxCounter : random.Next(number);
            using var signer = TicketSigner.Open(eventId, number % SignedCode.MaxKeys, bytes[..32]);
            return JsonSerializer.Serialize(new
            {
                code = signer.Sign(issued, counter),
                publicKey = Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)),
                eventId,
                eventHint = SignedCode.HintOf(eventId),
                key = number % SignedCode.MaxKeys,
                counter,
                reference = issued[..SignedCode.ReferenceCharacters],
            });
        });
        TicketVectors.Compare("codes", lines);
    }

    [Fact]
    public void A_code_reads_as_it_was_written_and_no_changed_one_verifies()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        using var key = Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey);
        var publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var eventId = House.NewId();
        using var signer = TicketSigner.Open(eventId, 31, secret);
        var text = signer.Sign("0Z9Y8X7W6V5T4S3R", 4095);

        text.Length.ShouldBe(120);
        text.ShouldAllBe(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character));
        SignedCode.TryRead(text, out var code, out var signature).ShouldBeTrue();
        code.ShouldBe(new SignedCode(31, SignedCode.HintOf(eventId), 4095, "0Z9Y8X7W6V5T"));
        TicketSigning.IsSignedBy(publicKey, eventId, code, signature).ShouldBeTrue();
        // The id of the event is signed, not only the part of it that the code shows.
        var sameHint = new Guid([.. Enumerable.Repeat((byte)1, 13), .. eventId.ToByteArray().AsSpan(13)]);
        SignedCode.HintOf(sameHint).ShouldBe(code.EventHint);
        TicketSigning.IsSignedBy(publicKey, sameHint, code, signature).ShouldBeFalse();

        var verified = Enumerable.Range(0, text.Length).Count(i =>
        {
            var other = text[i] == '0' ? '1' : '0';
            var changed = $"{text[..i]}{other}{text[(i + 1)..]}";
            return SignedCode.TryRead(changed, out var read, out var itsSignature)
                && TicketSigning.IsSignedBy(publicKey, eventId, read, itsSignature);
        });
        verified.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("!00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_signed_code_is_not_read(string text) =>
        SignedCode.TryRead(text, out _, out _).ShouldBeFalse();
}
