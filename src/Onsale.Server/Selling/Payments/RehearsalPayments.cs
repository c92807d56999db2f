using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// What stands for the provider where a rehearsal pays: it takes no money, whichever provider the installation has. The
/// token says what happens, as with <see cref="SimulatedPaymentProvider"/>. It keeps no books: a charge whose answer
/// was
/// lost was never made.
/// </summary>
internal sealed class RehearsalPayments(TimeProvider time) : IPaymentProvider
{
    /// <summary>Its <see cref="Name"/>.</summary>
    public const string Id = "rehearsal";

    private const int SlowSeconds = 3;

    public string Name => Id;

    public bool TakesMoney => false;

    public bool IsToken(string token) => token is "sim_success" or "sim_decline" or "sim_slow" or "sim_timeout";

    public async Task<ChargeAnswer> ChargeAsync(Charge charge, CancellationToken cancellationToken)
    {
        if (!RehearsalCopy.Is(charge.EventId))
            throw new InvalidOperationException("Only the copy of a rehearsal is sold without money.");
        switch (charge.Token)
        {
            case "sim_timeout":
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case "sim_slow":
                await Task.Delay(TimeSpan.FromSeconds(SlowSeconds), time, cancellationToken);
                break;
        }

        return charge.Token == "sim_decline" ? ChargeState.Declined : ChargeState.Succeeded;
    }

    public Task<ChargeAnswer> FindAsync(Guid reference, CancellationToken cancellationToken) =>
        Task.FromResult<ChargeAnswer>(ChargeState.Voided);

    public Task<RefundAnswer> RefundPartAsync(
        Guid reference, Guid refundId, long amount, CancellationToken cancellationToken) =>
        Task.FromResult(RefundAnswer.Succeeded);

    public Task<RefundAnswer> RefundAsync(Guid reference, CancellationToken cancellationToken) =>
        Task.FromResult(RefundAnswer.Succeeded);
}
