using System.Buffers.Binary;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Onsale.Platform.Identity;

/// <summary>
/// The inside of an access token: version, kind, roles as bits, id, time of expiry, session, name. The framework's own
/// serializer writes names and types of claims out, which doubles a token that every request carries.
/// </summary>
/// <remarks>
/// What comes in was made by this program: it is authenticated before it is read. Another version is refused, which
/// costs its owner one refresh.
/// </remarks>
internal sealed class TokenSerializer : IDataSerializer<AuthenticationTicket>
{
    private const byte Version = 2;
    private const int FixedBytes = 3 + 16 + 8 + 16;

    public static AuthenticationTicket Ticket(
        Guid id, bool isGuest, int roles, string name, DateTimeOffset expires, Guid sessionId)
    {
        const string scheme = BearerTokenDefaults.AuthenticationScheme;
        List<Claim> claims =
        [
            new(TokenClaims.Subject, id.ToString("N")),
            new(TokenClaims.Kind, isGuest ? TokenClaims.GuestKind : TokenClaims.AccountKind),
            new(TokenClaims.Session, sessionId.ToString("N")),
        ];
        for (var role = Role.Buyer; role <= Role.Operator; role++)
        {
            if ((roles & Bit(role)) != 0)
                claims.Add(new Claim(TokenClaims.Role, RoleNames.Of(role)));
        }

        if (name.Length > 0)
            claims.Add(new Claim(TokenClaims.Name, name));
        return new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, TokenClaims.Name, TokenClaims.Role)),
            new AuthenticationProperties { ExpiresUtc = expires }, scheme);
    }

    public static int Bit(Role role) => 1 << (int)role;

    public byte[] Serialize(AuthenticationTicket model)
    {
        var principal = model.Principal;
        var buyer = Buyer.From(principal);
        var name = Encoding.UTF8.GetBytes(principal.FindFirst(TokenClaims.Name)?.Value ?? "");
        var roles = 0;
        for (var role = Role.Buyer; role <= Role.Operator; role++)
            roles |= principal.HasClaim(TokenClaims.Role, RoleNames.Of(role)) ? Bit(role) : 0;

        var bytes = new byte[FixedBytes + name.Length];
        bytes[0] = Version;
        bytes[1] = buyer.IsGuest ? (byte)1 : (byte)0;
        bytes[2] = (byte)roles;
        buyer.Id.TryWriteBytes(bytes.AsSpan(3), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(19), model.Properties.ExpiresUtc!.Value.ToUnixTimeSeconds());
        TokenClaims.SessionOf(principal).TryWriteBytes(bytes.AsSpan(27), bigEndian: true, out _);
        name.CopyTo(bytes, FixedBytes);
        return bytes;
    }

    public AuthenticationTicket? Deserialize(byte[] data) =>
        data.Length < FixedBytes || data[0] != Version
            ? null
            : Ticket(
                new Guid(data.AsSpan(3, 16), bigEndian: true), data[1] == 1, data[2],
                Encoding.UTF8.GetString(data.AsSpan(FixedBytes)),
                DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(data.AsSpan(19))),
                new Guid(data.AsSpan(27, 16), bigEndian: true));
}
