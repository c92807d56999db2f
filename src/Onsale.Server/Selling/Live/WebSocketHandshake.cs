using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// The opening handshake of a WebSocket (RFC 6455, section 4.2), also over HTTP/2 (RFC 8441). The framework's
/// middleware would look at every request for it, and keep something for each connection as long as it is open.
/// </summary>
internal static class WebSocketHandshake
{
    private const string Protocol = "websocket";
    private const string Version = "13";
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether a request opens a WebSocket, and properly.</summary>
    public static bool IsAskedFor(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!Names(headers.SecWebSocketVersion, Version))
            return false;
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return string.Equals(connect.Protocol, Protocol, StringComparison.OrdinalIgnoreCase);
        // The server has looked at the field Connection.
        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && HttpMethods.IsGet(context.Request.Method)
            && Names(headers.Upgrade, Protocol)
            && headers.SecWebSocketKey is [{ } key]
            && Base64.IsValid(key, out var length) && length == KeyBytes;
    }

    /// <summary>
    /// Names the protocol and the version that are to be asked for (RFC 9110, 15.5.22; RFC 6455, 4.4).
    /// </summary>
    public static void SayHow(HttpResponse refusal)
    {
        refusal.Headers.Upgrade = Protocol;
        refusal.Headers.SecWebSocketVersion = Version;
    }

    /// <summary>Answers the handshake; what follows in both directions is frames.</summary>
    public static async Task<Stream> AcceptAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return await connect.AcceptAsync();
        var headers = context.Response.Headers;
        headers.Upgrade = Protocol;
        headers.SecWebSocketAccept = AcceptOf(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>Whether a field, a list of names, has this one.</summary>
    private static bool Names(StringValues field, string name)
    {
        foreach (var line in field)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[part].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static string AcceptOf(string key)
    {
        // The protocol's own choice of hash, to show that this server speaks it; no secret depends on it.
#pragma warning disable CA5350
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
    }
}
