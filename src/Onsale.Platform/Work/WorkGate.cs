using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Platform.Work;

/// <summary>
/// Asks for proof of work before what costs us more than it costs a machine that does it a thousand times. People
/// behind one address hardly meet it; the more an address does, the more each further one costs it.
/// </summary>
internal sealed class WorkGate
{
    public const string Header = "Proof-Of-Work";

    /// <summary>A challenge is good for so long.</summary>
    public const int ChallengeMinutes = 10;

    /// <summary>The most that an address can be asked for, in times of the usual.</summary>
    internal const int MaxFactor = 32;

    /// <summary>A challenge taken in calm times must be worth at least this part of what is asked for now.</summary>
    private const int MaxEasier = 4;

    private const int MaxSolutionChars = 1024;

    private readonly WorkOptions _options;
    private readonly WorkRates _rates;
    private readonly UsedWorkStore _used;
    private readonly TimeProvider _time;
    private readonly Lazy<byte[]> _key;
    private readonly bool _isLimited;
    private readonly Counter<long> _decisions;

    public WorkGate(
        IOptions<WorkOptions> options, IOptions<RateLimitOptions> limits, WorkRates rates, UsedWorkStore used,
        KeyedHash shared, IMeterFactory meters, TimeProvider time)
    {
        (_options, _rates, _used, _time) = (options.Value, rates, used, time);
        // First asked for by a request: the shared key has been read by then.
        _key = new Lazy<byte[]>(() => shared.Of("proof-of-work", ""));
        _isLimited = limits.Value.Enabled;
        _decisions = meters.Create("Onsale.ProofOfWork").CreateCounter<long>(
            "onsale.proof_of_work.decisions", "{request}",
            "Requests that work could be asked for, by action and outcome.");
    }

    /// <summary>Null: the request may go on; else 403 with a challenge.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What it wants to do.</param>
    /// <param name="counts">Whether it counts as having been done; else <see cref="Note"/> says so.</param>
    public ValueTask<Problem?> CheckAsync(HttpContext context, WorkAction action, bool counts = true)
    {
        var address = context.Connection.RemoteIpAddress;
        var range = AddressRange.Of(address);
        var done = counts ? _rates.Add(action, range) : _rates.Of(action, range);
        if (FactorOf(action, done, address) is not (> 0 and var factor))
            return ValueTask.FromResult<Problem?>(null);
        var solution = context.Request.Headers[Header].ToString();
        if (solution.Length == 0)
            return ValueTask.FromResult<Problem?>(
                Ask(action, factor, "asked", "Solve the challenge and send it again."));
        return CheckAsync(solution, action, factor, context.RequestAborted);
    }

    /// <summary>Something was done that makes the next one suspicious.</summary>
    public void Note(HttpContext context, WorkAction action) =>
        _rates.Add(action, AddressRange.Of(context.Connection.RemoteIpAddress));

    /// <summary>A challenge for somebody who wants to begin before being asked.</summary>
    public WorkChallenge Challenge(HttpContext context, WorkAction action)
    {
        var address = context.Connection.RemoteIpAddress;
        return Make(action, Math.Max(1, FactorOf(action, _rates.Of(action, AddressRange.Of(address)), address)));
    }

    private async ValueTask<Problem?> CheckAsync(
        string solution, WorkAction action, int factor, CancellationToken cancellationToken)
    {
        if (solution.Length > MaxSolutionChars || WorkChallenges.Check(_key.Value, solution) is not { } work)
            return Ask(action, factor, "wrong", "The solution is not right.");
        if (work.Action != action)
            return Ask(action, factor, "other-action", "The solution is for something else.");
        if (work.ExpiresAt < _time.GetUtcNow())
            return Ask(action, factor, "expired", "The challenge was given too long ago.");
        if (work.Max < MaxOf(factor) / MaxEasier)
            return Ask(action, factor, "too-easy", "The challenge has become too easy meanwhile.");
        if (!await _used.TryUseAsync(work.Id, work.ExpiresAt, cancellationToken))
            return Ask(action, factor, "used", "The solution was used before.");
        Count(action, "passed");
        return null;
    }

    /// <summary>0: no work is asked for.</summary>
    private int FactorOf(WorkAction action, double done, IPAddress? address)
    {
        var allowed = _options.PerMinute(action);
        var byRate = done <= allowed ? 0 : (int)Math.Min(MaxFactor, Math.Ceiling(done / allowed));
        return _options.Mode switch
        {
            WorkMode.Always => Math.Max(1, byRate),
            WorkMode.Auto when _isLimited && address is not null && !IPAddress.IsLoopback(address) => byRate,
            _ => 0,
        };
    }

    private int MaxOf(int factor) => (int)Math.Min(int.MaxValue - 1, 2L * _options.Hashes * factor);

    private WorkChallenge Make(WorkAction action, int factor) => WorkChallenges.Make(
        _key.Value, action, MaxOf(factor), _time.GetUtcNow().AddMinutes(ChallengeMinutes));

    private Problem Ask(WorkAction action, int factor, string outcome, string detail)
    {
        Count(action, outcome);
        var challenge = Make(action, factor);
        return new Problem(
            StatusCodes.Status403Forbidden, "work-required",
            $"Many requests come from your network, so that a little work is asked of this device first. {detail}",
            writer =>
            {
                writer.WriteString("header", Header);
                writer.WriteStartObject("challenge");
                writer.WriteString("algorithm", challenge.Algorithm);
                writer.WriteString("challenge", challenge.Challenge);
                writer.WriteNumber("maxnumber", challenge.Maxnumber);
                writer.WriteString("salt", challenge.Salt);
                writer.WriteString("signature", challenge.Signature);
                writer.WriteEndObject();
            });
    }

    private void Count(WorkAction action, string outcome) => _decisions.Add(
        1, KeyValuePair.Create("action", (object?)WorkChallenges.NameOf(action)),
        KeyValuePair.Create("outcome", (object?)outcome));
}
