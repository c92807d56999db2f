using System.Net;
using Microsoft.AspNetCore.Http;
using Onsale.Platform.Http;

namespace Onsale.Server.Tests.Platform;

/// <summary>Only requests with the secret of the running simulation count as simulated callers.</summary>
public sealed class SimulatedCallerTests
{
    private static readonly IPAddress s_here = IPAddress.Loopback;
    private readonly SimulatedCallers _callers = new();

    [Fact]
    public async Task Each_simulated_caller_has_an_address_range_of_its_own()
    {
        var secret = _callers.Begin();

        (await AddressOfAsync(s_here, $"{secret}.1")).ShouldBe(IPAddress.Parse("2001:db8:0:1::1"));
        (await AddressOfAsync(s_here, $"{secret}.65536")).ShouldBe(IPAddress.Parse("2001:db8:1:0::1"));
    }

    [Fact]
    public async Task The_secret_is_worth_nothing_from_elsewhere_wrong_or_after_its_end()
    {
        var elsewhere = IPAddress.Parse("192.0.2.7");
        var secret = _callers.Begin();

        (await AddressOfAsync(elsewhere, $"{secret}.1")).ShouldBe(elsewhere);
        string[] worthless =
            ["", ".1", "0.1", secret, $"{secret}.", $"{secret}.-1", $"{secret}.x", $"{secret[1..]}.1"];
        foreach (var wrong in worthless)
            (await AddressOfAsync(s_here, wrong)).ShouldBe(s_here, wrong);
        _callers.Begin();
        (await AddressOfAsync(s_here, $"{secret}.1")).ShouldBe(s_here);
        var last = _callers.Begin();
        _callers.End();
        (await AddressOfAsync(s_here, $"{last}.1")).ShouldBe(s_here);
    }

    private async Task<IPAddress?> AddressOfAsync(IPAddress remote, string header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote;
        context.Connection.LocalIpAddress = IPAddress.Parse("192.0.2.1");
        context.Request.Headers[SimulatedCallers.Header] = header;
        await _callers.InvokeAsync(context, _ => Task.CompletedTask);
        return context.Connection.RemoteIpAddress;
    }
}
