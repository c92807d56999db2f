namespace Onsale.Server.Selling.Ledger;

/// <summary>What an entry of the ledger records. Stored as a number: append only.</summary>
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

    /// <summary>A provider paid out to the organisation's bank account.</summary>
    Payout = 5,

    /// <summary>What a provider kept for its service.</summary>
    ProviderFee = 6,

    /// <summary>A correction of earlier entries, which stay as they are.</summary>
    Adjustment = 7,

    /// <summary>A refund that had gone out came back, as from a card whose account is closed.</summary>
    ReturnedRefund = 8,
}

/// <summary>The same as the contract and exports spell it.</summary>
internal static class LedgerKinds
{
    private static readonly string[] s_names =
        ["payment", "counterSale", "refund", "chargeback", "payout", "providerFee", "adjustment", "returnedRefund"];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> Names => s_names;

    public static string NameOf(int kind) => s_names[kind - 1];

    /// <summary>The kind of a name; null: there is none.</summary>
    public static LedgerKind? Find(string name) =>
        Array.IndexOf(s_names, name) is var index and >= 0 ? (LedgerKind)(index + 1) : null;
}
