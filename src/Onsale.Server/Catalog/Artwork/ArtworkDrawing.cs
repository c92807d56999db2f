using System.Globalization;
using System.Text;

namespace Onsale.Server.Catalog.Artwork;

/// <summary>
/// Pictures for events that have none: a few abstract motifs, chosen to suit the kind of event, in palettes that belong
/// together, all drawn from the event's id. Plain SVG shapes: no script, no filter, a few kilobytes.
/// </summary>
internal static class ArtworkDrawing
{
    /// <summary>To be raised when the drawings change: their addresses change with it.</summary>
    public const int Style = 1;

    public const int Width = 1200;
    public const int Height = 800;

    /// <summary>The picture of one event, always the same.</summary>
    public static string Draw(Guid eventId, string category)
    {
        var random = new Random(Seed(eventId));
        var palette = ArtworkPalettes.Choose(category, random);
        var canvas = new ArtworkCanvas();
        canvas.Rectangle(0, 0, Width, Height, palette.Ground);
        Motif(category, random)(canvas, palette, random);
        return canvas.ToString();
    }

    private static Action<ArtworkCanvas, ArtworkPalette, Random> Motif(string category, Random random)
    {
        Action<ArtworkCanvas, ArtworkPalette, Random>[] fitting = category switch
        {
            "concert" => [ArtworkMotifs.Arcs, ArtworkMotifs.Orbits],
            "club" => [ArtworkMotifs.Beams, ArtworkMotifs.Dots],
            "classical" => [ArtworkMotifs.Tides, ArtworkMotifs.Strings],
            "jazz" => [ArtworkMotifs.Tiles],
            "theatre" => [ArtworkMotifs.Curtain, ArtworkMotifs.Arcs],
            "ballet" => [ArtworkMotifs.Strings],
            "comedy" => [ArtworkMotifs.Tiles],
            "sports" => [ArtworkMotifs.Pitch],
            "festival" => [ArtworkMotifs.Horizon],
            "family" => [ArtworkMotifs.Night],
            "conference" => [ArtworkMotifs.Dots, ArtworkMotifs.Tiles],
            _ => [ArtworkMotifs.Arcs, ArtworkMotifs.Orbits, ArtworkMotifs.Tides, ArtworkMotifs.Tiles],
        };
        return fitting[random.Next(fitting.Length)];
    }

    // FNV-1a: the runtime's own hash of a Guid may change between versions, the pictures must not.
    private static int Seed(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var hash = 2166136261u;
        foreach (var value in bytes)
            hash = (hash ^ value) * 16777619u;
        return (int)(hash & int.MaxValue);
    }
}

/// <summary>A ground, and shapes on it from back to front.</summary>
internal sealed record ArtworkPalette(string Ground, string[] Shapes, string Light)
{
    public string Shape(int index) => Shapes[index % Shapes.Length];
}

/// <summary>Collects SVG shapes, with coordinates in tenths at most: smaller files, no visible difference.</summary>
internal sealed class ArtworkCanvas
{
    private readonly StringBuilder _svg = new(4096);

    public ArtworkCanvas() => _svg.Append(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {ArtworkDrawing.Width} {ArtworkDrawing.Height}\" "
        + $"preserveAspectRatio=\"xMidYMid slice\">");

    public void Rectangle(double x, double y, double width, double height, string fill, double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" "
            + $"fill=\"{fill}\"{Opacity(opacity)}/>");

    public void Circle(double x, double y, double radius, string fill, double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture,
            $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"{fill}\"{Opacity(opacity)}/>");

    public void Ring(double x, double y, double radius, string stroke, double width, double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture,
            $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"none\" "
            + $"stroke=\"{stroke}\" stroke-width=\"{width:0.#}\"{Opacity(opacity)}/>");

    public void Path(string data, string fill, double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{data}\" fill=\"{fill}\"{Opacity(opacity)}/>");

    public void Line(string data, string stroke, double width, double opacity = 1) =>
        _svg.Append(CultureInfo.InvariantCulture,
            $"<path d=\"{data}\" fill=\"none\" "
            + $"stroke=\"{stroke}\" stroke-width=\"{width:0.#}\" stroke-linecap=\"round\"{Opacity(opacity)}/>");

    /// <summary>Path data: culture-free, in tenths.</summary>
    public static string Data(FormattableString data) => data.ToString(ArtworkNumbers.Instance);

    public override string ToString() => $"{_svg}</svg>";

    private static string Opacity(double opacity) =>
        opacity >= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" opacity=\"{opacity:0.##}\"");

    private sealed class ArtworkNumbers : IFormatProvider, ICustomFormatter
    {
        public static readonly ArtworkNumbers Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            double number => number.ToString("0.#", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
            _ => arg?.ToString() ?? "",
        };
    }
}
