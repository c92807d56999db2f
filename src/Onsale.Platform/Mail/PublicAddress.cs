using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Onsale.Platform.Mail;

/// <summary>
/// Where people reach this installation, for links in mails: <c>Onsale:PublicUrl</c>, else the first address that this
/// process listens on. Never the <c>Host</c> of a request: whoever sends one could put an address of their own into
/// somebody else's mail.
/// </summary>
internal sealed class PublicAddress(IConfiguration configuration, IServer server)
{
    public const string Setting = "Onsale:PublicUrl";

    /// <summary>An absolute address.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => Root().TrimEnd('/') + path;

    private string Root()
    {
        if (configuration[Setting] is { Length: > 0 } configured)
            return configured;
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return first
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal);
    }
}
