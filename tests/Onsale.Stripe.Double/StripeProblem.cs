using System.Text.Json.Nodes;

namespace Onsale.PaymentDoubles;

/// <summary>An answer other than success, in the provider's form.</summary>
internal sealed class StripeProblem(int status, string type, string? code, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>Whether the request had begun to execute, so that its idempotency key keeps the answer.</summary>
    public bool IsKept { get; init; }

    public string? DeclineCode { get; init; }

    public string? Parameter { get; init; }

    public JsonObject? Intent { get; init; }

    public static StripeProblem Invalid(string? code, string message, string? parameter = null) =>
        new(400, "invalid_request_error", code, message) { Parameter = parameter };

    public static StripeProblem Missing(string what, string id) =>
        new(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'");

    public static StripeProblem Broken() =>
        new(500, "api_error", null, "An unknown error occurred.") { IsKept = true };

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["type"] = type, ["message"] = Message };
        if (code is not null)
            error["code"] = code;
        if (DeclineCode is not null)
            error["decline_code"] = DeclineCode;
        if (Parameter is not null)
            error["param"] = Parameter;
        if (Intent is not null)
            error["payment_intent"] = Intent.DeepClone();
        return new JsonObject { ["error"] = error };
    }
}
