using System.Net;

namespace Onsale.Platform.Http;

/// <summary>Where the program listens, as far as its settings tell before it does.</summary>
internal static class ListenAddresses
{
    private static readonly char[] Separators = [';', ','];

    /// <summary>
    /// Whether only this machine can connect: every address is a loopback one, and no proxy is trusted to bring
    /// requests from elsewhere.
    /// </summary>
    public static bool AreOnlyLocal(IConfiguration configuration)
    {
        if (configuration.ReadNetworks("Onsale:TrustedProxies") is { Length: > 0 })
            return false;
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"] ?? "")];
        // Kestrel's own endpoints replace all others; ports without an address are open to every address.
        if (endpoints.Length > 0)
            return Array.TrueForAll(endpoints, IsLoopback);
        var urls = configuration["urls"] ?? "";
        if (urls.Length == 0 && (IsSet(configuration["http_ports"]) || IsSet(configuration["https_ports"])))
            return false;
        return Array.TrueForAll(urls.Split(Separators, StringSplitOptions.RemoveEmptyEntries), IsLoopback);
    }

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
            || url.Trim().StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase));
}
