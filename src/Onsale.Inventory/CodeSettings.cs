using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>
/// A word that buyers give with a hold: for a lower price, or for what is not open to everybody. A price is reduced
/// place by place, so that a total is the sum of its lines.
/// </summary>
/// <param name="Id">Public id.</param>
/// <param name="Text">As <see cref="Normalise"/> makes it.</param>
public sealed record CodeSettings(Guid Id, string Text)
{
    /// <summary>1 to 100 off each place; null: no percentage.</summary>
    public int? Percent { get; init; }

    /// <summary>Minor units off each place, down to nothing; null: no amount.</summary>
    public long? Amount { get; init; }

    /// <summary>Numbers of the tiers that it is for; empty: all.</summary>
    public ImmutableArray<int> Tiers { get; init; } = [];

    /// <summary>From when it is taken, inclusive; null: at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Until when it is taken, exclusive; null: as long as the event sells.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Held and confirmed bookings that there may be with it; null: any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>Places that those bookings may have together; null: any number.</summary>
    public int? MaxTickets { get; init; }

    /// <summary>Places that one buyer may have in bookings with it; null: as many as the event allows.</summary>
    public int? MaxTicketsPerBuyer { get; init; }

    /// <summary>Whether places of its tiers can be held with it before the sale begins.</summary>
    public bool OpensPresale { get; init; }

    /// <summary>Taken back: it is not taken any more, and its text is free for another one.</summary>
    public bool IsEnded { get; init; }

    /// <summary>What a buyer may have typed, in the one form that is kept: capital letters, no space around.</summary>
    public static string Normalise(string text) => text.Trim().ToUpperInvariant();

    /// <summary>Whether a text can be that of a code: letters of ASCII, digits, hyphens and low lines.</summary>
    public static bool IsText(string text) =>
        text.Length is >= InventoryLimits.MinCodeCharacters and <= InventoryLimits.MaxCodeCharacters
        && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Whether places of a tier are what it is for.</summary>
    public bool IsFor(int tier) => Tiers.IsEmpty || Tiers.Contains(tier);

    /// <summary>What a place costs with it, in minor units; what a percentage takes off is rounded half up.</summary>
    public long Reduce(long price) => Percent is { } percent ? price - (((price * percent) + 50) / 100)
        : Amount is { } amount ? Math.Max(0, price - amount)
        : price;

    /// <inheritdoc/>
    public bool Equals(CodeSettings? other) => other is not null && Tiers.AsSpan().SequenceEqual(other.Tiers.AsSpan())
        && Plain(this) == Plain(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static (Guid, string, int?, long?, DateTimeOffset?, DateTimeOffset?, (int?, int?, int?), bool, bool) Plain(
        CodeSettings code) => (
            code.Id, code.Text, code.Percent, code.Amount, code.StartsAt, code.EndsAt,
            (code.MaxUses, code.MaxTickets, code.MaxTicketsPerBuyer), code.OpensPresale, code.IsEnded);
}

/// <summary>A code as it becomes.</summary>
/// <param name="Number">Which one; the next number is a new code's.</param>
/// <param name="Code">All of it.</param>
public readonly record struct CodeChange(int Number, CodeSettings Code);

/// <summary>An event's codes by number, ended ones among them. Immutable.</summary>
public sealed class EventCodes
{
    private readonly CodeSettings[] _codes;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Codes by number, 0 … n − 1.</summary>
    public EventCodes(IEnumerable<CodeSettings> codes)
    {
        _codes = [.. codes];
        for (var number = 0; number < _codes.Length; number++)
        {
            // While a log is replayed on the codes of today, two may have one text for a time.
            if (!_codes[number].IsEnded)
                _numbers.TryAdd(_codes[number].Text, number);
        }
    }

    /// <summary>None.</summary>
    public static EventCodes None { get; } = new([]);

    /// <summary>How many there are, ended ones among them.</summary>
    public int Count => _codes.Length;

    /// <summary>A code.</summary>
    /// <exception cref="InventoryCorruptException">There is none of that number.</exception>
    public CodeSettings this[int number] => (uint)number < (uint)_codes.Length
        ? _codes[number]
        : throw new InventoryCorruptException($"There is no code {number}.");

    /// <summary>
    /// Number of the code with a text, as <see cref="CodeSettings.Normalise"/> makes it; null: none is taken.
    /// </summary>
    public int? Find(string text) => _numbers.TryGetValue(text, out var number) ? number : null;

    /// <summary>Number of a code; null: the event has none of that id.</summary>
    public int? Find(Guid id) => Array.FindIndex(_codes, code => code.Id == id) is var number and >= 0 ? number : null;

    /// <summary>The codes after some changes.</summary>
    /// <exception cref="InventoryCorruptException">A number is left out.</exception>
    public EventCodes With(ImmutableArray<CodeChange> changes)
    {
        if (changes.IsEmpty)
            return this;
        var codes = new List<CodeSettings>(_codes);
        foreach (var (number, code) in changes)
        {
            if (number < 0 || number > codes.Count)
                throw new InventoryCorruptException($"Code {number} does not follow {codes.Count} codes.");
            if (number == codes.Count)
                codes.Add(code);
            else
                codes[number] = code;
        }

        return new EventCodes(codes);
    }
}
