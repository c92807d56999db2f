using System.Collections.Concurrent;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>A provider whose answers the test decides; it charges and refunds a reference once.</summary>
internal sealed class Bank : IPaymentProvider
{
    private readonly ConcurrentDictionary<Guid, byte> _charged = new();
    private readonly ConcurrentDictionary<Guid, byte> _refunded = new();
    private volatile TaskCompletionSource _answers = Completed();

    public ChargeState Says { get; set; } = ChargeState.Succeeded;

    public Guid Last { get; private set; }

    /// <summary>Asked about this charge, the provider fails in an unforeseen way.</summary>
    public Guid? BreaksOn { get; set; }

    /// <summary>Charges get no answer; what <see cref="Says"/> tells is found out afterwards.</summary>
    public bool IsSilent { get; set; }

    public int Charges => _charged.Count;

    public int Refunds => _refunded.Count;

    public string Name => "bank";

    public bool IsToken(string token) => true;

    public void AnswersNever() =>
        _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void AnswersAgain() => _answers.SetResult();

    // Does not listen to its cancellation: a process that died does not either.
    public async Task<ChargeAnswer> ChargeAsync(Charge charge, CancellationToken cancellationToken)
    {
        _charged[charge.Reference] = 0;
        Last = charge.Reference;
        await _answers.Task;
        return IsSilent ? throw new PaymentProviderException("no answer") : Says;
    }

    public Task<ChargeAnswer> FindAsync(Guid reference, CancellationToken cancellationToken) => reference == BreaksOn
        ? throw new FormatException("an answer that nobody can read")
        : Task.FromResult<ChargeAnswer>(_refunded.ContainsKey(reference) ? ChargeState.Refunded : Says);

    public Task<RefundAnswer> RefundAsync(Guid reference, CancellationToken cancellationToken)
    {
        _refunded.TryAdd(reference, 0).ShouldBeTrue("a reference is refunded once");
        return Task.FromResult(RefundAnswer.Succeeded);
    }

    public Task<RefundAnswer> RefundPartAsync(
        Guid reference, Guid refundId, long amount, CancellationToken cancellationToken) =>
        Task.FromResult(RefundAnswer.Succeeded);

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
