namespace Onsale.Platform.Database;

/// <summary>
/// Runs a hosted service that uses the database. The host constructs all hosted services before it starts the first, so
/// one that takes the data source in its constructor would ask for it too early: this one is constructed when it
/// starts.
/// </summary>
internal sealed class AfterDatabase<TService>(IServiceProvider services) : IHostedService
    where TService : class, IHostedService
{
    private TService? _service;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _service = ActivatorUtilities.CreateInstance<TService>(services);
        return _service.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_service is null)
            return;
        await _service.StopAsync(cancellationToken);
        (_service as IDisposable)?.Dispose();
    }
}
