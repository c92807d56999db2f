using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Onsale.Platform.Http;

/// <summary>
/// The server's sockets, with no more connections open than <see cref="OpenConnections"/> allows. The server's own
/// limit neither counts connections that were upgraded to WebSockets nor those that were accepted and not looked at
/// yet: a burst on a busy machine takes the last file descriptor before any is refused.
/// </summary>
internal sealed class BoundedListenerFactory(
    IOptions<SocketTransportOptions> sockets, ILoggerFactory loggers, OpenConnections open)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(sockets, loggers);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await _sockets.BindAsync(endpoint, cancellationToken), open);
}

/// <summary>Closes what comes beyond the limit before the next connection is accepted.</summary>
internal sealed class BoundedListener(IConnectionListener listener, OpenConnections open) : IConnectionListener
{
    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await listener.AcceptAsync(cancellationToken) is { } connection)
        {
            if (open.TryEnter())
                return new CountedConnection(connection, open);
            connection.Abort(new ConnectionAbortedException("The node has as many connections as it can."));
            await connection.DisposeAsync();
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) =>
        listener.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    /// <summary>A connection that is counted until its socket is closed.</summary>
    private sealed class CountedConnection(ConnectionContext inner, OpenConnections open) : ConnectionContext
    {
        private int _hasLeft;

        public override string ConnectionId
        {
            get => inner.ConnectionId;
            set => inner.ConnectionId = value;
        }

        public override IFeatureCollection Features => inner.Features;

        public override IDictionary<object, object?> Items
        {
            get => inner.Items;
            set => inner.Items = value;
        }

        public override IDuplexPipe Transport
        {
            get => inner.Transport;
            set => inner.Transport = value;
        }

        public override CancellationToken ConnectionClosed
        {
            get => inner.ConnectionClosed;
            set => inner.ConnectionClosed = value;
        }

        public override EndPoint? LocalEndPoint
        {
            get => inner.LocalEndPoint;
            set => inner.LocalEndPoint = value;
        }

        public override EndPoint? RemoteEndPoint
        {
            get => inner.RemoteEndPoint;
            set => inner.RemoteEndPoint = value;
        }

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override void Abort() => inner.Abort();

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync();
                await base.DisposeAsync();
            }
            finally
            {
                if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
                    open.Leave();
            }
        }
    }
}
