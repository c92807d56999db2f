using System.Globalization;
using System.Security.Cryptography;

namespace Onsale.PaymentDoubles;

/// <summary>What the provider knows, and how it changes. Every method is one atomic step.</summary>
internal sealed class StripeBooks(TimeProvider time)
{
    private const long MinAmount = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Intent> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TestMethod> _methods = new(StringComparer.Ordinal);
    private readonly List<RefundOfCharge> _refunds = [];
    private readonly List<DisputeOfCharge> _disputes = [];
    private readonly List<StripeEvent> _events = [];
    private int _numbers;

    /// <summary>Hears of each new event, outside the lock and in order.</summary>
    public event Action<StripeEvent>? Happened;

    public IReadOnlyList<StripeEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public IReadOnlyList<Intent> Intents
    {
        get
        {
            lock (_lock)
                return [.. _intents.Values];
        }
    }

    public IReadOnlyList<RefundOfCharge> Refunds
    {
        get
        {
            lock (_lock)
                return [.. _refunds];
        }
    }

    public IReadOnlyList<DisputeOfCharge> Disputes
    {
        get
        {
            lock (_lock)
                return [.. _disputes];
        }
    }

    /// <summary>Money taken and not given back, minor units as this provider counts them.</summary>
    public long Kept
    {
        get
        {
            lock (_lock)
            {
                return _intents.Values.Where(intent => intent.Charge is { Status: "succeeded" })
                    .Sum(intent => intent.Amount - intent.Charge!.Refunded);
            }
        }
    }

    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public Intent Create(FormBody form)
    {
        var amount = form.Integer("amount")
            ?? throw StripeProblem.Invalid("parameter_missing", "Missing required param: amount.", "amount");
        if (amount < MinAmount)
            throw StripeProblem.Invalid("amount_too_small", "Amount must be at least 50.", "amount");
        var currency = form["currency"]
            ?? throw StripeProblem.Invalid("parameter_missing", "Missing required param: currency.", "currency");
        return Act(happened =>
        {
            var id = NewId("pi");
            var intent = new Intent(id, $"{id}_secret_{NewId("s")}", amount, currency.ToLowerInvariant(), Now)
            {
                Metadata = form.Members("metadata"),
                MethodTypes = form.List("allowed_payment_method_types") is { Count: > 0 } types ? types : ["card"],
            };
            _intents.Add(id, intent);
            happened.Add(EventOf("payment_intent.created", intent.ToJson()));
            return intent;
        });
    }

    public Intent Find(string id)
    {
        lock (_lock)
            return _intents.TryGetValue(id, out var intent)
                ? intent
                : throw StripeProblem.Missing("payment_intent", id);
    }

    public Intent Confirm(string id, string? method) => Act(happened =>
    {
        var intent = Find(id);
        if (intent.Status is not ("requires_payment_method" or "requires_confirmation"))
            throw Unexpected(intent, "confirmed");
        var chosen = method is null ? intent.Method : FindMethod(method);
        if (chosen is null || !intent.MethodTypes.Contains(chosen.Type))
            throw StripeProblem.Invalid(
                "payment_method_invalid", "This PaymentMethod cannot be used.", "payment_method");
        intent.Method = chosen;
        intent.LastError = null;
        switch (chosen.Behaviour)
        {
            case Behaviour.Authenticates:
                intent.Status = "requires_action";
                happened.Add(EventOf("payment_intent.requires_action", intent.ToJson()));
                return (intent, null);
            case Behaviour.Declines:
                return (intent, Fail(intent, "card_declined", chosen.DeclineCode, "Your card was declined.", happened));
            case Behaviour.SucceedsLate or Behaviour.FailsLate:
                intent.Status = "processing";
                intent.Charge = new ChargeOfIntent(NewId("py"), intent, Now) { Status = "pending" };
                happened.Add(EventOf("payment_intent.processing", intent.ToJson()));
                return (intent, null);
            default:
                Succeed(intent, happened);
                return (intent, (StripeProblem?)null);
        }
    }) switch
    {
        (_, { } declined) => throw declined,
        var (intent, _) => intent,
    };

    public Intent Cancel(string id) => Act(happened =>
    {
        var intent = Find(id);
        if (intent.Status is "succeeded" or "processing" or "canceled")
            throw Unexpected(intent, "canceled");
        intent.Status = "canceled";
        happened.Add(EventOf("payment_intent.canceled", intent.ToJson()));
        return intent;
    });

    /// <summary>The buyer has answered the bank's question.</summary>
    public Intent Authenticate(string id, bool succeeds) => Act(happened =>
    {
        var intent = Find(id);
        if (intent.Status != "requires_action")
            throw Unexpected(intent, "authenticated");
        if (succeeds)
            Succeed(intent, happened);
        else
            _ = Fail(
                intent, "payment_intent_authentication_failure", null, "We are unable to authenticate you.", happened);
        return intent;
    });

    /// <summary>The bank has answered about a debit that was under way.</summary>
    public Intent Settle(string id) => Act(happened =>
    {
        var intent = Find(id);
        if (intent.Status != "processing")
            throw Unexpected(intent, "settled");
        if (intent.Method!.Behaviour == Behaviour.SucceedsLate)
        {
            Succeed(intent, happened);
        }
        else
        {
            intent.Charge!.Status = "failed";
            _ = Fail(intent, "account_closed", null, "The account is closed.", happened);
        }

        return intent;
    });

    public RefundOfCharge Refund(FormBody form)
    {
        var metadata = form.Members("metadata");
        var wanted = form.Integer("amount");
        return Act(happened =>
        {
            var intent = Find(form["payment_intent"]
                ?? throw StripeProblem.Invalid("parameter_missing", "One of charge or payment_intent is required."));
            if (intent.Charge is not { Status: "succeeded" } charge)
                throw StripeProblem.Invalid("charge_not_captured", "This PaymentIntent has no successful charge.");
            var left = intent.Amount - charge.Refunded;
            if (charge.IsDisputed)
                throw StripeProblem.Invalid("charge_disputed", $"Charge {charge.Id} has been charged back.");
            if (left == 0)
            {
                throw StripeProblem.Invalid(
                    "charge_already_refunded", $"Charge {charge.Id} has already been refunded.");
            }

            var amount = wanted ?? left;
            if (amount > left || amount <= 0)
            {
                throw StripeProblem.Invalid(
                    "amount_too_large", $"Refund amount ({amount}) is greater than unrefunded amount ({left}).",
                    "amount");
            }

            var refund = new RefundOfCharge(NewId("re"), charge, amount, Now)
            {
                Metadata = metadata,
                Status = intent.Method!.Behaviour is Behaviour.RefundsLate or Behaviour.RefundsFail
                    ? "pending" : "succeeded",
            };
            charge.Refunded += amount;
            _refunds.Add(refund);
            happened.Add(EventOf("refund.created", refund.ToJson()));
            happened.Add(EventOf("charge.refunded", charge.ToJson()));
            return refund;
        });
    }

    /// <summary>A pending refund comes to its end.</summary>
    public RefundOfCharge SettleRefund(string id) => Act(happened =>
    {
        var refund = FindRefund(id);
        if (refund.Charge.Intent.Method!.Behaviour == Behaviour.RefundsFail)
            FailRefund(refund, happened);
        else
            refund.Status = "succeeded";
        happened.Add(EventOf("refund.updated", refund.ToJson()));
        return refund;
    });

    /// <summary>A refund that had succeeded comes back after all, as when the card's account is closed.</summary>
    public RefundOfCharge ReturnRefund(string id) => Act(happened =>
    {
        var refund = FindRefund(id);
        FailRefund(refund, happened);
        return refund;
    });

    public RefundOfCharge FindRefund(string id)
    {
        lock (_lock)
            return _refunds.Find(refund => refund.Id == id) ?? throw StripeProblem.Missing("refund", id);
    }

    public DisputeOfCharge Dispute(
        string intentId, string reason = "fraudulent", string status = "needs_response") => Act(happened =>
        Dispute(Find(intentId).Charge ?? throw StripeProblem.Missing("charge", intentId), reason, status, happened));

    public DisputeOfCharge CloseDispute(string id, bool isWon) => Act(happened =>
    {
        var dispute = FindDispute(id);
        dispute.Status = isWon ? "won" : "lost";
        happened.Add(EventOf("charge.dispute.closed", dispute.ToJson()));
        return dispute;
    });

    public DisputeOfCharge FindDispute(string id)
    {
        lock (_lock)
            return _disputes.Find(dispute => dispute.Id == id) ?? throw StripeProblem.Missing("dispute", id);
    }

    /// <summary>A payment method made by the browser's script from a test card's number.</summary>
    public TestMethod AddMethod(string number) => Act(_ =>
    {
        var published = TestMethod.OfNumber(number.Replace(" ", "", StringComparison.Ordinal))
            ?? throw new StripeProblem(402, "card_error", "incorrect_number", "Your card number is incorrect.");
        var method = published with { Id = NewId("pm") };
        _methods.Add(method.Id, method);
        return method;
    });

    private TestMethod FindMethod(string id) =>
        _methods.GetValueOrDefault(id) ?? TestMethod.FindPublished(id)
        ?? throw StripeProblem.Invalid("resource_missing", $"No such PaymentMethod: '{id}'", "payment_method");

    private void Succeed(Intent intent, List<StripeEvent> happened)
    {
        intent.Charge ??= new ChargeOfIntent(NewId("ch"), intent, Now);
        intent.Charge.Status = "succeeded";
        intent.Status = "succeeded";
        happened.Add(EventOf("payment_intent.succeeded", intent.ToJson()));
        happened.Add(EventOf("charge.succeeded", intent.Charge.ToJson()));
        if (intent.Method!.Behaviour == Behaviour.Disputed)
            Dispute(intent.Charge, "fraudulent", "needs_response", happened);
    }

    private StripeProblem Fail(
        Intent intent, string code, string? declineCode, string message, List<StripeEvent> happened)
    {
        intent.Status = "requires_payment_method";
        intent.LastError = new StripeProblem(402, "card_error", code, message) { DeclineCode = declineCode };
        happened.Add(EventOf("payment_intent.payment_failed", intent.ToJson()));
        return new StripeProblem(402, "card_error", code, message)
        {
            DeclineCode = declineCode,
            IsKept = true,
            Intent = intent.ToJson(),
        };
    }

    private void FailRefund(RefundOfCharge refund, List<StripeEvent> happened)
    {
        refund.Status = "failed";
        refund.FailureReason = "expired_or_canceled_card";
        refund.Charge.Refunded -= refund.Amount;
        happened.Add(EventOf("refund.failed", refund.ToJson()));
    }

    private DisputeOfCharge Dispute(
        ChargeOfIntent charge, string reason, string status, List<StripeEvent> happened)
    {
        var dispute = new DisputeOfCharge(NewId("du"), charge, reason, Now) { Status = status };
        charge.IsDisputed = true;
        _disputes.Add(dispute);
        happened.Add(EventOf("charge.dispute.created", dispute.ToJson()));
        return dispute;
    }

    private T Act<T>(Func<List<StripeEvent>, T> step)
    {
        var happened = new List<StripeEvent>();
        T result;
        lock (_lock)
        {
            result = step(happened);
            _events.AddRange(happened);
        }

        foreach (var each in happened)
            Happened?.Invoke(each);
        return result;
    }

    private StripeEvent EventOf(string type, System.Text.Json.Nodes.JsonObject about) =>
        new(NewId("evt"), type, Now, about);

    private static StripeProblem Unexpected(Intent intent, string verb) => new(
        400, "invalid_request_error", "payment_intent_unexpected_state",
        $"This PaymentIntent could not be {verb}: it has a status of {intent.Status}.")
    {
        Intent = intent.ToJson(),
    };

    private string NewId(string prefix) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}_{Interlocked.Increment(ref _numbers):D6}"
            + $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
}
