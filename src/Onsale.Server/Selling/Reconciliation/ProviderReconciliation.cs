using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Reconciliation;

/// <summary>
/// Compares, once a day, the ledger with the books of each provider that can be listed. A difference is named in the
/// log, counted by <c>onsale.ledger.differences</c>, and shown to the organisation that it is of.
/// </summary>
internal sealed partial class ProviderReconciliation
{
    private readonly IEnumerable<IProviderBooks> _books;
    private readonly ReconciliationStore _store;
    private readonly ILogger<ProviderReconciliation> _logger;
    private readonly ConcurrentDictionary<string, long> _open = new(StringComparer.Ordinal);

    public ProviderReconciliation(
        IEnumerable<IProviderBooks> books, ReconciliationStore store, IMeterFactory meters,
        ILogger<ProviderReconciliation> logger)
    {
        (_books, _store, _logger) = (books, store, logger);
        meters.Create("Onsale.Payments").CreateObservableGauge(
            "onsale.ledger.differences",
            () => _open.Select(one => new Measurement<long>(
                one.Value, new KeyValuePair<string, object?>("provider", one.Key))),
            "{payment}", "Payments of which a provider says something else than the ledger.");
    }

    /// <summary>Compares each provider whose comparison is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var books in _books)
        {
            if (await _store.BeginAsync(books.Provider, cancellationToken) is { } begunAt)
                await CompareAsync(books, begunAt, cancellationToken);
            // Whichever node compared, and whenever this one started.
            _open[books.Provider] = await _store.CountOpenAsync(books.Provider, cancellationToken);
        }
    }

    private async Task CompareAsync(IProviderBooks books, DateTime begunAt, CancellationToken cancellationToken)
    {
        var since = new DateTimeOffset(begunAt).AddDays(-ReconciliationLimits.WindowDays);
        var theirs = await books.ListAsync(since, cancellationToken);
        var found = await _store.CompareAsync(books.Provider, begunAt, since, theirs, cancellationToken);
        foreach (var one in found.Take(ReconciliationLimits.MaxLogged))
        {
            LogDifference(
                books.Provider, one.Reference, one.TheirTaken, one.TheirBack, one.OurTaken, one.OurBack, one.Currency);
        }

        LogCompared(books.Provider, theirs.Count, found.Count);
    }

    [LoggerMessage(EventId = 4091, Level = LogLevel.Error,
        Message = "Money: {Provider} has taken {TheirTaken} and given back {TheirBack} of payment {Reference}, by the "
            + "ledger {OurTaken} and {OurBack} (minor units of {Currency})")]
    private partial void LogDifference(
        string provider, Guid reference, long theirTaken, long theirBack, long ourTaken, long ourBack, string currency);

    [LoggerMessage(EventId = 4092, Level = LogLevel.Information,
        Message = "Compared {Payments} payments of {Provider} with the ledger: {Differences} differ")]
    private partial void LogCompared(string provider, int payments, int differences);
}
