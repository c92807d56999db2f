using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Live;

/// <summary>Configuration section <c>Onsale:Live</c>.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Onsale:Live";

    private const double MinKeepAliveSeconds = 0.1;
    private const double MaxKeepAliveSeconds = 3600;

    /// <summary>Watchers of one node.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Watchers from one address; of IPv6, from one network of 64 bits.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 256;

    /// <summary>How often a watcher is sent a sign of life, and a WebSocket asked for one.</summary>
    public double KeepAliveSeconds { get; set; } = 15;

    /// <summary>
    /// A WebSocket whose peer does not answer for so long is closed; so are server-sent events that are not
    /// acknowledged.
    /// </summary>
    public double KeepAliveTimeoutSeconds { get; set; } = 20;

    /// <summary>Origins besides our own whose pages may open the feed, such as <c>https://shop.example</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>What is wrong with the settings, each naming its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (MaxConnections is < 1 or > HostingLimits.MaxUpgradedConnections)
        {
            yield return $"{Section}:MaxConnections is {MaxConnections}; "
                + $"it must be between 1 and {HostingLimits.MaxUpgradedConnections}.";
        }

        if (MaxConnectionsPerAddress < 1)
            yield return $"{Section}:MaxConnectionsPerAddress is {MaxConnectionsPerAddress}; it must be above 0.";
        if (KeepAliveSeconds is not (>= MinKeepAliveSeconds and <= MaxKeepAliveSeconds))
        {
            yield return $"{Section}:KeepAliveSeconds is {KeepAliveSeconds}; "
                + $"it must be between {MinKeepAliveSeconds} and {MaxKeepAliveSeconds}.";
        }

        if (KeepAliveTimeoutSeconds is not (>= MinKeepAliveSeconds and <= MaxKeepAliveSeconds))
        {
            yield return $"{Section}:KeepAliveTimeoutSeconds is {KeepAliveTimeoutSeconds}; "
                + $"it must be between {MinKeepAliveSeconds} and {MaxKeepAliveSeconds}.";
        }
    }
}
