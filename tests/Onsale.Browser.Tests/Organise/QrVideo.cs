using System.Collections;
using System.Text;
using QRCoder;

namespace Onsale.Browser.Tests.Organise;

/// <summary>A film of QR codes, one after the other and round again, for a browser's camera (YUV4MPEG2).</summary>
internal static class QrVideo
{
    private const int Width = 640;
    private const int Height = 480;
    private const int FramesPerSecond = 5;
    private const int FramesPerCode = 12;
    private const int FramesBetween = 3;
    private const byte White = 235;
    private const byte Black = 16;
    private const byte NoColour = 128;

    public static void Write(string path, params string[] texts)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{FramesPerSecond}:1 Ip A1:1 C420\n"));
        var nothing = new byte[Width * Height];
        nothing.AsSpan().Fill(White);
        foreach (var text in texts)
        {
            var picture = Draw(text);
            for (var frame = 0; frame < FramesPerCode + FramesBetween; frame++)
                WriteFrame(file, frame < FramesPerCode ? picture : nothing);
        }
    }

    private static void WriteFrame(FileStream file, byte[] brightness)
    {
        var colour = new byte[Width * Height / 2];
        colour.AsSpan().Fill(NoColour);
        file.Write("FRAME\n"u8);
        file.Write(brightness);
        file.Write(colour);
    }

    private static byte[] Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var scale = Height / modules.Count;
        var (left, top) = ((Width - (scale * modules.Count)) / 2, (Height - (scale * modules.Count)) / 2);
        var picture = new byte[Width * Height];
        picture.AsSpan().Fill(White);
        for (var y = 0; y < modules.Count * scale; y++)
        {
            BitArray row = modules[y / scale];
            for (var x = 0; x < modules.Count * scale; x++)
            {
                if (row[x / scale])
                    picture[((top + y) * Width) + left + x] = Black;
            }
        }

        return picture;
    }
}
