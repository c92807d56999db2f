using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Platform.Http;

/// <summary>
/// Addresses of buyers that this process simulates: while it does, a request that carries its secret counts as one of
/// the numbered address that it names, as a trusted proxy's does. So simulated buyers have the budgets that as many
/// real
/// ones would have, and take nothing of those of any real address.
/// </summary>
/// <remarks>
/// The secret is new for each simulation, lives in the memory of this process alone and ends with it; it is believed
/// only
/// of connections from this machine. The addresses are those reserved for documentation (2001:db8::/32, RFC 3849),
/// which no packet on the internet comes from.
/// </remarks>
internal sealed class SimulatedCallers
{
    /// <summary><c>secret.number</c>.</summary>
    public const string Header = "Onsale-Simulated-Caller";

    private const int SecretBytes = 32;

    // As text in ASCII; null: nothing is simulated, and the header is worth nothing.
    private byte[]? _secret;

    /// <summary>Begins a simulation; what is answered goes before the number in <see cref="Header"/>.</summary>
    public string Begin()
    {
        var secret = RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true);
        Volatile.Write(ref _secret, Encoding.ASCII.GetBytes(secret));
        return secret;
    }

    /// <summary>Ends it: the secret is worth nothing any more.</summary>
    public void End() => Volatile.Write(ref _secret, null);

    /// <summary>Gives requests of simulated callers their addresses.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Volatile.Read(ref _secret) is { } secret
            && context.Request.Headers.TryGetValue(Header, out var values)
            && IsFromHere(context.Connection)
            && Read(values.ToString(), secret) is { } number)
        {
            context.Connection.RemoteIpAddress = AddressOf(number);
        }

        return next(context);
    }

    /// <summary>The address of a simulated caller: each has a range of its own.</summary>
    internal static IPAddress AddressOf(uint number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0x2001_0db8);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], number);
        bytes[15] = 1;
        return new IPAddress(bytes);
    }

    private static bool IsFromHere(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } remote
        && (IPAddress.IsLoopback(remote) || remote.Equals(connection.LocalIpAddress));

    private static uint? Read(string value, byte[] secret)
    {
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(value[..dot]), secret)
            && uint.TryParse(value.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
