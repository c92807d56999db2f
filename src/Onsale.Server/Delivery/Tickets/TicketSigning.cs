using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using NSec.Cryptography;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// Signs the codes of an event's tickets with its newest key, which the first ticket makes. A private key that cannot
/// be decrypted any more is replaced by a new one; what it has signed stays valid.
/// </summary>
internal sealed partial class TicketSigning(
    TicketKeyStore store, IDataProtectionProvider protection, ILogger<TicketSigning> logger)
{
    private static readonly SignatureAlgorithm s_algorithm = SignatureAlgorithm.Ed25519;

    private readonly IDataProtector _protector = protection.CreateProtector("Onsale.TicketKeys");

    /// <summary>What signs the event's tickets from now on. To be disposed of.</summary>
    public async Task<TicketSigner> OpenAsync(Guid eventId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var keys = await store.ListAsync(eventId, cancellationToken);
            if (keys is [.., { RevokedAt: null } newest])
            {
                if (TryOpen(eventId, newest) is { } signer)
                    return signer;
                LogReplaced(newest.Number, eventId);
            }

            if (keys.Count == SignedCode.MaxKeys)
            {
                throw new InvalidOperationException(
                    $"Event {eventId} has no ticket key that signs, and may not have more.");
            }

            await using var connection = await store.OpenAsync(cancellationToken);
            await AddAsync(connection, eventId, keys.Count);
        }
    }

    /// <summary>Makes the event's next key; false: another node has made it meanwhile.</summary>
    public async Task<bool> AddAsync(NpgsqlConnection connection, Guid eventId, int number)
    {
        using var key = Key.Create(
            s_algorithm, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        var secret = key.Export(KeyBlobFormat.RawPrivateKey);
        var sealedSecret = _protector.Protect(secret);
        CryptographicOperations.ZeroMemory(secret);
        return await TicketKeyStore.AddAsync(
            connection, eventId, number, key.PublicKey.Export(KeyBlobFormat.RawPublicKey), sealedSecret);
    }

    /// <summary>Whether a key has signed a code of the event.</summary>
    public static bool IsSignedBy(byte[] publicKey, Guid eventId, SignedCode code, byte[] signature) =>
        s_algorithm.Verify(
            PublicKey.Import(s_algorithm, publicKey, KeyBlobFormat.RawPublicKey), code.ToMessage(eventId), signature);

    private TicketSigner? TryOpen(Guid eventId, TicketKeyRow row)
    {
        try
        {
            var secret = _protector.Unprotect(row.PrivateKey);
            var signer = TicketSigner.Open(eventId, row.Number, secret);
            CryptographicOperations.ZeroMemory(secret);
            return signer;
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(exception, row.Number, eventId);
            return null;
        }
    }

    [LoggerMessage(EventId = 4321, Level = LogLevel.Warning,
        Message = "Ticket key {Number} of event {EventId} could not be decrypted")]
    private partial void LogUnreadable(Exception exception, int number, Guid eventId);

    [LoggerMessage(EventId = 4322, Level = LogLevel.Warning,
        Message = "Ticket key {Number} of event {EventId} is followed by a new one; codes signed with it stay valid")]
    private partial void LogReplaced(int number, Guid eventId);
}
