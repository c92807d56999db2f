using System.Security.Cryptography;
using System.Text;

namespace Onsale.Platform.Identity;

/// <summary>
/// Pseudonyms for e-mail addresses and network addresses in logs and counters: HMAC-SHA-256 under a key that all nodes
/// share. Equal inputs can be recognised; without the key nobody can test a guess.
/// </summary>
internal sealed class KeyedHash
{
    public const int KeyBytes = 32;

    private const int ShortBytes = 8;

    // Of this process alone until the shared one has been read, which happens before anything is served.
    private byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);

    public void Use(byte[] key) => _key = key;

    /// <summary>The hash of a text.</summary>
    /// <param name="purpose">Keeps hashes of one text for several purposes apart.</param>
    /// <param name="text">Any text.</param>
    public byte[] Of(string purpose, string text) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\0{text}"));

    /// <summary>Sixteen hexadecimal digits, enough to tell one e-mail address from another in a log.</summary>
    public string OfEmail(string normalizedEmail) => Short(Of("email", normalizedEmail));

    /// <summary>The same for the address range that rate limits count.</summary>
    public string OfAddress(UInt128 range) => Short(Of("address", range.ToString("x")));

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, ShortBytes));
}
