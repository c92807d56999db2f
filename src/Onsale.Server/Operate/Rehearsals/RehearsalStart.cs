using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>The same for whoever starts one: by the API or by the command.</summary>
internal sealed class RehearsalStart(
    RehearsalStore store, IOptions<RehearsalOptions> options, TimeProvider time)
{
    private static readonly Problem s_off = new(
        StatusCodes.Status409Conflict, "rehearsals-off", "Rehearsals are switched off in this installation.");

    private static readonly Problem s_running = new(
        StatusCodes.Status409Conflict, "rehearsal-running",
        "A rehearsal is under way in this installation: one at a time.");

    private static readonly Problem s_saleNear = new(
        StatusCodes.Status409Conflict, "on-sale-near",
        "A sale begins soon in this installation, or is under way behind a waiting room: it comes first.");

    /// <summary>Adds a rehearsal, which the next node that looks takes.</summary>
    /// <param name="organisationId">Whose event it is.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="request">What is to be rehearsed.</param>
    /// <param name="actor">Who starts it; null: who runs the command.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<(Guid Id, Problem? Refusal)> StartAsync(
        Guid organisationId, Guid eventId, StartRehearsalRequest request, Actor? actor,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var plan = RehearsalRules.Check(request, options.Value, validation);
        if (validation.ToProblem() is { } invalid)
            return (default, invalid);
        if (!options.Value.Enabled)
            return (default, s_off);
        if (await store.IsSaleNearAsync(plan.Minutes + RehearsalsLimits.ClearMinutes, cancellationToken))
            return (default, s_saleNear);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var activity = actor is null ? null : new Activity(actor, "rehearsal.started", "rehearsal", $"{id}")
        {
            EventId = eventId,
            After = new()
            {
                ["buyers"] = plan.Buyers,
                ["minutes"] = plan.Minutes,
                ["requestsPerSecond"] = plan.RequestsPerSecond,
            },
        };
        return await store.AddAsync(
            id, organisationId, eventId, RehearsalCopy.NewId(now), plan, activity, cancellationToken)
                ? (id, null)
                : (default, s_running);
    }
}
