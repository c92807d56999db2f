using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

/// <summary>What many read comes compressed to who takes it so, and is the same for who does not.</summary>
public sealed class ContentEncodingTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("/availability")]
    [InlineData("")]
    public async Task Each_coding_carries_the_same_and_is_told_apart_by_caches(string what)
    {
        var @event = await TestEvent.WithSeatsAsync(
            _node.DataSource, rows: 100, seatsInRow: 100, made => made with { Description = new string('x', 2000) });
        var path = $"/api/v1/events/{@event.Id}{what}";
        var plain = await GetAsync(path, null);
        var brotli = await GetAsync(path, "gzip;q=0.5, BR");
        var gzip = await GetAsync(path, "gzip, br;q=0");

        plain.Coding.ShouldBeNull();
        brotli.Coding.ShouldBe("br");
        gzip.Coding.ShouldBe("gzip");
        plain.Body.Length.ShouldBeGreaterThan(1024);
        brotli.Body.Length.ShouldBeLessThan(plain.Body.Length / 2);
        Decompress(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)).ShouldBe(plain.Body);
        Decompress(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)).ShouldBe(plain.Body);
        foreach (var answer in new[] { plain, brotli, gzip })
            answer.Vary.ShouldBe(["Accept-Encoding"]);
    }

    [Fact]
    public async Task Contract_is_compressed()
    {
        var plain = await GetAsync("/openapi/v1.json", null);
        var gzip = await GetAsync("/openapi/v1.json", "gzip");

        (plain.Coding, gzip.Coding).ShouldBe((null, "gzip"));
        foreach (var answer in new[] { plain, gzip })
        {
            answer.ContentType!.MediaType.ShouldBe("application/json");
            answer.Vary.ShouldBe(["Accept-Encoding"]);
        }

        gzip.Body.Length.ShouldBeLessThan(plain.Body.Length / 2);
        var text = Encoding.UTF8.GetString(
            Decompress(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)));
        text.ShouldBe(Encoding.UTF8.GetString(plain.Body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public async Task Who_has_a_version_in_any_coding_is_not_sent_it_again(string? coding)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 100, seatsInRow: 100);
        var path = $"/api/v1/events/{@event.Id}/availability";
        var has = (await GetAsync(path, coding)).ETag!;
        has.ToString().ShouldBe(coding is null ? "\"0\"" : "W/\"0\"");

        foreach (var asked in new[] { null, "br" })
        {
            using var request = Request(path, asked);
            request.Headers.IfNoneMatch.Add(has);
            using var response = await _node.Client.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_fits_in_one_packet_goes_as_it_is()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);

        (await GetAsync($"/api/v1/events/{@event.Id}/availability", "br")).Coding.ShouldBeNull();
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("brotli, gz", null)]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1.0, br;q=0.000", "gzip")]
    [InlineData(" GZIP ; q=0.3 ", "gzip")]
    [InlineData("gzip;q=0,br;q=0", null)]
    [InlineData("br;Q=0, gzip; q = 0.5", "gzip")]
    [InlineData("br;q=0.1, gzip;q=1", "gzip")]
    [InlineData("br;q=0.1, gzip", "gzip")]
    [InlineData("gzip;q=0.8, br;q=0.801", "br")]
    [InlineData("gzip;q=0.5, br;q=0.5", "br")]
    [InlineData("gzip;q=0.001, br;q=0", "gzip")]
    [InlineData("identity;q=0.5, gzip;q=0.1, br;q=0.2", null)]
    [InlineData("identity, br;q=0.9, gzip", "gzip")]
    [InlineData("identity;q=0, br;q=0", null)]
    [InlineData("br;q=many, gzip;q=0.5", "br")]
    public void The_best_coding_that_is_taken(string header, string? coding) =>
        ContentEncodings.Choose(header).ShouldBe(coding);

    private static HttpRequestMessage Request(string path, string? coding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (coding is not null)
            request.Headers.Add("Accept-Encoding", coding);
        return request;
    }

    private static byte[] Decompress(Stream stream)
    {
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task<Answer> GetAsync(string path, string? coding)
    {
        using var request = Request(path, coding);
        using var response = await _node.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Answer(
            await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentEncoding.SingleOrDefault(),
            [.. response.Headers.Vary], response.Headers.ETag, response.Content.Headers.ContentType);
    }

    private sealed record Answer(
        byte[] Body, string? Coding, string[] Vary, EntityTagHeaderValue? ETag, MediaTypeHeaderValue? ContentType);
}
