using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>What befalls a COMMIT on its way.</summary>
internal enum CommitFault
{
    None,

    /// <summary>The connection breaks before the server hears of it.</summary>
    CutBefore,

    /// <summary>The connection breaks at both ends the moment it is sent: it may or may not be heard.</summary>
    CutDuring,

    /// <summary>The server commits, and the connection breaks before the answer arrives.</summary>
    LoseAnswer,

    /// <summary>The server commits, and the answer is kept back until <see cref="FaultyProxy.Release"/>.</summary>
    HoldAnswer,
}

/// <summary>
/// Stands between a node and PostgreSQL and knows enough of the protocol to see a batch's COMMIT pass: the
/// extended-query one that the journal sends, by its prepared statement or by its text. Other transactions pass
/// unharmed.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, byte> _links = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDown;
    private int _held;

    private FaultyProxy(string database)
    {
        var target = new NpgsqlConnectionStringBuilder(database);
        _server = Path.IsPathRooted(target.Host)
            ? new UnixDomainSocketEndPoint(Path.Combine(target.Host, $".s.PGSQL.{target.Port}"))
            : new DnsEndPoint(target.Host!, target.Port);
        _listener.Start();
        (target.Host, target.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        ConnectionString = target.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The same database, by way of this.</summary>
    public string ConnectionString { get; }

    /// <summary>Asked at every COMMIT of the journal; from several connections at a time.</summary>
    public Func<CommitFault> OnCommit { get; set; } = () => CommitFault.None;

    /// <summary>Answers that are kept back now.</summary>
    public int Held => Volatile.Read(ref _held);

    public static FaultyProxy Start(string database) => new(database);

    /// <summary>Faults for the next COMMITs, in this order; none for those after.</summary>
    public void Plan(params CommitFault[] faults)
    {
        var queue = new ConcurrentQueue<CommitFault>(faults);
        OnCommit = () => queue.TryDequeue(out var fault) ? fault : CommitFault.None;
    }

    /// <summary>Breaks all connections and lets no new one through until <see cref="Up"/>.</summary>
    public void Down()
    {
        _isDown = true;
        foreach (var link in _links.Keys)
            link.Cut();
    }

    /// <summary>Lets nothing new through, on old connections neither; what is under way goes on.</summary>
    public void Refuse() => _isDown = true;

    public void Up() => _isDown = false;

    /// <summary>Passes on the answers that are kept back.</summary>
    public void Release() =>
        Interlocked.Exchange(
            ref _release, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Release();
        Down();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        using var link = new Link(this, client, server);
        _links[link] = 0;
        try
        {
            if (_isDown)
                return;
            await server.ConnectAsync(_server);
            // Both end when either socket does: a cut closes both.
            await Task.WhenAny(link.CarryRequestsAsync(), link.CarryAnswersAsync());
        }
        catch (SocketException)
        {
            // The server is not there; the client sees its connection end.
        }
        finally
        {
            _links.TryRemove(link, out _);
        }
    }

    /// <summary>One client's connection and the server's end of it.</summary>
    private sealed class Link(FaultyProxy proxy, Socket client, Socket server) : IDisposable
    {
        private const int SslRequest = 80877103;
        private const int GssEncryptionRequest = 80877104;

        private readonly BufferedStream _client = new(new NetworkStream(client), 64 * 1024);
        private readonly HashSet<string> _commits = new(StringComparer.Ordinal);
        private Stream? _server;
        private volatile CommitFault _fault;
        private volatile bool _isBusy;

        private Stream ServerStream => LazyInitializer.EnsureInitialized(ref _server, () => new NetworkStream(server));

        public void Cut()
        {
            client.Dispose();
            server.Dispose();
        }

        public async Task CarryRequestsAsync()
        {
            try
            {
                await CarryStartAsync();
                var forward = new MemoryStream();
                while (true)
                {
                    var (type, message) = await ReadAsync(_client);
                    if (proxy._isDown && !_isBusy)
                    {
                        Cut();
                        return;
                    }

                    _isBusy = true;
                    if (IsCommit(type, message))
                    {
                        _fault = proxy.OnCommit();
                        if (_fault == CommitFault.CutBefore)
                        {
                            // What the batch wrote is sent, as it would be had it gone in a packet of its own.
                            await SendAsync(forward);
                            Cut();
                            return;
                        }
                    }

                    forward.Write(message);
                    if (type is not ('S' or 'Q' or 'H' or 'X' or 'p'))
                        continue;
                    await SendAsync(forward);
                    if (_fault == CommitFault.CutDuring)
                    {
                        Cut();
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                Cut();
            }
        }

        public async Task CarryAnswersAsync()
        {
            try
            {
                var answers = new BufferedStream(ServerStream, 64 * 1024);
                var forward = new MemoryStream();
                while (true)
                {
                    var (type, message) = await ReadAsync(answers);
                    forward.Write(message);
                    if (type is not ('Z' or 'R' or 'E'))
                        continue;
                    // A server that answers before the connection is cut is not heard either.
                    if (type == 'Z' && _fault is CommitFault.LoseAnswer or CommitFault.CutDuring)
                    {
                        Cut();
                        return;
                    }

                    if (_fault == CommitFault.LoseAnswer)
                        continue;
                    if (type == 'Z' && _fault == CommitFault.HoldAnswer)
                    {
                        _fault = CommitFault.None;
                        Interlocked.Increment(ref proxy._held);
                        await proxy._release.Task;
                        Interlocked.Decrement(ref proxy._held);
                    }

                    _isBusy = type != 'Z';
                    await client.SendAsync(forward.GetBuffer().AsMemory(0, (int)forward.Length));
                    forward.SetLength(0);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                Cut();
            }
        }

        public void Dispose() => Cut();

        /// <summary>
        /// The messages before the first typed one. Encryption is declined here, as the server's socket would.
        /// </summary>
        private async Task CarryStartAsync()
        {
            while (true)
            {
                var length = new byte[4];
                await _client.ReadExactlyAsync(length);
                var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
                await _client.ReadExactlyAsync(rest);
                if (BinaryPrimitives.ReadInt32BigEndian(rest) is SslRequest or GssEncryptionRequest)
                {
                    await client.SendAsync("N"u8.ToArray());
                    continue;
                }

                await ServerStream.WriteAsync((byte[])[.. length, .. rest]);
                return;
            }
        }

        private async Task SendAsync(MemoryStream forward)
        {
            await ServerStream.WriteAsync(forward.GetBuffer().AsMemory(0, (int)forward.Length));
            forward.SetLength(0);
        }

        /// <summary>A message whole: type, length, content.</summary>
        private static async Task<(char Type, byte[] Message)> ReadAsync(Stream stream)
        {
            var header = new byte[5];
            await stream.ReadExactlyAsync(header);
            var message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
            header.CopyTo(message, 0);
            await stream.ReadExactlyAsync(message.AsMemory(5));
            return ((char)header[0], message);
        }

        /// <summary>Parse names a statement and its text; Bind names a portal and the statement.</summary>
        private bool IsCommit(char type, byte[] message)
        {
            if (type is not ('P' or 'B'))
                return false;
            var texts = Encoding.UTF8.GetString(message, 5, message.Length - 5).Split('\0', 3);
            if (type == 'B')
                return _commits.Contains(texts[1]);
            if (texts[1].Equals("commit", StringComparison.OrdinalIgnoreCase))
                _commits.Add(texts[0]);
            else
                _commits.Remove(texts[0]);
            return false;
        }
    }
}
