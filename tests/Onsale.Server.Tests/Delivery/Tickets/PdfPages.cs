using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using ZXing;
using ZXing.Common;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>A PDF as others read it: text and fonts by PdfPig, the picture of a page by poppler, its code by ZXing.</summary>
internal sealed class PdfPages : IDisposable
{
    private const int DotsPerInch = 150;

    // A scanner at a door takes pictures until one can be read; one resolution may fall between the modules.
    private static readonly int[] s_scans = [150, 200, 300];

    private readonly byte[] _file;
    private readonly PdfDocument _document;

    public PdfPages(byte[] file)
    {
        Source = Encoding.Latin1.GetString(file);
        Encoding.Latin1.GetString(file.AsSpan(0, 5)).ShouldBe("%PDF-");
        (_file, _document) = (file, PdfDocument.Open(file));
    }

    public string? Title => _document.Information.Title;

    public int Count => _document.NumberOfPages;

    /// <summary>The file as text: what it says of itself is not compressed.</summary>
    public string Source { get; }

    public Page Page(int number) => _document.GetPage(number);

    /// <summary>Names of the fonts that a page draws with.</summary>
    public IReadOnlyCollection<string> FontsOf(int number) =>
        [.. Page(number).Letters.Select(letter => letter.FontName!).Distinct(StringComparer.Ordinal)];

    /// <summary>A page's text as poppler reads it, line by line in the order of reading.</summary>
    public async Task<string> TextAsync(int number)
    {
        var bytes = await RunAsync("pdftotext", "-layout", "-f", $"{number}", "-l", $"{number}", "-", "-");
        // Without the marks by which poppler embeds one direction in the other.
        return string.Concat(Encoding.UTF8.GetString(bytes).Where(c => c is not (>= '\u202A' and <= '\u202E')));
    }

    /// <summary>What a scanner reads from a page that was printed.</summary>
    public async Task<string?> ScanAsync(int number)
    {
        var reader = new BarcodeReaderGeneric
        {
            Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true },
        };
        foreach (var resolution in s_scans)
        {
            var (width, height, dots) = await RenderAsync(number, resolution);
            var source = new RGBLuminanceSource(dots, width, height, RGBLuminanceSource.BitmapFormat.Gray8);
            if (reader.Decode(source) is { } read)
                return read.Text;
        }

        return null;
    }

    /// <summary>A page as it looks, one byte a dot.</summary>
    public async Task<(int Width, int Height, byte[] Dots)> RenderAsync(int number, int dotsPerInch = DotsPerInch)
    {
        var picture = await RunAsync(
            "pdftoppm", "-gray", "-r", $"{dotsPerInch}", "-f", $"{number}", "-l", $"{number}", "-");
        // P5, width and height, largest value: three lines before the dots.
        var head = Encoding.ASCII.GetString(picture.AsSpan(0, 32)).Split('\n');
        head[0].ShouldBe("P5");
        var size = head[1].Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (size[0], size[1], picture[(head[0].Length + head[1].Length + head[2].Length + 3)..]);
    }

    public void Dispose() => _document.Dispose();

    private async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(_file);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, program);
        return output.ToArray();
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"{program} was not found; these tests need a real one: apt-get install poppler-utils.", exception);
        }
    }
}
