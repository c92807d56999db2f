using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Onsale.Server.Selling.Payments;

/// <summary>A ticket's secret: what its QR code shows.</summary>
internal static class TicketCodes
{
    private const int CodeBytes = 10; // 80 bits: 16 characters of base 32

    public static ImmutableArray<string> New(int count)
    {
        var codes = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
            codes.Add(Base32(RandomNumberGenerator.GetBytes(CodeBytes)));
        return codes.MoveToImmutable();
    }

    private static string Base32(byte[] bytes)
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U to misread
        return string.Create(bytes.Length * 8 / 5, bytes, (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var bit = i * 5;
                var window = (source[bit / 8] << 8) | (bit / 8 + 1 < source.Length ? source[(bit / 8) + 1] : 0);
                text[i] = alphabet[(window >> (11 - (bit % 8))) & 31];
            }
        });
    }
}
