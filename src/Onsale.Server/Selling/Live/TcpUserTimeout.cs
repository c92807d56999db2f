using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// Bounds how long a connection lives whose peer has disconnected without closing it, as a phone that loses its network
/// does. What is sent to it stays with the system, which by itself tries for a quarter of an hour; a reader of
/// server-sent events answers nothing from which the program could tell.
/// </summary>
internal static class TcpUserTimeout
{
    private const int TcpLevel = 6;
    private const int LinuxUserTimeout = 18; // TCP_USER_TIMEOUT, milliseconds (RFC 5482)
    private const int MacRetransmitDropTime = 0x80; // TCP_RXT_CONNDROPTIME, seconds
    private const int WindowsMaxRetransmit = 5; // TCP_MAXRT, seconds

    /// <summary>Ends the connection when what is sent is not acknowledged for so long.</summary>
    public static void Bound(IFeatureCollection features, TimeSpan limit)
    {
        // None in a test host, nor over QUIC, which has timeouts of its own.
        if (features.Get<IConnectionSocketFeature>()?.Socket is not { ProtocolType: ProtocolType.Tcp } socket)
            return;
        if (OperatingSystem.IsLinux())
            Set(socket, LinuxUserTimeout, (int)limit.TotalMilliseconds);
        else if (OperatingSystem.IsMacOS())
            Set(socket, MacRetransmitDropTime, (int)Math.Ceiling(limit.TotalSeconds));
        else if (OperatingSystem.IsWindows())
            Set(socket, WindowsMaxRetransmit, (int)Math.Ceiling(limit.TotalSeconds));
    }

    /// <summary>The bound of a connection as Linux has it, for tests.</summary>
    internal static TimeSpan LinuxBoundOf(Socket socket)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(TcpLevel, LinuxUserTimeout, value);
        return TimeSpan.FromMilliseconds(BitConverter.ToInt32(value));
    }

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(TcpLevel, option, BitConverter.GetBytes(value));
}
