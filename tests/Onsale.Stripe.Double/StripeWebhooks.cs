using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Onsale.PaymentDoubles;

/// <summary>Delivers events: by hand as a test wants it, or each by itself, with repetitions.</summary>
internal sealed class StripeWebhooks : IAsyncDisposable
{
    public const string Secret = "whsec_double_current";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private const int MaxAttempts = 5;

    private readonly HttpClient _client = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<StripeEvent> _queue = Channel.CreateUnbounded<StripeEvent>();
    private readonly Task _delivering;
    private Uri? _endpoint;

    public StripeWebhooks(StripeBooks books, TimeProvider time)
    {
        _time = time;
        books.Happened += happened =>
        {
            if (_endpoint is not null)
                _queue.Writer.TryWrite(happened);
        };
        _delivering = DeliverAllAsync();
    }

    /// <summary>From now on each event is delivered there by itself.</summary>
    public void DeliverTo(Uri endpoint) => _endpoint = endpoint;

    /// <summary>Nothing is delivered any more: an outage.</summary>
    public void Pause() => _endpoint = null;

    /// <summary>Delivers an event once.</summary>
    /// <param name="endpoint">Of the receiver.</param>
    /// <param name="delivered">The event.</param>
    /// <param name="secrets">Which to sign with; none: the current one.</param>
    /// <param name="age">How old the signature says it is.</param>
    public async Task<HttpResponseMessage> DeliverAsync(
        Uri endpoint, StripeEvent delivered, string[]? secrets = null, TimeSpan age = default)
    {
        var body = delivered.ToJson().ToJsonString();
        var header = Sign(body, _time.GetUtcNow() - age, secrets ?? [Secret]);
        return await PostAsync(endpoint, body, header);
    }

    public async Task<HttpResponseMessage> PostAsync(Uri endpoint, string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        return await _client.SendAsync(request, _stopping.Token);
    }

    /// <summary>The value of <c>Stripe-Signature</c>.</summary>
    public static string Sign(string body, DateTimeOffset at, params string[] secrets)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{seconds}.{body}");
        return $"t={seconds}," + string.Join(',', secrets.Select(secret =>
            $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}"));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _delivering;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task DeliverAllAsync()
    {
        try
        {
            await foreach (var each in _queue.Reader.ReadAllAsync(_stopping.Token))
                await DeliverWithRetriesAsync(each);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task DeliverWithRetriesAsync(StripeEvent delivered)
    {
        for (var attempt = 1; attempt <= MaxAttempts && _endpoint is { } endpoint; attempt++)
        {
            try
            {
                using var response = await DeliverAsync(endpoint, delivered);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody there: tried again, as the provider does.
            }

            await Task.Delay(s_pause, _time, _stopping.Token);
        }
    }
}
