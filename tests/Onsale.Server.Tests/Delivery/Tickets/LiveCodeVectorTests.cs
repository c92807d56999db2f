using System.Security.Cryptography;
using System.Text.Json;
using NSec.Cryptography;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>
/// Codes that are shown live, as committed in <c>fixtures/tickets</c>: the page that makes them and the door's app are
/// tested against the same files. With <c>ONSALE_WRITE_FIXTURES=1</c> they are written anew.
/// </summary>
public sealed class LiveCodeVectorTests
{
    private const int Count = 20;
    private const int Seed = 20261201;

    [Fact]
    public void Vectors_are_what_the_format_says()
    {
        var random = new Random(Seed);
        var lines = Enumerable.Range(0, Count).Select(number =>
        {
            var bytes = new byte[48];
            random.NextBytes(bytes);
            var eventId = new Guid(bytes.AsSpan(32));
            var issued = TicketVectors.IssuedCode(random);
            var counter = number == 0 ? SignedCode.MaxCounter : random.Next(number);
            var step = number == 1 ? uint.MaxValue : (uint)random.Next();
            using var signer = TicketSigner.Open(eventId, number, bytes[..32]);
            var (ticket, holderKey) = signer.SignLive(issued, counter);
            using var key = Key.Import(SignatureAlgorithm.Ed25519, bytes.AsSpan(0, 32), KeyBlobFormat.RawPrivateKey);
            return JsonSerializer.Serialize(new
            {
                ticket = Convert.ToBase64String(ticket),
                holderKey = Convert.ToBase64String(holderKey),
                step,
                code = new LivePhone(eventId, ticket, holderKey).Show(step),
                publicKey = Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)),
                eventId,
                eventHint = SignedCode.HintOf(eventId),
                key = number,
                counter,
                reference = issued[..SignedCode.ReferenceCharacters],
            });
        });
        TicketVectors.Compare("live-codes", lines);
    }

    [Fact]
    public void Steps_are_good_for_as_long_as_the_rule_says()
    {
        var lines = Enumerable.Range(-4, 9).Select(apart => JsonSerializer.Serialize(new
        {
            step = 118_000_000 + apart,
            now = 118_000_000,
            refusal = DoorRules.CheckStep(118_000_000 + apart, 118_000_000, CheckInLimits.StepTolerance) is { } refusal
                ? JsonNamingPolicy.CamelCase.ConvertName($"{refusal}")
                : null,
        }));
        TicketVectors.Compare("live-steps", lines);
    }

    [Fact]
    public void No_changed_code_verifies_nor_one_of_another_event_key_or_holder()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        using var key = Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey);
        var publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var eventId = House.NewId();
        using var signer = TicketSigner.Open(eventId, 31, secret);
        var (ticket, holderKey) = signer.SignLive("0Z9Y8X7W6V5T4S3R", 4095);
        var text = new LivePhone(eventId, ticket, holderKey).Show(1_000_000);

        text.Length.ShouldBe(274);
        text.ShouldAllBe(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character));
        LiveCode.TryRead(text, out var code).ShouldBeTrue();
        code!.Ticket.ShouldBe(new SignedCode(31, SignedCode.HintOf(eventId), 4095, "0Z9Y8X7W6V5T"));
        code.Step.ShouldBe(1_000_000u);
        code.IsSignedBy(publicKey, eventId).ShouldBeTrue();
        var sameHint = new Guid([.. Enumerable.Repeat((byte)1, 13), .. eventId.ToByteArray().AsSpan(13)]);
        code.IsSignedBy(publicKey, sameHint).ShouldBeFalse();
        code.IsSignedBy(code.HolderKey, eventId).ShouldBeFalse();
        // Another holder's key can sign no step of this ticket, also one of the same event.
        var (_, anotherKey) = signer.SignLive("0Z9Y8X7W6V5T4S3R", 4094);
        LiveCode.TryRead(new LivePhone(eventId, ticket, anotherKey).Show(1_000_000), out var forged).ShouldBeTrue();
        forged!.IsSignedBy(publicKey, eventId).ShouldBeFalse();

        Enumerable.Range(0, text.Length).Count(i =>
        {
            var changed = $"{text[..i]}{(text[i] == '0' ? '1' : '0')}{text[(i + 1)..]}";
            return LiveCode.TryRead(changed, out var read) && read.IsSignedBy(publicKey, eventId);
        }).ShouldBe(0);
        // A code that stays is none that is shown live, and the other way round.
        LiveCode.TryRead(signer.Sign("0Z9Y8X7W6V5T4S3R", 0), out _).ShouldBeFalse();
        SignedCode.TryRead(text, out _, out _).ShouldBeFalse();
    }
}
