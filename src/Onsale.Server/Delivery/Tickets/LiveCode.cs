using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// What the QR code of a ticket says that is shown live: which ticket, who may show it, and when it was shown. 177 bytes,
/// written as 274 digits and capital letters (base 36). A door needs nothing but the event's public key to check it.
/// </summary>
/// <remarks>
/// The 13 bytes of a <see cref="SignedCode"/> (version 2), the holder's public key (32), the event's signature of both
/// (64); then the step (4) and the holder's signature of ticket and step (64). Both signatures are Ed25519 and hold the
/// event's whole id. <c>fixtures/tickets/live-codes.json</c> has examples, which the web app's tests read too.
/// </remarks>
/// <param name="Ticket">Which ticket, of which of its holders.</param>
/// <param name="HolderKey">What the holder's phone signs with: the public half, 32 bytes.</param>
/// <param name="TicketSignature">By the event's key.</param>
/// <param name="Step">When it was shown: seconds since 1970 by <see cref="StepSeconds"/>.</param>
/// <param name="StepSignature">By the holder's key.</param>
internal sealed record LiveCode(
    SignedCode Ticket, byte[] HolderKey, byte[] TicketSignature, uint Step, byte[] StepSignature)
{
    public const int Characters = 274;

    /// <summary>How long a code is shown before the next one.</summary>
    public const int StepSeconds = 15;

    public const int KeyBytes = 32;

    /// <summary>What does not change from step to step.</summary>
    public const int TicketBytes = SignedCode.PayloadBytes + KeyBytes + SignedCode.SignatureBytes;

    private const int StepBytes = 4;
    private const int CodeBytes = TicketBytes + StepBytes + SignedCode.SignatureBytes;
    private const int Version = 2;

    // So that nothing else that these keys sign can be taken for a code.
    private static ReadOnlySpan<byte> TicketPurpose => "onsale live ticket\n"u8;

    private static ReadOnlySpan<byte> StepPurpose => "onsale live code\n"u8;

    /// <summary>The step of a moment.</summary>
    public static uint StepAt(DateTimeOffset moment) => (uint)(moment.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>The ticket's 13 bytes in codes that are shown live.</summary>
    public static byte[] PayloadOf(SignedCode ticket)
    {
        var payload = new byte[SignedCode.PayloadBytes];
        ticket.WritePayload(payload, Version);
        return payload;
    }

    /// <summary>What the event's key signs.</summary>
    public static byte[] TicketMessage(Guid eventId, SignedCode ticket, ReadOnlySpan<byte> holderKey) =>
        [.. TicketPurpose, .. eventId.ToByteArray(bigEndian: true), .. PayloadOf(ticket), .. holderKey];

    /// <summary>What the holder's key signs.</summary>
    public static byte[] StepMessage(Guid eventId, SignedCode ticket, uint step) =>
        [.. StepPurpose, .. eventId.ToByteArray(bigEndian: true), .. PayloadOf(ticket), .. ToBytes(step)];

    /// <summary>Reads a code; whether its signatures are right is not looked at.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out LiveCode? code)
    {
        code = null;
        if (text.Length != Characters || SignedCode.TryFromDigits(text, CodeBytes) is not { } bytes
            || bytes[0] >> 5 != Version)
        {
            return false;
        }

        const int KeyAt = SignedCode.PayloadBytes;
        const int SignatureAt = KeyAt + KeyBytes;
        code = new LiveCode(
            SignedCode.ReadPayload(bytes), bytes[KeyAt..SignatureAt], bytes[SignatureAt..TicketBytes],
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(TicketBytes)), bytes[(TicketBytes + StepBytes)..]);
        return true;
    }

    /// <summary>Whether the event's key has signed the ticket, and its holder's key the step.</summary>
    public bool IsSignedBy(byte[] publicKey, Guid eventId) =>
        IsSigned(publicKey, TicketMessage(eventId, Ticket, HolderKey), TicketSignature)
        && IsSigned(HolderKey, StepMessage(eventId, Ticket, Step), StepSignature);

    /// <summary>The code as text.</summary>
    public string ToText() => SignedCode.ToDigits(
        [.. PayloadOf(Ticket), .. HolderKey, .. TicketSignature, .. ToBytes(Step), .. StepSignature], Characters);

    private static byte[] ToBytes(uint step)
    {
        var bytes = new byte[StepBytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, step);
        return bytes;
    }

    private static bool IsSigned(byte[] publicKey, byte[] message, byte[] signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && key is not null
        && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
