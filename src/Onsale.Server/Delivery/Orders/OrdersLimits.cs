namespace Onsale.Server.Delivery.Orders;

/// <summary>Bounds of finding orders.</summary>
internal static class OrdersLimits
{
    /// <summary>Body of a request to find an order.</summary>
    public const int MaxRequestBytes = 4 * 1024;

    /// <summary>How long the access to a found order lasts; then it is found again.</summary>
    public const int AccessMinutes = 60;

    /// <summary>Length of an access token, characters.</summary>
    public const int MaxAccessChars = 512;
}
