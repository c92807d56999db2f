using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Calls Stripe by its client library. A missing answer and an error of Stripe's are a
/// <see cref="PaymentProviderException"/>; a refusal stays the library's own exception.
/// </summary>
internal sealed class StripeApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly IOptions<StripeOptions> _options;
    private readonly Lazy<StripeClient> _client;

    public StripeApi(IOptions<StripeOptions> options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(StripeLimits.ConnectionMinutes),
            ConnectTimeout = TimeSpan.FromSeconds(StripeLimits.ConnectSeconds),
        })
        {
            Timeout = TimeSpan.FromSeconds(StripeLimits.RequestSeconds),
        };
        _client = new Lazy<StripeClient>(Connect);
    }

    private V1Services V1 => _client.Value.V1;

    public Task<PaymentIntent> CreateIntentAsync(
        PaymentIntentCreateOptions options, string key, CancellationToken cancellationToken) =>
        AskAsync(() => V1.PaymentIntents.CreateAsync(options, Keyed(key), cancellationToken), cancellationToken);

    public Task<PaymentIntent> ConfirmIntentAsync(
        string id, PaymentIntentConfirmOptions options, string key, CancellationToken cancellationToken) =>
        AskAsync(() => V1.PaymentIntents.ConfirmAsync(id, options, Keyed(key), cancellationToken), cancellationToken);

    /// <summary>Without a key of ours, which would repeat an error for a day: what is ended twice is ended.</summary>
    public Task<PaymentIntent> CancelIntentAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(() => V1.PaymentIntents.CancelAsync(id, null, null, cancellationToken), cancellationToken);

    public Task<PaymentIntent> GetIntentAsync(string id, CancellationToken cancellationToken) => AskAsync(
        () => V1.PaymentIntents.GetAsync(
            id, new PaymentIntentGetOptions { Expand = ["latest_charge"] }, null, cancellationToken),
        cancellationToken);

    public Task<Refund> CreateRefundAsync(
        RefundCreateOptions options, string key, CancellationToken cancellationToken) =>
        AskAsync(() => V1.Refunds.CreateAsync(options, Keyed(key), cancellationToken), cancellationToken);

    public Task<Refund> GetRefundAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(() => V1.Refunds.GetAsync(id, null, null, cancellationToken), cancellationToken);

    /// <summary>All refunds of an intent.</summary>
    public Task<List<Refund>> ListRefundsAsync(string intentId, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var options = new RefundListOptions { PaymentIntent = intentId, Limit = StripeLimits.MaxPageItems };
            return await V1.Refunds.ListAutoPagingAsync(options, null, cancellationToken)
                .ToListAsync(cancellationToken);
        },
        cancellationToken);

    public Task<global::Stripe.Dispute> GetDisputeAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(() => V1.Disputes.GetAsync(id, null, null, cancellationToken), cancellationToken);

    /// <summary>What happened since a time, of some types.</summary>
    public async IAsyncEnumerable<Event> ListEventsAsync(
        DateTimeOffset since, IReadOnlyList<string> types,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        StripeList<Event> page;
        do
        {
            var options = new EventListOptions
            {
                Created = new DateRangeOptions { GreaterThanOrEqual = since.UtcDateTime },
                Types = [.. types],
                Limit = StripeLimits.MaxPageItems,
                StartingAfter = after,
            };
            page = await AskAsync(() => V1.Events.ListAsync(options, null, cancellationToken), cancellationToken);
            foreach (var listed in page)
                yield return listed;
            after = page.Data.LastOrDefault()?.Id;
        }
        while (page.HasMore && after is not null);
    }

    public void Dispose() => _http.Dispose();

    private static RequestOptions Keyed(string key) => new() { IdempotencyKey = key };

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (StripeException exception) when (IsNoAnswer(exception.HttpStatusCode))
        {
            throw new PaymentProviderException(
                $"Stripe answered {(int)exception.HttpStatusCode} to request {exception.StripeResponse?.RequestId}.",
                exception)
            {
                IsItsError = (int)exception.HttpStatusCode >= 500,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PaymentProviderException("Stripe could not be reached.", exception);
        }
    }

    /// <summary>
    /// 401 and 403 are a mistake in the settings, 404 another account's key, 409 a request that is under way, 429 too
    /// many: none of them says what became of a payment.
    /// </summary>
    private static bool IsNoAnswer(HttpStatusCode status) =>
        (int)status is 0 or 401 or 403 or 404 or 409 or 429 or >= 500;

    private StripeClient Connect()
    {
        var options = _options.Value;
        return new StripeClient(new StripeClientOptions
        {
            ApiKey = options.SecretKey,
            ApiBase = options.ApiBase.Length > 0 ? options.ApiBase.TrimEnd('/') : null,
            HttpClient = new SystemNetHttpClient(
                _http, StripeLimits.MaxNetworkRetries, new AppInfo { Name = "Onsale" }, enableTelemetry: false),
        });
    }
}
