using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NetVips;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events.Editing;

/// <summary>An event's own picture: what is taken, what becomes of it, and what is refused.</summary>
public sealed class EventImageTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    public async Task A_picture_is_kept_in_four_widths_and_two_formats(string suffix)
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);

        var (status, body) = await UploadAsync(made, PictureOf(3000, 2000, suffix), ("focusX", "20"), ("focusY", "70"));

        status.ShouldBe(200, body.ToString());
        var image = body.GetProperty("image");
        (image.GetProperty("focusX").GetInt32(), image.GetProperty("focusY").GetInt32()).ShouldBe((20, 70));
        image.GetProperty("colour").GetString()!.ShouldMatch("^#[0-9a-f]{6}$");
        var address = image.GetProperty("base").GetString()!;
        foreach (var width in new[] { 480, 960, 1600, 2400 })
        {
            foreach (var (end, type) in new[] { ("jpg", "image/jpeg"), ("webp", "image/webp") })
            {
                using var answer = await _node.Client.GetAsync($"{address}{width}.{end}");
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
                answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
                using var picture = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
                (picture.Width, picture.Height).ShouldBe((width, (int)Math.Round(width * 2 / 3.0)));
            }
        }

        var shown = await _node.Client.GetStringAsync($"/api/v1/events/{made.Id}");
        using var details = JsonDocument.Parse(shown);
        details.RootElement.GetProperty("imageUrl").GetString().ShouldBe($"{address}1600.jpg");
        details.RootElement.GetProperty("image").GetProperty("base").GetString().ShouldBe(address);
    }

    [Fact]
    public async Task A_picture_is_turned_upright_and_loses_its_metadata()
    {
        var made = await OwnEvent.DraftAsync(_node);
        using var canvas = Image.Black(600, 400, bands: 3);
        using var turned = canvas.Mutate(image =>
        {
            image.Set(GValue.GIntType, "orientation", 6);
            image.Set(GValue.GStrType, "exif-ifd0-Artist", "Ada Lovelace");
        });

        var (status, body) = await UploadAsync(made, turned.JpegsaveBuffer());

        status.ShouldBe(200, body.ToString());
        var bytes = await _node.Client.GetByteArrayAsync(
            $"{body.GetProperty("image").GetProperty("base").GetString()}2400.jpg");
        using var kept = Image.NewFromBuffer(bytes);
        (kept.Width, kept.Height).ShouldBe((400, 600));
        Encoding.Latin1.GetString(bytes).ShouldNotContain("Lovelace");
    }

    [Fact]
    public async Task The_focus_is_moved_and_the_picture_taken_away()
    {
        var made = await OwnEvent.DraftAsync(_node);
        (await made.AskAsync(HttpMethod.Patch, "/image", new { x = 1, y = 2 })).ShouldRefuse(409, "no-image");
        (await UploadAsync(made, PictureOf(400, 300, ".png"))).Status.ShouldBe(200);

        var moved = await made.AskAsync(HttpMethod.Patch, "/image", new { x = 10, y = 90 });
        moved["image"].GetProperty("focusX").GetInt32().ShouldBe(10);
        (await made.AskAsync(HttpMethod.Patch, "/image", new { x = 101, y = 0 })).ShouldRefuse(400, "validation");

        var removed = await made.AskAsync(HttpMethod.Delete, "/image");
        removed.Body.TryGetProperty("image", out _).ShouldBeFalse();
        removed["imageUrl"].GetString()!.ShouldStartWith("/artwork/");
        (await made.AskAsync(HttpMethod.Delete, "/image")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_by_what_it_is_and_not_by_its_name()
    {
        var made = await OwnEvent.DraftAsync(_node);
        var picture = PictureOf(400, 300, ".jpg");
        byte[][] refused =
        [
            Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>"),
            Encoding.UTF8.GetBytes("%PDF-1.7 not a picture"),
            Encoding.UTF8.GetBytes("GIF89a not taken"),
            [0xFF, 0xD8, 0xFF, .. new byte[500]],
            [.. picture.Take(picture.Length / 3)],
            BombOf(50_000, 50_000),
            PictureOf(150, 300, ".png"),
        ];

        foreach (var upload in refused)
        {
            var (status, body) = await UploadAsync(made, upload);
            status.ShouldBe(400, $"upload {Array.IndexOf(refused, upload)}: {body}");
            body.GetProperty("code").GetString().ShouldBe("validation");
        }

        (await UploadAsync(made, new byte[(10 * 1024 * 1024) + 1])).Status.ShouldBe(400);
        (await UploadAsync(made, new byte[11 * 1024 * 1024])).Status.ShouldBe(413);
        (await UploadAsync(made, picture, ("focusX", "500"))).Status.ShouldBe(400);
        (await UploadAsync(made, [])).Status.ShouldBe(400);
        var shown = await made.GetAsync();
        shown.Body.TryGetProperty("image", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_organisations_event_and_pictures_that_are_not_there_are_not_found()
    {
        var (made, other) = (await OwnEvent.DraftAsync(_node), await OwnEvent.DraftAsync(_node));
        var strange = other with { Id = made.Id };

        (await UploadAsync(strange, PictureOf(400, 300, ".png"))).Status.ShouldBe(404);
        string[] paths =
            [$"{House.NewId():N}/480.jpg", "x/480.jpg", $"{House.NewId():N}/481.jpg", $"{House.NewId():N}/480.gif"];
        foreach (var path in paths)
        {
            using var answer = await _node.Client.GetAsync($"/pictures/{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static byte[] PictureOf(int width, int height, string suffix)
    {
        using var canvas = Image.Sines(width, height, hfreq: 3, vfreq: 2);
        using var picture = canvas.Linear([100], [120]).Cast(Enums.BandFormat.Uchar);
        using var coloured = picture.Bandjoin(picture, picture);
        using var rgb = coloured.Copy(interpretation: Enums.Interpretation.Srgb);
        return rgb.WriteToBuffer(suffix);
    }

    /// <summary>A PNG of a few bytes that says it is large.</summary>
    private static byte[] BombOf(int width, int height)
    {
        var header = new byte[17];
        "IHDR"u8.CopyTo(header);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        (header[12], header[13]) = (8, 2);
        var checksum = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            checksum, System.IO.Hashing.Crc32.HashToUInt32(header));
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. header, .. checksum,
            0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E,
        ];
    }

    private async Task<(int Status, JsonElement Body)> UploadAsync(
        OwnEvent made, byte[] file, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        // The name lies on purpose.
        form.Add(new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
            "image", "photo.jpg");
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"/api/v1/organisations/{made.Organisation.Slug}/events/{made.Id}/image")
        {
            Content = form,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", made.Organisation.Owner.AccessToken);
        using var answer = await _node.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
