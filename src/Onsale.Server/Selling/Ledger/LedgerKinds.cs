using System.Collections.Frozen;
using System.Text.Json;

namespace Onsale.Server.Selling.Ledger;

/// <summary>What an entry of the ledger records. Stored as a number: append only; 5 to 7 are free.</summary>
internal enum LedgerKind
{
    /// <summary>A provider took money.</summary>
    Payment = 1,

    /// <summary>A sale at the counter.</summary>
    CounterSale = 2,

    /// <summary>Money went back, in whole or in part.</summary>
    Refund = 3,

    /// <summary>A buyer's bank took money back.</summary>
    Chargeback = 4,

    /// <summary>A refund that had gone out came back, as from a card whose account is closed.</summary>
    ReturnedRefund = 8,
}

/// <summary>The same as the contract and exports spell it.</summary>
internal static class LedgerKinds
{
    private static readonly FrozenDictionary<string, LedgerKind> s_byName = Enum.GetValues<LedgerKind>()
        .ToFrozenDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}"), StringComparer.Ordinal);

    private static readonly FrozenDictionary<int, string> s_names =
        s_byName.ToFrozenDictionary(kind => (int)kind.Value, kind => kind.Key);

    /// <summary>All of them, in order.</summary>
    public static IEnumerable<string> Names => s_byName.OrderBy(kind => kind.Value).Select(kind => kind.Key);

    public static string NameOf(int kind) => s_names[kind];

    /// <summary>The kind of a name; null: there is none.</summary>
    public static LedgerKind? Find(string name) => s_byName.TryGetValue(name, out var kind) ? kind : null;
}
