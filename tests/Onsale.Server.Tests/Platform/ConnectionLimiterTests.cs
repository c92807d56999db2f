using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

/// <summary>One machine does not get all connections, and a silent connection does not stay.</summary>
public sealed class ConnectionLimiterTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _served;

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("203.0.113.1", "203.0.113.1", 2)]
    [InlineData("203.0.113.1", "203.0.113.2", 4)]
    [InlineData("203.0.113.1", "::ffff:203.0.113.1", 2)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:3::1", 2)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", 4)]
    public async Task Address_range_has_no_more_connections_than_its_limit(string one, string other, int open)
    {
        var limiter = Limiter(maxPerAddress: 2);
        var connections = new[] { one, other, one, other, one, other }.Select(Speaking).ToList();
        var serving = connections.ConvertAll(connection => Serve(limiter, connection));

        await Eventually.ShouldBeTrueAsync(
            () => serving.Count(served => served.IsCompleted) == connections.Count - open
                && connections.Count(connection => connection.ConnectionClosed.IsCancellationRequested)
                    == connections.Count - open,
            "the others are closed");
        _served.ShouldBe(open);

        connections.ForEach(connection => connection.Abort());
        await Task.WhenAll(serving);
        limiter.Count.ShouldBe(0);
        var next = Speaking(one);
        var served = Serve(limiter, next);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _served) == open + 1, "there is room again");
        next.Abort();
        await served;
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    public async Task This_machine_and_trusted_proxies_are_not_counted(string address)
    {
        var limiter = Limiter(maxPerAddress: 1);
        var connections = Enumerable.Range(0, 5).Select(_ => Speaking(address)).ToList();
        var serving = connections.ConvertAll(connection => Serve(limiter, connection));

        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _served) == 5, "all are served");
        limiter.Count.ShouldBe(0);
        connections.ForEach(connection => connection.Abort());
        await Task.WhenAll(serving);
    }

    [Fact]
    public async Task Connection_that_says_nothing_is_closed_and_gives_its_place_back()
    {
        var limiter = Limiter(maxPerAddress: 1);
        var serving = Serve(limiter, Silent("203.0.113.1"));
        serving.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(15));
        await serving;

        (_served, limiter.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Node_closes_a_silent_connection()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Connections:FirstByteSeconds", "1")]);
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, node.Address.Port);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        (await silent.GetStream().ReadAsync(new byte[1], patience.Token)).ShouldBe(0);
    }

    private static DefaultConnectionContext Silent(string address) => Connect(address).Connection;

    private static DefaultConnectionContext Speaking(string address)
    {
        var (connection, client) = Connect(address);
        client.Write("GET"u8);
        var flushing = client.FlushAsync();
        flushing.IsCompleted.ShouldBeTrue();
        return connection;
    }

    private static (DefaultConnectionContext Connection, PipeWriter Client) Connect(string address)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        return (new DefaultConnectionContext
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1234),
            Transport = new Duplex(toServer.Reader, toClient.Writer),
        }, toServer.Writer);
    }

    private ConnectionLimiter Limiter(int maxPerAddress) => new(
        Options.Create(new ConnectionOptions { MaxPerAddress = maxPerAddress }),
        new ConfigurationBuilder().AddInMemoryCollection(
            [new KeyValuePair<string, string?>(TrustedProxies.Setting, "10.0.0.0/8")]).Build(),
        _time, _services.GetRequiredService<IMeterFactory>(), NullLogger<ConnectionLimiter>.Instance);

    private Task Serve(ConnectionLimiter limiter, DefaultConnectionContext connection) =>
        limiter.Apply(async served =>
        {
            Interlocked.Increment(ref _served);
            var end = new TaskCompletionSource();
            await using var registration = served.ConnectionClosed.Register(end.SetResult);
            await end.Task;
        })(connection);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
