using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform;

/// <summary>Connections never take the file descriptors that the rest of the program needs.</summary>
public sealed class OpenConnectionsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(null, 50_000)]
    [InlineData(1_000_000L, 50_000)]
    [InlineData(20_000L, 19_000)]
    [InlineData(1_024L, 624)]
    [InlineData(256L, 64)]
    public void Connections_leave_descriptors_to_the_rest_of_the_program(long? limit, int connections) =>
        DescriptorLimit.ConnectionsOf(limit).ShouldBe(connections);

    [Fact]
    public async Task Connection_beyond_the_limit_is_closed_before_the_next_is_accepted()
    {
        var arriving = new Arriving(10);
        var open = Open(max: 3);
        await using var listener = new BoundedListener(arriving, open);

        var accepted = new List<ConnectionContext>();
        for (var i = 0; i < 3; i++)
            accepted.Add((await listener.AcceptAsync()).ShouldNotBeNull());
        (await listener.AcceptAsync()).ShouldBeNull("the others were closed, and no more came");

        (open.Count, arriving.MostOpen, arriving.Closed).ShouldBe((3, 4, 7));

        await accepted[0].DisposeAsync();
        await accepted[0].DisposeAsync();
        open.Count.ShouldBe(2);
        arriving.Add(1);
        (await listener.AcceptAsync()).ShouldNotBeNull("there is room again");
    }

    /// <summary>The server's own limit leaves out connections that were upgraded.</summary>
    [Fact]
    public async Task WebSockets_count_like_all_connections()
    {
        const int files = 464, most = 64, sockets = 40;
        var (server, @event, _) = await StartAsync(files);
        await using var _server = server;
        var address = new Uri($"ws://127.0.0.1:{server.Client.BaseAddress!.Port}/api/v1/events/{@event.Id}/live");
        var watching = new List<ClientWebSocket>();
        for (var i = 0; i < sockets; i++)
        {
            watching.Add(new ClientWebSocket());
            await watching[^1].ConnectAsync(address, CancellationToken.None);
        }

        var others = await ConnectAsync(server, most);

        await Eventually.ShouldBeTrueAsync(
            () => others.Count(IsClosed) >= sockets, "no more than the limit are open, WebSockets included");
        watching.ShouldAllBe(socket => socket.State == WebSocketState.Open);
        others.ForEach(other => other.Dispose());
        watching.ForEach(socket => socket.Dispose());
    }

    /// <summary>The runtime ends a process that has no descriptor left in the wrong moment.</summary>
    [Fact]
    public async Task Process_whose_connections_are_all_taken_goes_on_selling_to_those_it_has()
    {
        const int files = 1_000, most = 600, burst = 400;
        var (server, @event, database) = await StartAsync(files);
        await using var _server = server;
        await using var issuer = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(issuer);
        var buyer = crowd.Join().At(server.Client);
        (await server.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();

        var others = CountDescriptors(server.Id);
        var hogs = await ConnectAsync(server, most);
        // All at once, for a process that has not run for a while: it accepts much faster than it looks at them.
        await ServerProcess.SignalAsync("STOP", server.Id.ToString());
        var late = Enumerable.Range(0, burst).Select(_ => ConnectAsync(server, 1)).ToList();
        using var watching = new CancellationTokenSource();
        var peak = Task.Run(() => WatchDescriptors(server.Id, watching.Token));
        await ServerProcess.SignalAsync("CONT", server.Id.ToString());
        hogs.AddRange((await Task.WhenAll(late)).SelectMany(clients => clients));
        await Eventually.ShouldBeTrueAsync(
            () => hogs.Count(IsClosed) >= burst, "those that came too late are closed");
        await watching.CancelAsync();

        (await buyer.HoldTicketsAsync(@event, 2)).Status.ShouldBe(201, server.Output);
        (await peak).ShouldBeLessThan(others + most + 50);
        hogs.ForEach(hog => hog.Dispose());
        await Eventually.ShouldPassAsync(async () =>
        {
            using var next = new HttpClient { BaseAddress = server.Client.BaseAddress };
            (await next.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        });
        server.Output.ShouldContain("as many as the limit of open files allows");
    }

    private static async Task<(ServerProcess Server, TestEvent Event, string Database)> StartAsync(int files)
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        var server = await ServerProcess.StartAsync(new ServerOptions(ServerProcess.CreateDataDirectory())
        {
            MaxOpenFiles = files,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Postgres"] = database,
                ["Onsale:Connections:FirstByteSeconds"] = "600",
            },
        });
        await using var dataSource = NpgsqlDataSource.Create(database);
        return (server, await TestEvent.WithPoolsAsync(dataSource, [100]), database);
    }

    private static async Task<List<TcpClient>> ConnectAsync(ServerProcess server, int count)
    {
        var clients = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(new TcpClient());
            try
            {
                await clients[^1].ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                // Closed before this side has seen it open.
            }
        }

        return clients;
    }

    /// <summary>Readable without anything to read: the other side has closed it.</summary>
    private static bool IsClosed(TcpClient client) =>
        !client.Connected || client.Client.Poll(0, SelectMode.SelectRead);

    private static int WatchDescriptors(int process, CancellationToken stop)
    {
        var most = 0;
        while (!stop.IsCancellationRequested)
            most = Math.Max(most, CountDescriptors(process));
        return most;
    }

    private static int CountDescriptors(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    private OpenConnections Open(int max) => new(
        max, TimeProvider.System, _services.GetRequiredService<IMeterFactory>(), NullLogger<OpenConnections>.Instance);

    /// <summary>A listener at which so many connections have arrived, and then no more.</summary>
    private sealed class Arriving(int waiting) : IConnectionListener
    {
        private int _waiting = waiting;
        private int _open;

        public int MostOpen { get; private set; }

        public int Closed { get; private set; }

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 0);

        public void Add(int more) => _waiting += more;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (_waiting == 0)
                return ValueTask.FromResult<ConnectionContext?>(null);
            _waiting--;
            MostOpen = Math.Max(MostOpen, ++_open);
            return ValueTask.FromResult<ConnectionContext?>(new Counted(this));
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private sealed class Counted : DefaultConnectionContext
        {
            private readonly Arriving _listener;

            public Counted(Arriving listener)
            {
                _listener = listener;
                Transport = new Duplex(new Pipe().Reader, new Pipe().Writer);
            }

            // The framework's own cancels a source some time later, which is disposed by then.
            public override void Abort(ConnectionAbortedException abortReason)
            {
            }

            public override ValueTask DisposeAsync()
            {
                _listener._open--;
                _listener.Closed++;
                return base.DisposeAsync();
            }
        }

        private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
