using System.Globalization;

namespace Onsale.Platform.Http;

/// <summary>
/// The last public answers of lists and event pages, bounded, to be repeated with their age while the database does not
/// answer. Two generations, of which the older is forgotten when the younger is full.
/// </summary>
internal sealed class LastAnswers(TimeProvider time)
{
    /// <summary>Of one generation.</summary>
    internal const int MaxBytes = 8 * 1024 * 1024;
    private const int MaxAnswers = 1024;

    private readonly Lock _gate = new();
    private Dictionary<string, LastAnswer> _younger = new(StringComparer.Ordinal);
    private Dictionary<string, LastAnswer> _older = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Keeps what was answered just now.</summary>
    public void Keep(HttpRequest request, CompressedBody body, string etag, string cacheControl)
    {
        var key = KeyOf(request);
        var answer = new LastAnswer(body, etag, cacheControl, time.GetTimestamp(), time);
        lock (_gate)
        {
            if (_younger.Remove(key, out var before))
                _bytes -= before.Length;
            if (_younger.Count >= MaxAnswers || _bytes + answer.Length > MaxBytes)
                (_older, _younger, _bytes) = (_younger, new(StringComparer.Ordinal), 0);
            _younger[key] = answer;
            _bytes += answer.Length;
        }
    }

    public LastAnswer? Find(HttpRequest request)
    {
        var key = KeyOf(request);
        lock (_gate)
            return _younger.GetValueOrDefault(key) ?? _older.GetValueOrDefault(key);
    }

    private static string KeyOf(HttpRequest request) => request.Path.Value + request.QueryString.Value;
}

/// <summary>An answer that was given.</summary>
internal sealed class LastAnswer(CompressedBody body, string etag, string cacheControl, long at, TimeProvider time)
{
    public int Length => body.Length;

    /// <summary>Sends it again. <c>Age</c> (RFC 9111, section 5.1) says how old it is.</summary>
    public Task SendAsync(HttpContext context)
    {
        var coding = body.CodingFor(context);
        var headers = context.Response.Headers;
        headers.ETag = etag;
        headers.CacheControl = cacheControl;
        headers.Age = ((long)time.GetElapsedTime(at).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (EntityTags.Matches(context.Request, etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return body.SendAsync(context, coding);
    }
}
