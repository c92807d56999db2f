using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Orders;

/// <summary>
/// What opens a found order for a while: the ids of its event and booking, encrypted and authenticated with the keys
/// that all nodes share. It shows tickets and changes nothing.
/// </summary>
internal sealed class OrderAccess(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Header = "Order-Access";

    /// <summary>What is answered without a token, and with one whose time is up.</summary>
    public static readonly Problem Ended = new(
        StatusCodes.Status403Forbidden, "forbidden", "The access to this order has ended. Find it again.");

    private const int IdBytes = 16;

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Onsale.OrderAccess").ToTimeLimitedDataProtector();

    /// <summary>A token, and until when it opens the order.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(Guid eventId, Guid bookingId)
    {
        var expiresAt = time.GetUtcNow().AddMinutes(OrdersLimits.AccessMinutes);
        byte[] ids = [.. eventId.ToByteArray(), .. bookingId.ToByteArray()];
        return (Convert.ToBase64String(_protector.Protect(ids, expiresAt)), expiresAt);
    }

    /// <summary>What a token opens; null: nothing, or nothing any more.</summary>
    public (Guid EventId, Guid BookingId)? Open(string? token)
    {
        if (token is null or { Length: 0 or > OrdersLimits.MaxAccessChars })
            return null;
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
            return null;
        try
        {
            var ids = _protector.Unprotect(bytes[..length]);
            return (new Guid(ids.AsSpan(0, IdBytes)), new Guid(ids.AsSpan(IdBytes)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
