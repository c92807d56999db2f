using System.Collections.Concurrent;

namespace Onsale.PaymentDoubles;

/// <summary>What was answered.</summary>
internal sealed record KeptAnswer(int Status, string Body);

/// <summary>
/// The provider's version 1 of idempotency: the first answer to a key is repeated, errors of the server included; other
/// parameters with the same key are an error; what was refused before it began to execute is not kept.
/// </summary>
internal sealed class IdempotencyKeys
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The earlier answer to the key; null: it is new, and executing from now on.</summary>
    public KeptAnswer? Begin(string key, string request)
    {
        var entry = new Entry(request);
        var there = _entries.GetOrAdd(key, entry);
        if (ReferenceEquals(there, entry))
            return null;
        if (there.Request != request)
        {
            throw new StripeProblem(
                400, "idempotency_error", null,
                "Keys for idempotent requests can only be used with the same parameters they were first used with.");
        }

        return there.Answer ?? throw new StripeProblem(
            409, "idempotency_error", "idempotency_key_in_use",
            "There is currently another in-progress request using this Idempotent Key.");
    }

    public void Keep(string key, KeptAnswer answer) => _entries[key].Answer = answer;

    public void Forget(string key) => _entries.TryRemove(key, out _);

    /// <summary>As the provider does after a day.</summary>
    public void Prune() => _entries.Clear();

    private sealed class Entry(string request)
    {
        public string Request => request;

        public KeptAnswer? Answer { get; set; }
    }
}
