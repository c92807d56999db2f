namespace Onsale.PaymentDoubles;

/// <summary>What happens when a payment method is charged.</summary>
internal enum Behaviour
{
    Succeeds,
    Declines,

    /// <summary>The bank wants the buyer to authenticate first.</summary>
    Authenticates,

    /// <summary>The bank answers days later: success.</summary>
    SucceedsLate,

    /// <summary>The bank answers days later: failure.</summary>
    FailsLate,

    /// <summary>Succeeds, and the buyer disputes it at once.</summary>
    Disputed,

    /// <summary>Succeeds; a refund is pending for a while.</summary>
    RefundsLate,

    /// <summary>Succeeds; a refund is pending and fails in the end.</summary>
    RefundsFail,
}

/// <summary>
/// A payment method: one of the provider's published test methods, or one made from a test card's number.
/// </summary>
internal sealed record TestMethod(string Id, string Type, Behaviour Behaviour, string? DeclineCode = null)
{
    private static readonly Dictionary<string, TestMethod> s_published = new TestMethod[]
    {
        new("pm_card_visa", "card", Behaviour.Succeeds),
        new("pm_card_mastercard", "card", Behaviour.Succeeds),
        new("pm_card_threeDSecure2Required", "card", Behaviour.Authenticates),
        new("pm_card_authenticationRequired", "card", Behaviour.Authenticates),
        new("pm_card_visa_chargeDeclined", "card", Behaviour.Declines, "generic_decline"),
        new("pm_card_visa_chargeDeclinedInsufficientFunds", "card", Behaviour.Declines, "insufficient_funds"),
        new("pm_card_createDispute", "card", Behaviour.Disputed),
        new("pm_card_pendingRefund", "card", Behaviour.RefundsLate),
        new("pm_card_refundFail", "card", Behaviour.RefundsFail),
        new("pm_usBankAccount_success", "us_bank_account", Behaviour.SucceedsLate),
        new("pm_usBankAccount_accountClosed", "us_bank_account", Behaviour.FailsLate),
    }.ToDictionary(method => method.Id, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> s_numbers = new(StringComparer.Ordinal)
    {
        ["4242424242424242"] = "pm_card_visa",
        ["5555555555554444"] = "pm_card_mastercard",
        ["4000002760003184"] = "pm_card_threeDSecure2Required",
        ["4000002500003155"] = "pm_card_authenticationRequired",
        ["4000000000000002"] = "pm_card_visa_chargeDeclined",
        ["4000000000009995"] = "pm_card_visa_chargeDeclinedInsufficientFunds",
        ["4000000000000259"] = "pm_card_createDispute",
        ["4000000000007726"] = "pm_card_pendingRefund",
        ["4000000000005126"] = "pm_card_refundFail",
        // An account number, not a card's: the published one of a bank debit that succeeds.
        ["000123456789"] = "pm_usBankAccount_success",
    };

    public static TestMethod? FindPublished(string id) => s_published.GetValueOrDefault(id);

    public static TestMethod? OfNumber(string number) =>
        s_numbers.TryGetValue(number, out var id) ? s_published[id] : null;
}
