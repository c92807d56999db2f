using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>One font file that comes with the program: what shapes with it, and its name in a PDF.</summary>
internal sealed class PrintFont : IDisposable
{
    // HarfBuzz reads the file where it is, as long as the font lives: neither may be collected or moved.
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly double _unitsPerEm;

    private PrintFont(string name, byte[] file)
    {
        (Name, File) = (name, file);
        _blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(file, 0), file.Length, MemoryMode.ReadOnly);
        _face = new Face(_blob, 0);
        _unitsPerEm = _face.UnitsPerEm;
        Shaper = new Font(_face);
        Shaper.SetScale(_face.UnitsPerEm, _face.UnitsPerEm);
    }

    /// <summary>"NotoSans-Bold".</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    public byte[] File { get; }

    /// <summary>HarfBuzz's font, in the file's own units.</summary>
    public Font Shaper { get; }

    /// <summary>Reads a font of the program's resources.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static PrintFont Load(string name)
    {
        using var stream = typeof(PrintFont).Assembly.GetManifestResourceStream($"fonts/{name}.ttf")
            ?? throw new InvalidDataException($"The font {name} is not in the program.");
        var file = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.ReadExactly(file);
        return new PrintFont(name, file);
    }

    /// <summary>Whether it has a glyph for a character.</summary>
    public bool Has(int codePoint) => Shaper.TryGetGlyph((uint)codePoint, out var glyph) && glyph != 0;

    public void Dispose()
    {
        Shaper.Dispose();
        _face.Dispose();
        _blob.Dispose();
    }

    /// <summary>A length in the font's units as a part of its size.</summary>
    public double ToEm(int units) => units / _unitsPerEm;
}
