using System.Text.Json.Nodes;

namespace Onsale.PaymentDoubles;

/// <summary>A payment intent and the charges made for it.</summary>
internal sealed class Intent(string id, string secret, long amount, string currency, long created)
{
    public string Id => id;

    public string ClientSecret => secret;

    public long Amount => amount;

    public string Currency => currency;

    public string Status { get; set; } = "requires_payment_method";

    public Dictionary<string, string> Metadata { get; init; } = [];

    public IReadOnlyCollection<string> MethodTypes { get; init; } = ["card"];

    public TestMethod? Method { get; set; }

    public StripeProblem? LastError { get; set; }

    public ChargeOfIntent? Charge { get; set; }

    public JsonObject ToJson(bool expandsCharge = false)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["object"] = "payment_intent",
            ["amount"] = amount,
            ["amount_received"] = Status == "succeeded" ? amount : 0,
            ["capture_method"] = "automatic_async",
            ["client_secret"] = secret,
            ["confirmation_method"] = "automatic",
            ["created"] = created,
            ["currency"] = currency,
            ["livemode"] = false,
            ["metadata"] = Objects.MetadataOf(Metadata),
            ["payment_method_types"] = new JsonArray([.. MethodTypes.Select(type => (JsonNode)type)]),
            ["payment_method"] = Method?.Id,
            ["status"] = Status,
            ["latest_charge"] = expandsCharge ? Charge?.ToJson() : Charge?.Id,
            ["last_payment_error"] = LastError?.ToJson()["error"]!.DeepClone(),
        };
        if (Status == "requires_action")
            json["next_action"] = new JsonObject { ["type"] = "use_stripe_sdk", ["use_stripe_sdk"] = new JsonObject() };
        return json;
    }
}

/// <summary>The charge of an intent.</summary>
internal sealed class ChargeOfIntent(string id, Intent intent, long created)
{
    public string Id => id;

    public Intent Intent => intent;

    public string Status { get; set; } = "succeeded";

    /// <summary>What has gone back, with what is on its way.</summary>
    public long Refunded { get; set; }

    public bool IsDisputed { get; set; }

    public JsonObject ToJson() => new()
    {
        ["id"] = id,
        ["object"] = "charge",
        ["amount"] = intent.Amount,
        ["amount_captured"] = Status == "succeeded" ? intent.Amount : 0,
        ["amount_refunded"] = Refunded,
        ["captured"] = Status == "succeeded",
        ["created"] = created,
        ["currency"] = intent.Currency,
        ["disputed"] = IsDisputed,
        ["livemode"] = false,
        ["metadata"] = Objects.MetadataOf(intent.Metadata),
        ["paid"] = Status == "succeeded",
        ["payment_intent"] = intent.Id,
        ["refunded"] = Refunded == intent.Amount,
        ["status"] = Status,
    };
}

/// <summary>A refund.</summary>
internal sealed class RefundOfCharge(string id, ChargeOfIntent charge, long amount, long created)
{
    public string Id => id;

    public ChargeOfIntent Charge => charge;

    public long Amount => amount;

    public string Status { get; set; } = "succeeded";

    public string? FailureReason { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public JsonObject ToJson() => new()
    {
        ["id"] = id,
        ["object"] = "refund",
        ["amount"] = amount,
        ["charge"] = charge.Id,
        ["created"] = created,
        ["currency"] = charge.Intent.Currency,
        ["failure_reason"] = FailureReason,
        ["metadata"] = Objects.MetadataOf(Metadata),
        ["payment_intent"] = charge.Intent.Id,
        ["reason"] = null,
        ["status"] = Status,
    };
}

/// <summary>A chargeback: the buyer's bank takes the money back.</summary>
internal sealed class DisputeOfCharge(string id, ChargeOfIntent charge, string reason, long created)
{
    public string Id => id;

    public ChargeOfIntent Charge => charge;

    public string Status { get; set; } = "needs_response";

    public JsonObject ToJson() => new()
    {
        ["id"] = id,
        ["object"] = "dispute",
        ["amount"] = charge.Intent.Amount,
        ["charge"] = charge.Id,
        ["created"] = created,
        ["currency"] = charge.Intent.Currency,
        ["evidence_details"] = new JsonObject { ["due_by"] = created + (7 * 86_400), ["submission_count"] = 0 },
        ["is_charge_refundable"] = false,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = charge.Intent.Id,
        ["reason"] = reason,
        ["status"] = Status,
    };
}

/// <summary>An event: what is delivered to webhooks and kept in a list.</summary>
internal sealed record StripeEvent(string Id, string Type, long Created, JsonObject Object, bool IsLive = false)
{
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "event",
        ["api_version"] = Objects.ApiVersion,
        ["created"] = Created,
        ["data"] = new JsonObject { ["object"] = Object.DeepClone() },
        ["livemode"] = IsLive,
        ["pending_webhooks"] = 1,
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
        ["type"] = Type,
    };
}

/// <summary>What the objects have in common.</summary>
internal static class Objects
{
    public const string ApiVersion = "2026-10-28.endive";

    public static JsonObject MetadataOf(Dictionary<string, string> metadata) =>
        new(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    /// <summary>A page of a list, as <c>limit</c>, <c>starting_after</c> and <c>ending_before</c> ask for it.</summary>
    public static JsonObject Page(IEnumerable<(string Id, JsonObject Json)> newestFirst, FormBody query, string url)
    {
        var all = newestFirst.ToList();
        var limit = (int)(query.Integer("limit") ?? 10);
        if (query["starting_after"] is { } after)
            all = [.. all.SkipWhile(item => item.Id != after).Skip(1)];
        var isBackwards = query["ending_before"] is not null;
        if (isBackwards)
            all = [.. all.TakeWhile(item => item.Id != query["ending_before"])];
        var page = isBackwards ? all.TakeLast(limit) : all.Take(limit);
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(item => item.Json)]),
            ["has_more"] = all.Count > limit,
            ["url"] = url,
        };
    }
}
