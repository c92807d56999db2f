namespace Onsale.Platform.Http;

/// <summary>
/// Every bound of the HTTP surface that modules share, in one place. The unit is the last word of each name.
/// </summary>
internal static class HostingLimits
{
    /// <summary>A request body, unless a route says otherwise: no body of the public API comes near it.</summary>
    public const int MaxRequestBodyBytes = 64 * 1024;

    /// <summary>A refused body is read and forgotten up to here, so that its sender sees the refusal.</summary>
    public const int MaxForgottenBodyBytes = 16 * 1024 * 1024;

    /// <summary>Nesting of a JSON body; the deepest contract has four levels.</summary>
    public const int MaxJsonDepth = 16;

    /// <summary>Path and query: a long search with every filter stays far below.</summary>
    public const int MaxRequestTargetChars = 8 * 1024;

    /// <summary>All request headers together.</summary>
    public const int MaxRequestHeadersBytes = 16 * 1024;

    /// <summary>Request header fields.</summary>
    public const int MaxRequestHeadersCount = 64;

    /// <summary>Time for the request line and headers to arrive: a slow sender must not hold a connection.</summary>
    public const int RequestHeadersTimeoutSeconds = 15;

    /// <summary>
    /// An idle connection stays open this long: above the usual 60 s of a proxy in front, which must close first.
    /// </summary>
    public const int KeepAliveTimeoutSeconds = 130;

    /// <summary>A body must arrive at least this fast, after a grace of <see cref="BodyRateGraceSeconds"/>.</summary>
    public const int MinRequestBodyBytesPerSecond = 240;

    /// <summary>Grace before a slow body counts as too slow.</summary>
    public const int BodyRateGraceSeconds = 5;

    /// <summary>
    /// Open connections of one node, where its file descriptors allow so many; one more is closed at once.
    /// </summary>
    public const int MaxConcurrentConnections = 50_000;

    /// <summary>Open connections of a node that has hardly any file descriptors.</summary>
    public const int MinConcurrentConnections = 64;

    /// <summary>
    /// File descriptors kept from clients, a quarter of them within these bounds: for the database's connections, the
    /// program's files, and connections that are being refused.
    /// </summary>
    public const int MinReservedDescriptors = 400;

    /// <inheritdoc cref="MinReservedDescriptors"/>
    public const int MaxReservedDescriptors = 1000;

    /// <summary>Of these, connections upgraded to WebSockets.</summary>
    public const int MaxUpgradedConnections = 40_000;

    /// <summary>Streams of one HTTP/2 connection.</summary>
    public const int MaxHttp2StreamsPerConnection = 100;

    /// <summary>Rows of one page of a list.</summary>
    public const int MaxPageRows = 50;

    /// <summary>Rows of one page when the caller does not say.</summary>
    public const int DefaultPageRows = 10;

    /// <summary>The last page that can be asked for: a list is for reading, an offset beyond this is a crawl.</summary>
    public const int MaxPageNumber = 10_000;

    /// <summary>An answer to readiness probes is kept this long: anybody may ask, and it asks the database.</summary>
    public const int ReadinessCacheMilliseconds = 1000;

    /// <summary>What a client is told to wait when the database does not answer.</summary>
    public const int UnavailableRetryAfterSeconds = 2;
}
