using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Identity;

/// <summary>
/// The secret of <c>Onsale:KeyEncryptionKey</c> (32 bytes in base64, the same on every node): with it, data-protection
/// keys lie in the database encrypted, so that a copy of the database alone makes no access tokens.
/// </summary>
internal sealed class KeyEncryption(IConfiguration configuration)
{
    public const string Setting = "Onsale:KeyEncryptionKey";

    private const int SecretBytes = 32;

    /// <summary>Nothing when the setting is absent.</summary>
    public byte[]? Secret { get; } = Read(configuration[Setting]);

    private static byte[]? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var secret = new byte[SecretBytes];
        return Convert.TryFromBase64String(text, secret, out var written) && written == SecretBytes
            ? secret
            : throw new StartupException(
                $"{Setting} must be {SecretBytes} random bytes in base64, "
                + $"as 'openssl rand -base64 {SecretBytes}' makes them.");
    }
}

/// <summary>AES-256-GCM over a key's XML.</summary>
internal sealed class KeyEncryptor(byte[] secret) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var cipher = new byte[plain.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(secret, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new EncryptedXmlInfo(
            new XElement("aesGcm",
                new XElement("nonce", Convert.ToBase64String(nonce)),
                new XElement("cipher", Convert.ToBase64String(cipher)),
                new XElement("tag", Convert.ToBase64String(tag))),
            typeof(KeyDecryptor));
    }
}

/// <summary>Made by the key manager from the name that it stored with the encrypted key.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var secret = services.GetRequiredService<KeyEncryption>().Secret
            ?? throw new CryptographicException(
                $"The stored keys are encrypted, but {KeyEncryption.Setting} is not set.");
        var cipher = Part(encryptedElement, "cipher");
        var tag = Part(encryptedElement, "tag");
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(secret, tag.Length);
        aes.Decrypt(Part(encryptedElement, "nonce"), cipher, tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private static byte[] Part(XElement element, string name) =>
        Convert.FromBase64String((string?)element.Element(name) ?? "");
}
