using System.Security.Cryptography;
using NSec.Cryptography;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>Signs codes of one event.</summary>
internal sealed class TicketSigner : IDisposable
{
    private readonly Guid _eventId;
    private readonly int _keyNumber;
    private readonly Key _key;
    private readonly byte[] _holderSecret;
    private readonly uint _hint;

    private TicketSigner(Guid eventId, int keyNumber, Key key, byte[] holderSecret)
    {
        (_eventId, _keyNumber, _key, _holderSecret) = (eventId, keyNumber, key, holderSecret);
        _hint = SignedCode.HintOf(eventId);
    }

    private static ReadOnlySpan<byte> HolderPurpose => "onsale holder key\n"u8;

    /// <param name="eventId">The event.</param>
    /// <param name="keyNumber">The number of its key.</param>
    /// <param name="privateKey">The key, 32 bytes.</param>
    public static TicketSigner Open(Guid eventId, int keyNumber, byte[] privateKey) => new(
        eventId, keyNumber, Key.Import(SignatureAlgorithm.Ed25519, privateKey, KeyBlobFormat.RawPrivateKey),
        HKDF.Extract(HashAlgorithmName.SHA256, privateKey, HolderPurpose.ToArray()));

    /// <summary>The text of a ticket's QR code.</summary>
    /// <param name="issuedCode">The code that the ticket was issued with.</param>
    /// <param name="counter">How often it has changed hands.</param>
    public string Sign(string issuedCode, int counter)
    {
        var code = CodeOf(issuedCode, counter);
        return code.ToText(SignatureAlgorithm.Ed25519.Sign(_key, code.ToMessage(_eventId)));
    }

    /// <summary>What a holder's phone needs to show a ticket live.</summary>
    /// <remarks>
    /// The holder's key follows from the event's, the ticket and its counter: it is stored nowhere, every node hands out
    /// the same one, and who gives the ticket away has a key of a counter that admits nobody any more.
    /// </remarks>
    /// <param name="issuedCode">The code that the ticket was issued with.</param>
    /// <param name="counter">How often it has changed hands.</param>
    /// <returns>What codes begin with, 109 bytes, and the holder's private key, 32 bytes.</returns>
    public (byte[] Ticket, byte[] HolderKey) SignLive(string issuedCode, int counter)
    {
        var code = CodeOf(issuedCode, counter);
        var payload = LiveCode.PayloadOf(code);
        var secret = new byte[LiveCode.KeyBytes];
        HKDF.Expand(
            HashAlgorithmName.SHA256, _holderSecret, secret,
            [.. HolderPurpose, .. _eventId.ToByteArray(bigEndian: true), .. payload]);
        using var holder = Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey);
        var publicKey = holder.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, LiveCode.TicketMessage(_eventId, code, publicKey));
        return ([.. payload, .. publicKey, .. signature], secret);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_holderSecret);
        _key.Dispose();
    }

    private SignedCode CodeOf(string issuedCode, int counter) =>
        new(_keyNumber, _hint, counter, issuedCode[..SignedCode.ReferenceCharacters]);
}
