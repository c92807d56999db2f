using System.Text;
using NetVips;
using Onsale.Platform.Caching;

namespace Onsale.Server.Catalog.Artwork;

/// <summary>
/// Drawn pictures as PNG, rendered from the same SVG that pages show: each once, and one at a time, so that a burst of
/// shared links leaves the processors to the sale.
/// </summary>
internal sealed class ArtworkPictures : IDisposable
{
    /// <summary>What Open Graph readers ask for: 1.91 to 1.</summary>
    public const int Width = 1200;

    /// <inheritdoc cref="Width"/>
    public const int Height = 630;

    private const long MaxCachedBytes = 16 * 1024 * 1024;

    private readonly BoundedCache<(Guid EventId, string Category), byte[]> _pictures =
        new(MaxCachedBytes, picture => picture.Length);

    private readonly SemaphoreSlim _rendering = new(1);

    /// <summary>
    /// False where the program was built for another system than it runs on and so lacks the native library: pages then
    /// name the SVG.
    /// </summary>
    public static bool IsSupported { get; } = Initialize();

    /// <summary>The picture of one event as PNG, 1200 × 630 pixels.</summary>
    public async Task<byte[]> GetAsync(Guid eventId, string category, CancellationToken cancellationToken) =>
        (await _pictures.GetAsync((eventId, category), RenderAsync, cancellationToken))!;

    public void Dispose() => _rendering.Dispose();

    private async Task<byte[]?> RenderAsync((Guid EventId, string Category) key)
    {
        await _rendering.WaitAsync();
        try
        {
            return Render(ArtworkDrawing.Draw(key.EventId, key.Category));
        }
        finally
        {
            _rendering.Release();
        }
    }

    // The drawing fills its canvas and stays good when its sides are cut off: the middle strip is taken.
    private static byte[] Render(string svg)
    {
        using var drawing = Image.SvgloadBuffer(Encoding.UTF8.GetBytes(svg));
        using var strip = drawing.Crop(0, (ArtworkDrawing.Height - Height) / 2, Width, Height);
        using var opaque = strip.Flatten();
        return opaque.PngsaveBuffer(compression: 9);
    }

    private static bool Initialize()
    {
        if (!ModuleInitializer.VipsInitialized)
            return false;
        // Rendered pictures are kept here; the library's own cache and threads would cost memory for nothing.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
