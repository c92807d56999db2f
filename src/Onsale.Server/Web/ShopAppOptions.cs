namespace Onsale.Server.Web;

/// <summary>Configuration section <c>Onsale:ShopApp</c>: the shop as an app on a buyer's device.</summary>
internal sealed class ShopAppOptions
{
    public const string Section = "Onsale:ShopApp";

    /// <summary>
    /// Whether buyers' browsers keep their tickets for when there is no network. When it is false, the worker of browsers
    /// that have one is replaced by one that takes itself and all that was kept away.
    /// </summary>
    public bool OfflineTickets { get; set; } = true;
}
