using NSec.Cryptography;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>Shows a ticket live, as the page on its holder's phone does.</summary>
internal sealed record LivePhone(Guid EventId, byte[] Ticket, byte[] HolderKey)
{
    /// <summary>Fetches what the phone needs.</summary>
    public static async Task<LivePhone> OpenAsync(Booker holder, string path)
    {
        var answer = await holder.SendAsync(HttpMethod.Get, path);
        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer["stepSeconds"].GetInt32().ShouldBe(LiveCode.StepSeconds);
        return new LivePhone(
            answer["eventId"].GetGuid(), answer["ticket"].GetBytesFromBase64(), answer["holderKey"].GetBytesFromBase64());
    }

    /// <summary>The code at a moment.</summary>
    public string Show(DateTimeOffset at) => Show(LiveCode.StepAt(at));

    public string Show(uint step)
    {
        var read = Read(step, new byte[64]);
        using var key = Key.Import(SignatureAlgorithm.Ed25519, HolderKey, KeyBlobFormat.RawPrivateKey);
        var signature = SignatureAlgorithm.Ed25519.Sign(key, LiveCode.StepMessage(EventId, read.Ticket, step));
        return Read(step, signature).ToText();
    }

    private LiveCode Read(uint step, byte[] signature)
    {
        var code = SignedCode.ToDigits(
            [.. Ticket, (byte)(step >> 24), (byte)(step >> 16), (byte)(step >> 8), (byte)step, .. signature],
            LiveCode.Characters);
        LiveCode.TryRead(code, out var read).ShouldBeTrue();
        return read!;
    }
}
