using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Onsale.Server.Access.Accounts;

/// <summary>What the refresh cookie carries: which session, and a secret of 256 bits that only its owner has.</summary>
internal sealed class RefreshToken
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;

    // A refresh every 15 minutes for 90 days, and some; a token that matches none costs two hashes for each.
    private const int MaxPredecessors = 10_000;

    private readonly byte[] _secret;

    private RefreshToken(Guid sessionId, byte[] secret)
    {
        SessionId = sessionId;
        _secret = secret;
    }

    public Guid SessionId { get; }

    /// <summary>What is stored. A fast hash is enough: there is nothing to guess about 256 random bits.</summary>
    public byte[] Hash => SHA256.HashData(_secret);

    public static RefreshToken Create(Guid sessionId) => new(sessionId, RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] CreateRotationKey() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>
    /// The token that follows this one: HMAC-SHA-256 of its secret under the session's rotation key. Being derived, it
    /// comes out the same when two tabs refresh at once or an answer is lost, though only hashes are stored; without
    /// the present secret the key alone yields nothing.
    /// </summary>
    public RefreshToken Successor(byte[] rotationKey) => new(SessionId, HMACSHA256.HashData(rotationKey, _secret));

    /// <summary>
    /// Whether the token was one of this session's before: some successor of it, within the number of times that the
    /// session's token was replaced, has the hash of the present one.
    /// </summary>
    public bool IsPredecessorOf(byte[] presentHash, byte[] rotationKey, int rotations)
    {
        var token = this;
        for (var i = 0; i < Math.Min(rotations, MaxPredecessors); i++)
        {
            token = token.Successor(rotationKey);
            if (CryptographicOperations.FixedTimeEquals(token.Hash, presentHash))
                return true;
        }

        return false;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out RefreshToken? token)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SecretBytes];
        token = text?.Length == Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == bytes.Length
                ? new RefreshToken(new Guid(bytes[..IdBytes], bigEndian: true), bytes[IdBytes..].ToArray())
                : null;
        return token is not null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SecretBytes];
        SessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        _secret.CopyTo(bytes[IdBytes..]);
        return Base64Url.EncodeToString(bytes);
    }
}
