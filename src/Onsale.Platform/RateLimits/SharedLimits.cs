using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Onsale.Platform.Cluster;
using StackExchange.Redis;

namespace Onsale.Platform.RateLimits;

/// <summary>
/// The budgets that all nodes share, in Redis: the same algorithm as <see cref="RateLimiter"/>, one number a partition,
/// by Redis's clock. What is taken while a call is under way travels with the next one, as commands do in an event's
/// lane.
/// </summary>
/// <remarks>
/// Redis is never waited for longer than <see cref="MaxWaitMilliseconds"/>, and not asked for a while after it did not
/// answer in time: each node then decides for itself, by its share. Every call brings along what this node knows of a
/// partition, so that a Redis that was flushed or restarted learns it again.
/// </remarks>
internal sealed partial class SharedLimits : IDisposable
{
    /// <summary>A caller's longest wait; then its own node decides.</summary>
    public const int MaxWaitMilliseconds = 100;

    /// <summary>How long Redis is left alone after it failed.</summary>
    public const int PauseMilliseconds = 1000;

    private const int MaxTakesPerCall = 512;
    private const int MaxWaitingTakes = 16_384;
    private const int ArgumentsPerTake = 4;

    /// <summary>A node that was not heard of for so long does not count any more.</summary>
    private const int NodeSeconds = 15;
    private const int SignSeconds = 5;

    // For each key: the interval of a permit, the window, what the node knows to be spent, and whether the permit was
    // granted by the node already. Microseconds. Answers what is spent; less than 0: refused.
    private const string Script = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]
        local answers = {}
        for i, key in ipairs(KEYS) do
            local at = 4 * i - 3
            local interval, window = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
            local spent = math.max(tonumber(redis.call('GET', key) or '0') - now, tonumber(ARGV[at + 2]), 0)
            local after = spent + interval
            if ARGV[at + 3] == '0' and after > window then
                answers[i] = -spent
            else
                after = math.min(after, 2 * window)
                redis.call('SET', key, string.format('%.0f', now + after), 'PX', math.ceil(after / 1000) + 1)
                answers[i] = after
            end
        end
        return answers
        """;

    private const string SignScript = """
        local now = tonumber(redis.call('TIME')[1])
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
        redis.call('EXPIRE', KEYS[1], ARGV[2])
        return redis.call('ZCARD', KEYS[1])
        """;

    private static readonly RedisKey[] s_nodesKey = ["onsale:nodes"];

    private readonly RedisConnection _redis;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RedisValue _self;
    private readonly ConcurrentQueue<PendingTake> _waiting = new();
    private readonly Counter<long> _fallbacks;
    private readonly ITimer _signs;
    private long _restUntil;
    private int _isSending;
    private int _count;
    private int _nodes = 1;
    private bool _wasAway;

    public SharedLimits(RedisConnection redis, IMeterFactory meters, TimeProvider time, ILogger<SharedLimits> logger)
    {
        (_redis, _time, _logger) = (redis, time, logger);
        _self = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        _restUntil = long.MinValue;
        _fallbacks = meters.Create("Onsale.RateLimits").CreateCounter<long>(
            "onsale.rate_limits.decided_alone", "{request}",
            "Requests decided by the node alone while Redis did not answer.");
        _signs = time.CreateTimer(
            _ => _ = SignAsync(), state: null, TimeSpan.Zero, TimeSpan.FromSeconds(SignSeconds));
    }

    /// <summary>Nodes heard of last: of a budget each has this part while Redis is away.</summary>
    public int Nodes => Volatile.Read(ref _nodes);

    /// <summary>Whether Redis is asked at this moment.</summary>
    public bool IsUp => _time.GetTimestamp() >= Volatile.Read(ref _restUntil) && _redis.Live is not null;

    /// <summary>Takes a permit of all nodes' budget. Null: Redis did not answer in time.</summary>
    /// <param name="key">The partition, with its policy.</param>
    /// <param name="rule">The budget.</param>
    /// <param name="spent">What this node knows to be spent of it, before this permit.</param>
    public async ValueTask<SharedSpend?> TakeAsync(string key, RateLimitRule rule, TimeSpan spent)
    {
        if (Enqueue(key, rule, spent, isGranted: false) is not { } take)
            return null;
        try
        {
            return await take.Answer!.Task.WaitAsync(TimeSpan.FromMilliseconds(MaxWaitMilliseconds), _time);
        }
        catch (TimeoutException)
        {
            Rest("no answer in time");
            return Alone();
        }
    }

    /// <summary>
    /// Counts a permit that this node has granted by what it knew. Nobody waits; <paramref name="onSpent"/> hears what
    /// is spent over all nodes.
    /// </summary>
    public void Count(string key, RateLimitRule rule, TimeSpan spent, Action<TimeSpan> onSpent) =>
        Enqueue(key, rule, spent, isGranted: true, onSpent);

    public void Dispose() => _signs.Dispose();

    private SharedSpend? Alone()
    {
        _fallbacks.Add(1);
        return null;
    }

    private PendingTake? Enqueue(
        string key, RateLimitRule rule, TimeSpan spent, bool isGranted, Action<TimeSpan>? onSpent = null)
    {
        if (!IsUp || Volatile.Read(ref _count) >= MaxWaitingTakes)
        {
            Alone();
            return null;
        }

        var take = new PendingTake(key, rule, spent, isGranted, onSpent);
        Interlocked.Increment(ref _count);
        _waiting.Enqueue(take);
        if (Interlocked.CompareExchange(ref _isSending, 1, 0) == 0)
            _ = Task.Run(SendAllAsync);
        return take;
    }

    private async Task SendAllAsync()
    {
        var takes = new List<PendingTake>(MaxTakesPerCall);
        while (true)
        {
            while (takes.Count < MaxTakesPerCall && _waiting.TryDequeue(out var take))
                takes.Add(take);
            if (takes.Count == 0)
            {
                Volatile.Write(ref _isSending, 0);
                // One that came after the last look and found this one still at work would wait for ever.
                if (_waiting.IsEmpty || Interlocked.CompareExchange(ref _isSending, 1, 0) != 0)
                    return;
                continue;
            }

            Interlocked.Add(ref _count, -takes.Count);
            await SendAsync(takes);
            takes.Clear();
        }
    }

    private async Task SendAsync(List<PendingTake> takes)
    {
        try
        {
            if (!IsUp || _redis.Live is not { } redis)
            {
                Fail(takes);
                return;
            }

            var calling = CallAsync(redis, takes);
            var answers = await calling.WaitAsync(TimeSpan.FromMilliseconds(MaxWaitMilliseconds), _time);
            for (var i = 0; i < takes.Count; i++)
                takes[i].Hear((long)answers[i]);
            if (_wasAway)
                LogSharedAgain();
            _wasAway = false;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            Rest(exception.Message);
            Fail(takes);
        }
    }

    private static async Task<RedisResult[]> CallAsync(ConnectionMultiplexer redis, List<PendingTake> takes)
    {
        var keys = new RedisKey[takes.Count];
        var values = new RedisValue[takes.Count * ArgumentsPerTake];
        for (var i = 0; i < takes.Count; i++)
        {
            var (take, at) = (takes[i], i * ArgumentsPerTake);
            var window = take.Rule.WindowSeconds * 1_000_000L;
            keys[i] = take.Key;
            values[at] = window / take.Rule.PermitLimit;
            values[at + 1] = window;
            values[at + 2] = take.Spent.Ticks / TimeSpan.TicksPerMicrosecond;
            values[at + 3] = take.IsGranted ? 1 : 0;
        }

        return (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, keys, values))!;
    }

    private void Fail(List<PendingTake> takes)
    {
        foreach (var take in takes)
        {
            take.Fail();
            _fallbacks.Add(1);
        }
    }

    private void Rest(string reason)
    {
        if (IsUp)
            LogAlone(reason, Nodes);
        _wasAway = true;
        Volatile.Write(
            ref _restUntil, _time.GetTimestamp() + (PauseMilliseconds * _time.TimestampFrequency / 1000));
    }

    private async Task SignAsync()
    {
        try
        {
            if (_redis.Live is not { } redis)
                return;
            var count = (int)await redis.GetDatabase()
                .ScriptEvaluateAsync(SignScript, s_nodesKey, [_self, NodeSeconds]);
            Volatile.Write(ref _nodes, Math.Max(1, count));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The number heard of last stays: it is what each node's share is reckoned by while Redis is away.
            LogNoSign(exception.Message);
        }
    }

    [LoggerMessage(EventId = 9311, Level = LogLevel.Warning,
        Message = "Rate limits are this node's own while Redis does not answer ({Reason}): a share of 1/{Nodes}")]
    private partial void LogAlone(string reason, int nodes);

    [LoggerMessage(EventId = 9312, Level = LogLevel.Information, Message = "Rate limits are shared again")]
    private partial void LogSharedAgain();

    [LoggerMessage(EventId = 9313, Level = LogLevel.Debug, Message = "Redis refused this node's heartbeat: {Reason}")]
    private partial void LogNoSign(string reason);

    private sealed class PendingTake(
        string key, RateLimitRule rule, TimeSpan spent, bool isGranted, Action<TimeSpan>? onSpent)
    {
        public string Key => key;

        public RateLimitRule Rule => rule;

        public TimeSpan Spent => spent;

        public bool IsGranted => isGranted;

        /// <summary>Null: nobody waits.</summary>
        public TaskCompletionSource<SharedSpend?>? Answer { get; } =
            isGranted ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Hear(long microseconds)
        {
            var spentNow = TimeSpan.FromMicroseconds(Math.Abs((double)microseconds));
            onSpent?.Invoke(spentNow);
            Answer?.TrySetResult(new SharedSpend(microseconds > 0, spentNow));
        }

        public void Fail() => Answer?.TrySetResult(null);
    }
}

/// <summary>What all nodes' budget says.</summary>
/// <param name="Allowed">Whether the permit was granted.</param>
/// <param name="Spent">Until the whole budget is back.</param>
internal readonly record struct SharedSpend(bool Allowed, TimeSpan Spent);
