using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Web;

/// <summary>
/// The built page with its gaps: the head, and for the pages that need no buyer a first view, drawn while the app
/// was built, that is seen before any script has come. Also which of the script files an address needs at once.
/// </summary>
internal sealed class PageTemplate
{
    private const string HtmlTag = "<html lang=\"en\">";
    private const string HeadMarker = "<!--onsale:head-->";
    private const string ShellMarker = "<!--onsale:shell-->";
    private const string DataMarker = "<!--onsale:data-->";
    private const string PictureSlot = "data-artwork-slot=\"\"";
    private const string Font =
        "node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2";

    private readonly string[] _parts;
    private readonly FrozenDictionary<string, string[]> _chunks;
    private readonly FrozenDictionary<string, string> _shells;
    private readonly IReadOnlyList<string> _catalogues;

    private PageTemplate(
        string[] parts, FrozenDictionary<string, string[]> chunks, FrozenDictionary<string, string> shells,
        IReadOnlyList<string> catalogues)
    {
        _parts = parts;
        _chunks = chunks;
        _shells = shells;
        _catalogues = catalogues;
    }

    /// <summary>Reads the page of an entry, its manifest and its first views.</summary>
    public static PageTemplate Read(WebFiles files, WebEntry entry)
    {
        List<string> parts = [];
        var rest = files.ReadText(entry.Page);
        foreach (var gap in (string[])[HtmlTag, HeadMarker, ShellMarker, DataMarker])
        {
            var at = rest.IndexOf(gap, StringComparison.Ordinal);
            if (at < 0)
                throw new StartupException(
                    $"The web app's {entry.Page} is not one that this program can fill in.");
            parts.Add(rest[..at]);
            rest = rest[(at + gap.Length)..];
        }

        var shells = entry.Shells
            .SelectMany(name => Languages.All.Select(language => $"{name}.{language}"))
            .ToFrozenDictionary(name => name, name => files.ReadText($"shells/{name}.html"), StringComparer.Ordinal);
        return new PageTemplate(
            [.. parts, rest], ReadChunks(files.ReadText(entry.Manifest)), shells, entry.Catalogues);
    }

    public string Render(string htmlTag, string head, string shell, byte[]? data) =>
        string.Concat([_parts[0], htmlTag, _parts[1], head, _parts[2], shell, _parts[3], DataElement(data), _parts[4]]);

    /// <summary>The first view of <paramref name="content"/>; nothing where there is none.</summary>
    public string ShellOf(PageContent content, string language)
    {
        if (content.Shell is null)
            return "";
        var shell = new StringBuilder(Fill(
            _shells[$"{content.Shell}.{language}"], content.Event?.Title ?? "", content.Event?.Summary ?? ""));
        // A phone sees the first; on a wider window the others come as soon as the page has its shape.
        var urgency = "fetchpriority=\"high\"";
        foreach (var picture in content.Pictures ?? [])
        {
            var at = shell.ToString().IndexOf(PictureSlot, StringComparison.Ordinal);
            if (at < 0)
                break;
            shell.Remove(at, PictureSlot.Length);
            shell.Insert(at, $"{urgency} {picture.Attributes}");
            urgency = "loading=\"lazy\"";
        }

        return shell.ToString();
    }

    /// <summary>Fills the gaps of a shell in one pass: a title that has the form of a gap stays a title.</summary>
    internal static string Fill(string shell, string title, string summary)
    {
        const string Title = "{{title}}";
        const string Summary = "{{summary}}";
        var filled = new StringBuilder(shell.Length);
        var rest = shell.AsSpan();
        while (rest.IndexOf("{{", StringComparison.Ordinal) is var gap and >= 0)
        {
            filled.Append(rest[..gap]);
            rest = rest[gap..];
            var (text, length) = rest.StartsWith(Title, StringComparison.Ordinal) ? (title, Title.Length)
                : rest.StartsWith(Summary, StringComparison.Ordinal) ? (summary, Summary.Length)
                : ("{{", 2);
            filled.Append(length == 2 ? text : EventHead.Encode(text));
            rest = rest[length..];
        }

        return filled.Append(rest).ToString();
    }

    /// <summary>
    /// What the scripts and the style sheet would ask for next is asked for at once: a round trip less.
    /// </summary>
    public void AppendPreloads(StringBuilder head, string language, string[] segments, PageContent content)
    {
        foreach (var address in _chunks.GetValueOrDefault(Font, []))
        {
            head.Append("<link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin href=\"")
                .Append(address).Append("\">");
        }

        foreach (var folder in _catalogues)
            AppendChunk(head, $"{folder}/{language}.ts");
        // From the start page to chosen places all is in the first script.
        switch (segments)
        {
            case ["login" or "register" or "profile"]:
                AppendChunk(head, "src/app/routes/account-routes.ts");
                break;
            case ["checkout" or "bookings", ..]:
                AppendChunk(head, "src/app/routes/buying-routes.ts");
                break;
            default:
                break;
        }

        if (content.Shell == Shells.PickSeats)
            AppendSeatMap(head, content.Event!);
    }

    /// <summary>The map and its plan come at once, behind what the page itself needs.</summary>
    private void AppendSeatMap(StringBuilder head, EventDetails shown)
    {
        AppendChunk(head, "src/features/seat-map/index.tsx", " fetchpriority=\"low\"");
        if (shown.SeatMapVersion is { } version)
        {
            head.Append("<link rel=\"preload\" as=\"fetch\" crossorigin fetchpriority=\"low\" href=\"/api/v1/events/")
                .Append(shown.Id).Append("/seatmap?v=").Append(version).Append("\">");
        }
    }

    // The encoder of the serialiser writes < and > as escapes: nothing in a title can end the element.
    private static string DataElement(byte[]? json) =>
        json is null ? ""
            : $"<script type=\"application/json\" id=\"page-data\">{Encoding.UTF8.GetString(json)}</script>";

    private void AppendChunk(StringBuilder head, string source, string attributes = "")
    {
        foreach (var address in _chunks.GetValueOrDefault(source, []))
        {
            head.Append(address.EndsWith(".css", StringComparison.Ordinal)
                    ? "<link rel=\"stylesheet\" href=\"" : "<link rel=\"modulepreload\" href=\"")
                .Append(address).Append('"').Append(attributes).Append('>');
        }
    }

    private static FrozenDictionary<string, string[]> ReadChunks(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var chunks = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var chunk in document.RootElement.EnumerateObject())
        {
            List<string> addresses = [];
            if (chunk.Value.TryGetProperty("css", out var css))
                addresses.AddRange(css.EnumerateArray().Select(file => $"/{file.GetString()}"));
            addresses.Add($"/{chunk.Value.GetProperty("file").GetString()}");
            chunks[chunk.Name] = [.. addresses];
        }

        return chunks.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
