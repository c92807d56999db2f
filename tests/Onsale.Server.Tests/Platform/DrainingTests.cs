using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Onsale.Platform.Http;

namespace Onsale.Server.Tests.Platform;

public sealed class DrainingTests
{
    [Fact]
    public async Task A_stop_finishes_what_is_under_way_and_refuses_what_is_new()
    {
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddHosting();
        builder.AddProgram();
        await using var app = builder.Build();
        app.UseHosting();
        app.UseDraining();
        app.UseRoutes();
        app.MapGet("/slow", async () =>
        {
            reached.SetResult();
            await release.Task;
            return "done";
        });
        app.MapGet("/quick", () => "done");
        app.MapGet("/health/live", () => "alive");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var slow = client.GetStringAsync("/slow");
        await reached.Task;

        var stop = app.StopAsync();

        using (var refused = await client.GetAsync("/quick"))
        {
            await refused.ShouldBeProblemAsync(503, "shutting-down");
            refused.Headers.ConnectionClose.ShouldBe(true);
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        }

        using (var alive = await client.GetAsync("/health/live"))
            alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        stop.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await slow).ShouldBe("done");
        await stop;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/quick"));
    }
}
