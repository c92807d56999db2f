using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Devices on which an account has signed in before, by a cookie of its own: strangers who use up the attempts at a
/// password do not keep the owner out there. It signs nobody in, and it ends when the password changes.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, TimeProvider time)
{
    public const string SecureName = "__Secure-onsale_device";

    /// <summary>Browsers take no name with the prefix from http://localhost.</summary>
    public const string PlainName = "onsale_device";
    public const string Path = "/api/v1/auth";

    private const int StampBytes = 8;
    private const int ContentBytes = 16 + 16 + 8 + StampBytes;

    private readonly IDataProtector _protector = protection.CreateProtector("Onsale.KnownDevice");

    /// <summary>The device of a request, when the account has signed in on it with its present password.</summary>
    public Guid? Find(HttpRequest request, Account? account)
    {
        var content = Unprotect(request.Cookies[NameFor(request)]);
        // Unprotecting is the work; it is done with and without an account alike.
        if (content is null || account is null)
            return null;
        var isKnown = new Guid(content.AsSpan(16, 16), bigEndian: true) == account.Id
            && BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(32)) > time.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(content.AsSpan(40), StampOf(account));
        return isKnown ? new Guid(content.AsSpan(0, 16), bigEndian: true) : null;
    }

    /// <summary>Makes this device one of the account's.</summary>
    public void Remember(HttpContext context, Account account)
    {
        var device = Find(context.Request, account) ?? Guid.CreateVersion7(time.GetUtcNow());
        var lifetime = TimeSpan.FromDays(AccountsLimits.KnownDeviceDays);
        var content = new byte[ContentBytes];
        device.TryWriteBytes(content.AsSpan(0), bigEndian: true, out _);
        account.Id.TryWriteBytes(content.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(32), (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        StampOf(account).CopyTo(content.AsSpan(40));
        var value = Base64Url.EncodeToString(_protector.Protect(content));
        context.Response.Cookies.Append(NameFor(context.Request), value, new CookieOptions
        {
            Path = Path,
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            IsEssential = true,
            MaxAge = lifetime,
        });
    }

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private byte[]? Unprotect(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie) || !Base64Url.IsValid(cookie))
            return null;
        try
        {
            var content = _protector.Unprotect(Base64Url.DecodeFromChars(cookie));
            return content.Length == ContentBytes ? content : null;
        }
        catch (CryptographicException)
        {
            // Forged, or protected with keys that are gone: an unknown device.
            return null;
        }
    }

    private static ReadOnlySpan<byte> StampOf(Account account) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(account.SecurityStamp)).AsSpan(0, StampBytes);
}
