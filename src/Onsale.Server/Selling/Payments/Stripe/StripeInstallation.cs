using Microsoft.Extensions.Options;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Which of Stripe's objects are this installation's: one account may serve several, and a copy of the database, as at
/// a staging site, knows the intents of the original too.
/// </summary>
internal sealed class StripeInstallation(IOptions<StripeOptions> options, IHostEnvironment host)
{
    /// <summary>What it is called in the metadata of its intents.</summary>
    public string Name => options.Value.Environment.Length > 0 ? options.Value.Environment : host.EnvironmentName;

    /// <summary>Whether an intent was made here, by the mode of its keys and its name.</summary>
    public bool IsOurs(PaymentIntent intent) => intent.Livemode == options.Value.IsLive
        && intent.Metadata.GetValueOrDefault(StripeMetadata.Environment) == Name;
}
