using System.Text;
using static Onsale.Server.Catalog.Artwork.ArtworkCanvas;

namespace Onsale.Server.Catalog.Artwork;

/// <summary>The motifs: each fills the whole canvas and stays good when its sides are cut off.</summary>
internal static class ArtworkMotifs
{
    private const int Width = ArtworkDrawing.Width;
    private const int Height = ArtworkDrawing.Height;

    /// <summary>Half circles growing from one point, like sound from a stage.</summary>
    public static void Arcs(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var x = Between(random, 420, 780);
        var y = Height + Between(random, -40, 60);
        var step = Between(random, 84, 104);
        for (var ring = 8; ring >= 1; ring--)
            canvas.Circle(x, y, ring * step, Blend(palette, ring), ring % 2 == 0 ? 1 : 0.92);
        canvas.Circle(x, y, step * 0.62, palette.Light);
        var moon = Between(random, 46, 92);
        canvas.Circle(
            x + (x < 600 ? 1 : -1) * Between(random, 300, 400), Between(random, 130, 210), moon, palette.Light, 0.95);

        static string Blend(ArtworkPalette palette, int ring) => palette.Shape((8 - ring) / 2);
    }

    /// <summary>Rings out of centre, as a record or an orbit.</summary>
    public static void Orbits(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var x = Between(random, 380, 820);
        var y = Between(random, 320, 480);
        for (var ring = 11; ring >= 1; ring--)
        {
            var shift = ring * Between(random, 2, 6);
            canvas.Ring(x + shift, y - shift * 0.5, ring * 62, palette.Shape(ring / 3), 40, 0.3 + (0.06 * (11 - ring)));
        }

        canvas.Circle(x, y, 118, palette.Shape(3));
        canvas.Circle(x + 38, y - 22, 118, palette.Shape(2), 0.85);
        canvas.Circle(x + 200, y - 230, 34, palette.Light);
    }

    /// <summary>Ridges of waves, one before the other.</summary>
    public static void Tides(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        canvas.Circle(Between(random, 300, 900), Between(random, 190, 260), Between(random, 90, 130), palette.Light);
        var phase = random.NextDouble() * Math.Tau;
        const int Ridges = 9;
        for (var ridge = 0; ridge < Ridges; ridge++)
        {
            var level = 240 + (ridge * 66);
            var height = 58 - (ridge * 3.2);
            var stretch = 1.1 + (ridge * 0.13);
            canvas.Path(
                Wave(level, height, stretch, phase + (ridge * 0.9)),
                palette.Shape(ridge * palette.Shapes.Length / Ridges), 0.9);
            canvas.Line(Crest(level, height, stretch, phase + (ridge * 0.9)), palette.Light, 1.5, 0.35);
        }
    }

    /// <summary>Bundles of curves, drawn as by one bow stroke.</summary>
    public static void Strings(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var (from, to) = (Between(random, 80, 300), Between(random, 480, 720));
        var (bendA, bendB) = (Between(random, -300, 100), Between(random, 700, 1100));
        canvas.Circle(Between(random, 760, 960), Between(random, 200, 320), 150, palette.Shape(1), 0.8);
        for (var strand = 0; strand < 42; strand++)
        {
            var spread = strand * 9.5;
            var (firstX, firstY) = (360 + (strand * 3.0), bendA + (spread * 1.6));
            var (secondX, secondY) = (700 - (strand * 2.0), bendB - (spread * 1.1));
            var (stroke, width) = strand % 7 == 3 ? (palette.Light, 2.4) : (palette.Shape(strand / 11), 5.5);
            canvas.Line(
                Data($"M-20 {from + spread}C{firstX} {firstY} {secondX} {secondY} 1220 {to - (spread * 0.9)}"),
                stroke, width, 0.82);
        }
    }

    /// <summary>Light from above through haze.</summary>
    public static void Beams(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        for (var beam = 0; beam < 13; beam++)
        {
            var x = 40 + (beam * 94) + Between(random, -24, 24);
            var reach = Between(random, -300, 300);
            var spread = Between(random, 60, 150);
            canvas.Path(
                Data($"M{x} -10L{x + reach - spread} 820L{x + reach + spread} 820Z"), palette.Shape(random.Next(4)),
                0.34);
        }

        for (var lamp = 0; lamp < 13; lamp++)
            canvas.Circle(40 + (lamp * 94), 26, 9, palette.Light, 0.95);
        canvas.Path(Wave(690, 26, 3, random.NextDouble() * 6), palette.Ground, 0.96);
    }

    /// <summary>A grid of dots that swells as in a halftone print.</summary>
    public static void Dots(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var (x, y) = (Between(random, 350, 850), Between(random, 250, 550));
        const int Step = 50;
        for (var row = 0; row <= Height / Step; row++)
        {
            for (var column = 0; column <= Width / Step; column++)
            {
                var (cx, cy) = ((column * Step) + (row % 2 * 25.0), row * Step * 1.0);
                var distance = Math.Sqrt(((cx - x) * (cx - x)) + ((cy - y) * (cy - y)));
                var radius = 4 + (20 * Math.Pow(Math.Max(0, Math.Cos(distance / 190)), 2));
                canvas.Circle(cx, cy, radius, palette.Shape((int)(distance / 170)), distance < 80 ? 1 : 0.92);
            }
        }
    }

    /// <summary>Quarter circles, bars and discs on a grid.</summary>
    public static void Tiles(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        const int Side = 200;
        for (var row = 0; row < Height / Side; row++)
        {
            for (var column = 0; column < Width / Side; column++)
                Tile(canvas, palette, random, column * Side, row * Side, Side);
        }
    }

    /// <summary>Folds of a curtain, a gap of light, the edge of a stage.</summary>
    public static void Curtain(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var gap = Between(random, 480, 720);
        canvas.Path(Data($"M{gap - 20} 0L{gap + 20} 0L{gap + 230} 800L{gap - 230} 800Z"), palette.Light, 0.92);
        canvas.Circle(gap, 640, 74, palette.Shape(3));
        for (var fold = 0; fold < 9; fold++)
        {
            var width = 78.0 - (fold * 3.5);
            Fold(canvas, palette, gap - 40 - (fold * 62), -1, width, fold);
            Fold(canvas, palette, gap + 40 + (fold * 62), 1, width, fold);
        }

        canvas.Rectangle(0, 730, Width, 70, palette.Ground);
    }

    /// <summary>Mown stripes and chalk lines.</summary>
    public static void Pitch(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var slant = Between(random, 120, 260);
        for (var stripe = -3; stripe < 12; stripe++)
        {
            var x = stripe * 130.0;
            canvas.Path(Data($"M{x} 800L{x + slant} 0L{x + slant + 130} 0L{x + 130} 800Z"), palette.Shape(stripe & 1));
        }

        var centre = Between(random, 380, 820);
        canvas.Line(Data($"M{centre - (slant / 2.0)} 820L{centre + (slant / 2.0)} -20"), palette.Shape(2), 8);
        canvas.Ring(centre, 400, 190, palette.Shape(2), 8);
        canvas.Circle(centre, 400, 14, palette.Shape(2));
        canvas.Circle(centre + Between(random, 120, 240), Between(random, 180, 330), 58, palette.Shape(3));
        canvas.Path(Data($"M{centre - 700} 800A330 330 0 0 1 {centre - 380} 800Z"), palette.Shape(2), 0.25);
    }

    /// <summary>A sun over hills and water.</summary>
    public static void Horizon(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        var x = Between(random, 360, 840);
        for (var glow = 4; glow >= 1; glow--)
            canvas.Circle(x, 400, 120 + (glow * 62), palette.Shape(0), 0.22);
        canvas.Circle(x, 400, 150, palette.Light);
        for (var hill = 0; hill < 4; hill++)
            canvas.Path(Wave(430 + (hill * 84), 70 - (hill * 10), 0.9 + (hill * 0.35), random.NextDouble() * 6),
                palette.Shape(hill));
        for (var lantern = 0; lantern < 14; lantern++)
            canvas.Circle(
                Between(random, 20, 1180), Between(random, 560, 790), Between(random, 4, 9), palette.Light, 0.9);
    }

    /// <summary>A paper moon, stars and hills.</summary>
    public static void Night(ArtworkCanvas canvas, ArtworkPalette palette, Random random)
    {
        for (var star = 0; star < 70; star++)
            canvas.Circle(
                Between(random, 0, Width), Between(random, 0, 620), Between(random, 1, 5), palette.Light, 0.8);
        var (x, y) = (Between(random, 320, 880), Between(random, 230, 320));
        canvas.Circle(x, y, 230, palette.Shape(1), 0.35);
        canvas.Circle(x, y, 160, palette.Shape(3));
        canvas.Circle(x + 62, y - 34, 138, palette.Ground);
        for (var hill = 0; hill < 3; hill++)
            canvas.Path(
                Wave(560 + (hill * 78), 66, 1 + (hill * 0.3), random.NextDouble() * 6), palette.Shape(2 - hill), 0.95);
    }

    private static void Tile(
        ArtworkCanvas canvas, ArtworkPalette palette, Random random, double x, double y, double side)
    {
        var first = random.Next(4);
        var second = (first + 1 + random.Next(3)) % 4;
        canvas.Rectangle(x, y, side, side, random.Next(3) == 0 ? palette.Ground : palette.Shape(first));
        switch (random.Next(6))
        {
            case 0:
                canvas.Path(Data($"M{x} {y}H{x + side}A{side} {side} 0 0 1 {x} {y + side}Z"), palette.Shape(second));
                break;
            case 1:
                canvas.Path(
                    Data($"M{x + side} {y + side}H{x}A{side} {side} 0 0 1 {x + side} {y}Z"), palette.Shape(second));
                break;
            case 2:
                canvas.Circle(x + (side / 2), y + (side / 2), side * 0.34, palette.Shape(second));
                canvas.Circle(x + (side / 2), y + (side / 2), side * 0.13, palette.Light);
                break;
            case 3:
                for (var bar = 0; bar < 4; bar++)
                    canvas.Rectangle(x, y + (bar * side / 4), side, side / 8, palette.Shape(second));
                break;
            case 4:
                canvas.Path(Data($"M{x} {y + (side / 2)}A{side / 2} {side / 2} 0 0 1 {x + side} {y + (side / 2)}Z"),
                    palette.Shape(second));
                canvas.Path(Data($"M{x} {y + side}A{side / 2} {side / 2} 0 0 1 {x + side} {y + side}Z"), palette.Light);
                break;
            default:
                canvas.Path(Data($"M{x} {y}L{x + side} {y + side}H{x}Z"), palette.Shape(second));
                break;
        }
    }

    private static void Fold(ArtworkCanvas canvas, ArtworkPalette palette, double x, int side, double width, int fold)
    {
        var sway = side * (70 + (fold * 14));
        var (waist, foot) = (x + (sway * 0.4), x + sway);
        var down = Data($"M{x} -10C{x + (side * 8)} 300 {waist} 520 {foot} 810L{foot + (side * width * 1.6)} 810");
        var up = Data($"C{waist + (side * width)} 520 {x + (side * (width + 8))} 300 {x + (side * width)} -10Z");
        canvas.Path(down + up, palette.Shape(fold % 3), 0.97);
    }

    private static string Wave(double level, double height, double stretch, double phase) =>
        $"{Crest(level, height, stretch, phase)}L1260 820L-20 820Z";

    private static string Crest(double level, double height, double stretch, double phase)
    {
        // Curves through the middles between points: smooth at any size with few of them.
        const int Step = 62;
        var data = new StringBuilder(Data($"M-20 {At(-20)}"));
        for (var x = -20 + Step; x <= Width + 20; x += Step)
            data.Append(Data($"Q{x} {At(x)} {x + (Step / 2.0)} {(At(x) + At(x + Step)) / 2}"));
        return data.ToString();

        double At(double x) => level + (height * Math.Sin((x / 190.0 * stretch) + phase))
            + (height * 0.4 * Math.Sin((x / 83.0) + (phase * 1.7)));
    }

    private static double Between(Random random, int from, int to) => random.Next(from, to);
}
