namespace Onsale.Server.Live;

/// <summary>Configuration section <c>Onsale:Live</c>.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Onsale:Live";

    /// <summary>Watchers of one node.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Watchers from one address.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 256;

    /// <summary>Origins besides our own whose pages may open the feed, such as <c>https://shop.example</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];
}
