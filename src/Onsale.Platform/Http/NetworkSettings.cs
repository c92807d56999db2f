using System.Net;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Http;

/// <summary>
/// Settings that name networks (CIDR): separated by <c>,</c> or <c>;</c>, as one writes them into an environment
/// variable, or numbered (<c>:0</c>, <c>:1</c>) as JSON's lists are. The framework passes over the former without a
/// word.
/// </summary>
internal static class NetworkSettings
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>The networks of a setting; null: it is not set.</summary>
    /// <exception cref="StartupException">One of them is not in CIDR form.</exception>
    public static IPNetwork[]? ReadNetworks(this IConfiguration configuration, string setting)
    {
        var section = configuration.GetSection(setting);
        if (!section.Exists())
            return null;
        var values = section.GetChildren().Select(child => child.Value).Prepend(section.Value).OfType<string>();
        return [.. values
            .SelectMany(value => value.Split(
                Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(text => IPNetwork.TryParse(text, out var network)
                ? network
                : throw new StartupException(
                    $"{setting} has '{text}', which is not a network in CIDR form such as 10.0.0.0/8."))];
    }
}
