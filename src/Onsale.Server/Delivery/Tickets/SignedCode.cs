using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// What a ticket's QR code says: which ticket of which event, for which of its holders, and a signature that the door
/// checks without a network. 77 bytes, written as 120 digits and capital letters (base 36), which a QR code holds in
/// its densest mode and a hand scanner types alike on most keyboards.
/// </summary>
/// <remarks>
/// Three bits of version (1), five of the key's number, 24 of the event, 12 of the counter, 60 of the ticket; then 64
/// bytes of Ed25519 over the event's whole id and those 13 bytes. <c>fixtures/ticket-codes.json</c> has examples, which
/// the web app's tests read too.
/// </remarks>
/// <param name="KeyNumber">Which of the event's keys has signed it.</param>
/// <param name="EventHint">The last 24 bits of the event's id: to name the event, never to trust it.</param>
/// <param name="Counter">How often the ticket had changed hands: lower than the ticket's own is not valid any
/// more.</param>
/// <param name="Reference">The first 12 characters of the code that the ticket was issued with.</param>
internal readonly record struct SignedCode(int KeyNumber, uint EventHint, int Counter, string Reference)
{
    public const int Characters = 120;
    public const int ReferenceCharacters = 12;
    public const int MaxCounter = 4095;
    public const int MaxKeys = 32;
    public const int PayloadBytes = 13;
    public const int SignatureBytes = 64;

    private const int Version = 1;
    private const int CodeBytes = PayloadBytes + SignatureBytes;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string ReferenceDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int EventIdBytes = 16;

    // So that nothing else that the key might ever sign can be taken for a ticket.
    private static ReadOnlySpan<byte> Purpose => "onsale ticket\n"u8;

    /// <summary>The event's part of its codes.</summary>
    public static uint HintOf(Guid eventId)
    {
        Span<byte> bytes = stackalloc byte[EventIdBytes];
        eventId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) & 0xFFFFFF;
    }

    /// <summary>What is signed.</summary>
    public byte[] ToMessage(Guid eventId)
    {
        var message = new byte[Purpose.Length + EventIdBytes + PayloadBytes];
        Purpose.CopyTo(message);
        eventId.TryWriteBytes(message.AsSpan(Purpose.Length), bigEndian: true, out _);
        WritePayload(message.AsSpan(Purpose.Length + EventIdBytes));
        return message;
    }

    /// <summary>The code with its signature, as text.</summary>
    public string ToText(ReadOnlySpan<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[CodeBytes];
        WritePayload(bytes);
        signature.CopyTo(bytes[PayloadBytes..]);
        return ToDigits(bytes, Characters);
    }

    /// <summary>Reads a code; whether its signature is right is not looked at.</summary>
    public static bool TryRead(string text, out SignedCode code, [NotNullWhen(true)] out byte[]? signature)
    {
        code = default;
        signature = null;
        if (text.Length != Characters || TryFromDigits(text, CodeBytes) is not { } bytes || bytes[0] >> 5 != Version)
            return false;
        code = ReadPayload(bytes);
        signature = bytes[PayloadBytes..];
        return true;
    }

    /// <summary>Reads the 13 bytes, of whichever version.</summary>
    internal static SignedCode ReadPayload(ReadOnlySpan<byte> bytes)
    {
        var rest = BinaryPrimitives.ReadUInt64BigEndian(bytes[5..]);
        return new SignedCode(
            bytes[0] & 31, BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0xFFFFFF,
            (bytes[4] << 4) | (int)(rest >> 60), ReadReference(rest));
    }

    /// <summary>Writes the 13 bytes.</summary>
    internal void WritePayload(Span<byte> payload, int version = Version)
    {
        BinaryPrimitives.WriteUInt32BigEndian(payload, ((uint)((version << 5) | KeyNumber) << 24) | EventHint);
        payload[4] = (byte)(Counter >> 4);
        var rest = (ulong)Counter << 60;
        foreach (var (i, character) in Reference.Index())
            rest |= (ulong)ReferenceDigits.IndexOf(character, StringComparison.Ordinal) << (55 - (5 * i));
        BinaryPrimitives.WriteUInt64BigEndian(payload[5..], rest);
    }

    /// <summary>Base 36 with a fixed number of digits.</summary>
    internal static string ToDigits(ReadOnlySpan<byte> bytes, int length)
    {
        var rest = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return string.Create(length, rest, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                value = BigInteger.DivRem(value, Digits.Length, out var digit);
                text[i] = Digits[(int)digit];
            }
        });
    }

    /// <summary>Null where the text has other characters, or more than so many bytes.</summary>
    internal static byte[]? TryFromDigits(ReadOnlySpan<char> text, int length)
    {
        var value = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
                return null;
            value = (value * Digits.Length) + digit;
        }

        var bytes = new byte[length];
        var count = value.GetByteCount(isUnsigned: true);
        return count <= length
            && value.TryWriteBytes(bytes.AsSpan(length - count), out _, isUnsigned: true, isBigEndian: true)
            ? bytes
            : null;
    }

    private static string ReadReference(ulong rest) =>
        string.Create(ReferenceCharacters, rest, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = ReferenceDigits[(int)(bits >> (55 - (5 * i))) & 31];
        });
}
