using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Onsale.PaymentDoubles;

/// <summary>
/// The payment provider's published HTTP API, as far as the program uses it, on a port of its own: payment intents,
/// refunds, disputes, events, idempotency keys, test payment methods, signed webhooks and a script for the browser. It
/// is what the real client library talks to in the tests.
/// </summary>
internal sealed class StripeDouble : IAsyncDisposable
{
    public const string SecretKey = "sk_test_double";

    public const string PublishableKey = "pk_test_double";

    private readonly WebApplication _app;
    private readonly IdempotencyKeys _keys = new();
    private int _requests;

    private StripeDouble(TimeProvider time)
    {
        Books = new StripeBooks(time);
        Webhooks = new StripeWebhooks(Books, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        Map(_app);
    }

    public StripeBooks Books { get; }

    public StripeFaults Faults { get; } = new();

    public StripeWebhooks Webhooks { get; }

    public IdempotencyKeys Keys => _keys;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<StripeDouble> StartAsync(TimeProvider? time = null)
    {
        var started = new StripeDouble(time ?? TimeProvider.System);
        await started._app.StartAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        Post(routes, "/v1/payment_intents", (_, form) => Books.Create(form).ToJson());
        Get(routes, "/v1/payment_intents/{id}", (id, form) =>
            Books.Find(id).ToJson(form.Expands("latest_charge")));
        Post(routes, "/v1/payment_intents/{id}/confirm", (id, form) =>
            Books.Confirm(id, form["payment_method"] ?? form["confirmation_token"]).ToJson(
                form.Expands("latest_charge")));
        Post(routes, "/v1/payment_intents/{id}/cancel", (id, _) => Books.Cancel(id).ToJson());
        Post(routes, "/v1/refunds", (_, form) => Books.Refund(form).ToJson());
        Get(routes, "/v1/refunds", (_, form) => Objects.Page(
            Books.Refunds.Reverse().Where(refund =>
                form["payment_intent"] is not { } intent || refund.Charge.Intent.Id == intent)
                .Select(refund => (refund.Id, refund.ToJson())), form, "/v1/refunds"));
        Get(routes, "/v1/refunds/{id}", (id, _) => Books.FindRefund(id).ToJson());
        Get(routes, "/v1/disputes/{id}", (id, _) => Books.FindDispute(id).ToJson());
        Get(routes, "/v1/events", (_, form) => Objects.Page(
            Books.Events.Reverse().Where(happened => happened.Created >= (form.Integer("created[gte]") ?? 0)
                    && (form.List("types") is not { Count: > 0 } types || types.Contains(happened.Type)))
                .Select(happened => (happened.Id, happened.ToJson())), form, "/v1/events"));
        BrowserRoutes.Map(routes, Books);
    }

    private void Get(IEndpointRouteBuilder routes, string path, Func<string, FormBody, JsonObject> answer) =>
        routes.MapGet(path, context => AnswerAsync(context, answer));

    private void Post(IEndpointRouteBuilder routes, string path, Func<string, FormBody, JsonObject> answer) =>
        routes.MapPost(path, context => AnswerAsync(context, answer));

    private async Task AnswerAsync(HttpContext context, Func<string, FormBody, JsonObject> answer)
    {
        var request = context.Request;
        context.Response.Headers["Request-Id"] = $"req_{Interlocked.Increment(ref _requests):D8}";
        var fault = Faults.Take(request.Method, request.Path);
        if (fault is { Kind: FaultKind.LostRequest })
        {
            fault.MarkMet();
            context.Abort();
            return;
        }

        // Before it is held: it has arrived, and happens also if its caller is gone by then.
        var form = await FormBody.ReadAsync(request);
        if (fault is { Kind: FaultKind.HeldBefore })
            await HoldAsync(fault);
        var given = await ExecuteAsync(context, form, answer, fault);
        fault?.MarkDone();
        if (fault is { Kind: FaultKind.HeldAfter })
            await HoldAsync(fault);
        fault?.MarkMet();
        switch (fault?.Kind)
        {
            case FaultKind.LostAnswer:
                context.Abort();
                return;
            case FaultKind.NoAnswer:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }

        context.Response.StatusCode = given.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(given.Body);
    }

    private async Task<KeptAnswer> ExecuteAsync(
        HttpContext context, FormBody form, Func<string, FormBody, JsonObject> answer, Fault? fault)
    {
        var key = HttpMethods.IsPost(context.Request.Method)
            ? context.Request.Headers["Idempotency-Key"].ToString() : "";
        var isNew = false;
        try
        {
            if (context.Request.Headers.Authorization.ToString() != $"Bearer {SecretKey}")
                throw new StripeProblem(401, "invalid_request_error", null, "Invalid API Key provided.");
            if (fault is { Kind: FaultKind.RateLimited })
                throw new StripeProblem(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded.");
            if (key.Length > 0 && _keys.Begin(key, $"{context.Request.Path}?{form.Canonical()}") is { } kept)
            {
                context.Response.Headers["Idempotent-Replayed"] = "true";
                return kept;
            }

            isNew = key.Length > 0;
            await Task.Yield();
            return Keep(key, isNew, Execute(context, form, answer, fault));
        }
        catch (StripeProblem problem)
        {
            var refused = new KeptAnswer(problem.Status, problem.ToJson().ToJsonString());
            if (isNew && !problem.IsKept)
                _keys.Forget(key);
            return problem.IsKept ? Keep(key, isNew, refused) : refused;
        }
    }

    private static KeptAnswer Execute(
        HttpContext context, FormBody form, Func<string, FormBody, JsonObject> answer, Fault? fault)
    {
        if (fault is { Kind: FaultKind.ErrorBefore })
            throw StripeProblem.Broken();
        var body = answer(context.Request.RouteValues["id"] as string ?? "", form);
        if (fault is { Kind: FaultKind.ErrorAfter })
            throw StripeProblem.Broken();
        return new KeptAnswer(200, body.ToJsonString());
    }

    private KeptAnswer Keep(string key, bool isNew, KeptAnswer answer)
    {
        if (isNew)
            _keys.Keep(key, answer);
        return answer;
    }

    /// <summary>Waits until the test lets it go; a caller that has left changes nothing.</summary>
    private static Task HoldAsync(Fault fault)
    {
        fault.MarkMet();
        return fault.Released;
    }
}
