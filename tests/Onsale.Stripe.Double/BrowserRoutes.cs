using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Onsale.PaymentDoubles;

/// <summary>
/// What the provider's script in a browser asks for: a payment method of what was typed, and the bank's question. The
/// script itself is a small stand-in with the same surface, without the provider's frames.
/// </summary>
internal static class BrowserRoutes
{
    public static void Map(IEndpointRouteBuilder routes, StripeBooks books)
    {
        routes.MapGet("/stripe.js", () => Results.Stream(
            typeof(BrowserRoutes).Assembly.GetManifestResourceStream("stripe.js")!, "text/javascript; charset=utf-8"));
        routes.MapPost("/v1/payment_methods", context => AnswerAsync(context, form =>
        {
            var method = books.AddMethod(form["card[number]"] ?? "");
            return new JsonObject { ["id"] = method.Id, ["object"] = "payment_method", ["type"] = method.Type };
        }));
        routes.MapPost("/browser/authenticate", context => AnswerAsync(context, form =>
            books.Authenticate(FindBySecret(books, form).Id, form.IsTrue("succeeds")).ToJson()));
        routes.MapGet("/browser/intent", context => AnswerAsync(context, form =>
            FindBySecret(books, form).ToJson()));
    }

    private static Intent FindBySecret(StripeBooks books, FormBody form) =>
        books.Intents.SingleOrDefault(intent => intent.ClientSecret == form["client_secret"])
        ?? throw StripeProblem.Missing("payment_intent", "of this client secret");

    private static async Task AnswerAsync(HttpContext context, Func<FormBody, JsonObject> answer)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.ContentType = "application/json";
        JsonObject body;
        try
        {
            var form = await FormBody.ReadAsync(context.Request);
            if (form["key"] != StripeDouble.PublishableKey)
                throw new StripeProblem(401, "invalid_request_error", null, "Invalid API Key provided.");
            body = answer(form);
        }
        catch (StripeProblem problem)
        {
            context.Response.StatusCode = problem.Status;
            body = problem.ToJson();
        }

        await context.Response.WriteAsync(body.ToJsonString());
    }
}
