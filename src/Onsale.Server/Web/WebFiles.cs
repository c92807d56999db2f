using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;
using Onsale.Platform.Http;

namespace Onsale.Server.Web;

/// <summary>
/// The files of the built app, known by name from the start: no request ever turns a path into a look at the disk. A
/// build names files by their content, so browsers may keep them for good, and compresses them once, so that serving
/// costs no more than sending.
/// </summary>
internal sealed partial class WebFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string OneDay = "public, max-age=86400";

    // A worker has one address for good, and decides what its browser shows: the newest counts.
    private const string Workers = "-worker.js";
    private const string AskEachTime = "no-cache";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(
        StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly FrozenDictionary<string, WebFile> _files;

    private WebFiles(string folder, FrozenDictionary<string, WebFile> files)
    {
        _folder = folder;
        _files = files;
    }

    /// <summary>Beside the program, where the build puts them.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Built with <c>-p:OnsaleWeb=false</c>: the program is only an API.</summary>
    public bool IsEmpty => _files.Count == 0;

    /// <summary>Files beside the page, such as <c>/favicon.svg</c>.</summary>
    public IEnumerable<string> RootPaths =>
        _files.Keys.Where(path => !path.StartsWith("/assets/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static WebFiles Read(string folder, ILogger<WebFiles> logger)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            LogNoFiles(logger, folder);
            return new WebFiles(folder, FrozenDictionary<string, WebFile>.Empty);
        }

        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = "/" + Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (ContentTypes.TryGetValue(Path.GetExtension(file), out var type)
                && !path.StartsWith("/.", StringComparison.Ordinal))
                files[path] = WebFile.Of(file, type, CacheControlOf(path));
        }

        return new WebFiles(folder, files.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>A file that belongs to the build but is not served as it is, such as the page itself.</summary>
    public string ReadText(string name) => File.ReadAllText(Path.Combine(_folder, name));

    public Task ServeAsync(HttpContext context) => ServeAsync(context, context.Request.Path.Value ?? "");

    /// <summary>Serves a file at another address than its own.</summary>
    public Task ServeAsync(HttpContext context, string path)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var variant = file.Choose(context.Request.Headers.AcceptEncoding.ToString());
        var headers = context.Response.Headers;
        headers.CacheControl = file.CacheControl;
        headers.ETag = variant.ETag;
        if (file.Variants.Count > 1)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (EntityTags.Matches(context.Request, variant.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = variant.LengthBytes;
        if (variant.Encoding.Length > 0)
            headers.ContentEncoding = variant.Encoding;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.SendFileAsync(variant.File, context.RequestAborted);
    }

    private static string CacheControlOf(string path) =>
        path.StartsWith("/assets/", StringComparison.Ordinal) ? Immutable
            : path.EndsWith(Workers, StringComparison.Ordinal) ? AskEachTime
            : OneDay;

    [LoggerMessage(EventId = 9401, Level = LogLevel.Warning,
        Message = "There is no built web app in {Folder}: only the API is served")]
    private static partial void LogNoFiles(ILogger logger, string folder);
}

/// <summary>A file with its compressed variants, smallest first.</summary>
internal sealed record WebFile(string ContentType, string CacheControl, IReadOnlyList<WebFileVariant> Variants)
{
    private static readonly (string Encoding, string Extension)[] Encodings =
        [(ContentEncodings.Brotli, ".br"), (ContentEncodings.Gzip, ".gz")];

    private readonly string[] _codings =
        [.. Variants.Select(variant => variant.Encoding).Where(coding => coding.Length > 0)];

    public static WebFile Of(string file, string contentType, string cacheControl)
    {
        var written = new FileInfo(file);
        // Names of built files change with their content; the others are told apart by when the build wrote them.
        var tag = $"{written.Length:x}-{written.LastWriteTimeUtc.Ticks:x}";
        List<WebFileVariant> variants = [];
        foreach (var (encoding, extension) in Encodings)
        {
            if (new FileInfo(file + extension) is { Exists: true } compressed)
                variants.Add(
                    new WebFileVariant(encoding, compressed.FullName, compressed.Length, $"\"{tag}{extension}\""));
        }

        variants.Add(new WebFileVariant("", file, written.Length, $"\"{tag}\""));
        return new WebFile(contentType, cacheControl, variants);
    }

    /// <summary>
    /// The variant whose coding the header gives the greatest weight, the smallest of the same weight.
    /// </summary>
    public WebFileVariant Choose(string acceptEncoding)
    {
        var coding = ContentEncodings.Choose(acceptEncoding, _codings) ?? "";
        return Variants.First(variant => variant.Encoding == coding);
    }
}

/// <summary>A file as it is sent.</summary>
internal sealed record WebFileVariant(string Encoding, string File, long LengthBytes, string ETag);
