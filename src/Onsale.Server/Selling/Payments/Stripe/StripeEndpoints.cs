using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Payments.Stripe;

internal static class StripeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi().MapPost("/payments/stripe/webhook", ReceiveStripeEvent.HandleAsync)
            .WithName("receiveStripeEvent")
            .WithSummary("Takes an event of Stripe: signed by it, stored before it is answered")
            .WithTags("Payments")
            .WithMetadata(new RequestSizeLimitAttribute(StripeLimits.MaxEventBytes))
            .Refuses(StatusCodes.Status400BadRequest, "invalid-signature", "validation")
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .NoStore();
}
