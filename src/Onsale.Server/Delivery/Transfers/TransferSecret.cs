using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>What a link says: 256 random bits, of which only the hash is kept.</summary>
internal static class TransferSecret
{
    private const int SecretBytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
