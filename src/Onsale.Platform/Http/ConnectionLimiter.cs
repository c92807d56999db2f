using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using Onsale.Platform.RateLimits;

namespace Onsale.Platform.Http;

/// <summary>
/// Keeps one machine from taking all connections of a node: counts them by address range before a byte is read, and
/// closes those that say nothing. Each connection is a file descriptor, of which a process has few.
/// </summary>
internal sealed partial class ConnectionLimiter
{
    private const int LogIntervalSeconds = 60;

    private readonly ConcurrentDictionary<UInt128, int> _open = new();
    private readonly ConnectionOptions _options;
    private readonly IPNetwork[] _trusted;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionLimiter> _logger;
    private readonly Counter<long> _refused;
    private long _refusedSinceLog;
    private long _loggedAt;

    public ConnectionLimiter(
        IOptions<ConnectionOptions> options, IConfiguration configuration, TimeProvider time, IMeterFactory meters,
        ILogger<ConnectionLimiter> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _trusted = configuration.ReadNetworks(TrustedProxies.Setting) ?? [];
        _loggedAt = time.GetTimestamp() - (LogIntervalSeconds * time.TimestampFrequency);
        _refused = meters.Create("Onsale.Connections").CreateCounter<long>(
            "onsale.connections.refused", "{connection}", "Connections closed because their address had too many.");
    }

    /// <summary>Address ranges that have connections and are counted.</summary>
    internal int Count => _open.Count;

    /// <summary>The connection middleware, for the outermost place: before TLS.</summary>
    public ConnectionDelegate Apply(ConnectionDelegate next) => connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is null || IsTrusted(address))
            return next(connection);
        return IPAddress.IsLoopback(address) || _options.MaxPerAddress == 0
            ? ServeAsync(connection, next)
            : CountAsync(connection, AddressRange.Of(address), next);
    };

    private bool IsTrusted(IPAddress address)
    {
        if (_trusted.Length == 0)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_trusted, network => network.Contains(plain));
    }

    private async Task CountAsync(ConnectionContext connection, UInt128 range, ConnectionDelegate next)
    {
        try
        {
            if (_open.AddOrUpdate(range, 1, (_, count) => count + 1) > _options.MaxPerAddress)
            {
                Refuse(connection);
                return;
            }

            await ServeAsync(connection, next);
        }
        finally
        {
            Leave(range);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (await HasSaidSomethingAsync(connection))
            await next(connection);
    }

    /// <summary>The server's own timeout for idle connections is long, for those that have asked before.</summary>
    private async ValueTask<bool> HasSaidSomethingAsync(ConnectionContext connection)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_options.FirstByteSeconds), _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, connection.ConnectionClosed, stopping ?? CancellationToken.None);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(end.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.Start); // to be read again by the server
            return !read.Buffer.IsEmpty;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private void Leave(UInt128 range)
    {
        while (_open.TryGetValue(range, out var count))
        {
            var isDone = count <= 1
                ? _open.TryRemove(KeyValuePair.Create(range, count))
                : _open.TryUpdate(range, count - 1, count);
            if (isDone)
                return;
        }
    }

    private void Refuse(ConnectionContext connection)
    {
        _refused.Add(1);
        Interlocked.Increment(ref _refusedSinceLog);
        var loggedAt = Volatile.Read(ref _loggedAt);
        if (_time.GetElapsedTime(loggedAt).TotalSeconds >= LogIntervalSeconds
            && Interlocked.CompareExchange(ref _loggedAt, _time.GetTimestamp(), loggedAt) == loggedAt)
        {
            LogRefused(Interlocked.Exchange(ref _refusedSinceLog, 0), _options.MaxPerAddress);
        }

        connection.Abort(new ConnectionAbortedException("The address has too many connections."));
    }

    [LoggerMessage(EventId = 9021, Level = LogLevel.Warning,
        Message =
            "Refused {Connections} connections from addresses that have {Limit} open already. If they come from a "
            + "load balancer, list it in Onsale:TrustedProxies")]
    private partial void LogRefused(long connections, int limit);
}
