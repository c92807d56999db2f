namespace Onsale.Server.Catalog.Presenters;

/// <summary>Bounds of the pages of venues and organisers.</summary>
internal static class PresentersLimits
{
    /// <summary>Longest name in addresses that is looked up, characters.</summary>
    public const int MaxSlugChars = 100;
}
