using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>An answer of the API.</summary>
/// <param name="Status">0: none came.</param>
/// <param name="Code">Of a refusal; null: it was answered as asked for.</param>
/// <param name="RetryAfterSeconds">0: the answer does not say.</param>
internal readonly record struct RehearsalAnswer(int Status, string? Code, JsonElement Body, int RetryAfterSeconds)
{
    public bool IsOk => Code is null;
}

/// <summary>
/// Sends the requests of simulated buyers to this node over loopback, no more a second than the budget allows, and
/// notes
/// how each was answered.
/// </summary>
internal sealed class RehearsalClient : IDisposable
{
    private const string NoAnswer = "no-answer";

    private readonly Lock _gate = new();
    private readonly HttpClient _http;
    private readonly RehearsalRecord _record;
    private readonly TimeProvider _time;
    private readonly string _secret;
    private readonly string? _host;
    private readonly DateTimeOffset _onSaleAt;
    private readonly double _ticksPerRequest;
    private double _nextTicks;

    /// <param name="address">This node's, by number: the other end is this process.</param>
    /// <param name="secret">Of <see cref="SimulatedCallers.Begin"/>.</param>
    /// <param name="host">The name that the server goes by; null: any.</param>
    /// <param name="requestsPerSecond">The budget.</param>
    /// <param name="onSaleAt">What times are counted from.</param>
    /// <param name="record">Where answers are noted.</param>
    /// <param name="time">The clock.</param>
    public RehearsalClient(
        Uri address, string secret, string? host, int requestsPerSecond, DateTimeOffset onSaleAt,
        RehearsalRecord record, TimeProvider time)
    {
        (_secret, _host, _onSaleAt, _record, _time) = (secret, host, onSaleAt, record, time);
        _ticksPerRequest = (double)time.TimestampFrequency / requestsPerSecond;
        _nextTicks = time.GetTimestamp();
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            MaxConnectionsPerServer = RehearsalsLimits.MaxConnections,
        };
        // The certificate is made out to the site's name. By number it cannot be another machine's: this node listens
        // there.
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, _, _, _) => address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;
        _http = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(RehearsalsLimits.RequestTimeoutSeconds),
        };
    }

    /// <summary>Seconds since the beginning of the sale.</summary>
    public double Now => (_time.GetUtcNow() - _onSaleAt).TotalSeconds;

    /// <summary>Sends a request when the budget has room for it.</summary>
    /// <param name="step">Of <see cref="RehearsalSteps"/>.</param>
    /// <param name="buyer">The simulated buyer's number; 0: all of them share it.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">Below <c>/api/v1</c>.</param>
    /// <param name="token">The buyer's access token.</param>
    /// <param name="body">JSON.</param>
    /// <param name="header">One more header.</param>
    /// <param name="cancellationToken">
    /// Ends waiting for the budget; a request that was sent is waited for, so that nothing is under way when the copy
    /// is
    /// removed.
    /// </param>
    public async Task<RehearsalAnswer> SendAsync(
        string step, int buyer, HttpMethod method, string path, string? token = null, string? body = null,
        (string Name, string Value)? header = null, CancellationToken cancellationToken = default)
    {
        await WaitForBudgetAsync(cancellationToken);
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        request.Headers.TryAddWithoutValidation(
            SimulatedCallers.Header, string.Create(CultureInfo.InvariantCulture, $"{_secret}.{buyer}"));
        request.Headers.Host = _host;
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var at = Now;
        var started = _time.GetTimestamp();
        var answer = await AnswerAsync(request);
        _record.Add(new RehearsalSample(
            step, buyer, at, _time.GetElapsedTime(started).TotalMilliseconds, answer.Status, answer.Code));
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private async Task<RehearsalAnswer> AnswerAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _http.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            var body = bytes.Length == 0
                ? default
                : JsonSerializer.Deserialize(bytes, RehearsalsJson.Default.JsonElement);
            if (response.IsSuccessStatusCode)
                return new RehearsalAnswer((int)response.StatusCode, null, body, 0);
            var code = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var named)
                ? named.GetString()
                : null;
            return new RehearsalAnswer(
                (int)response.StatusCode, code ?? $"status-{(int)response.StatusCode}", body,
                (int)(response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException
            or OperationCanceledException)
        {
            return new RehearsalAnswer(0, NoAnswer, default, 0);
        }
    }

    /// <summary>Requests leave one after the other, at least the same time apart.</summary>
    private async Task WaitForBudgetAsync(CancellationToken cancellationToken)
    {
        double wait;
        lock (_gate)
        {
            var now = (double)_time.GetTimestamp();
            _nextTicks = Math.Max(_nextTicks, now - (_ticksPerRequest * 2));
            wait = (_nextTicks - now) / _time.TimestampFrequency;
            _nextTicks += _ticksPerRequest;
        }

        if (wait <= 0)
            return;
        // A request that follows another closely is not the budget's doing.
        if (wait > 0.5)
            _record.BudgetUsedUp(Now);
        await Task.Delay(TimeSpan.FromSeconds(wait), _time, cancellationToken);
    }
}
