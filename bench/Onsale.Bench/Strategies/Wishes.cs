using System.Security.Cryptography;
using Onsale.Bench.Hosts;

namespace Onsale.Bench.Strategies;

/// <summary>What buyers want, one after another: spread over the events, until every place was wanted once.</summary>
/// <param name="events">Of these events.</param>
/// <param name="seats">Numbered seats of each, or null for places by quantity.</param>
/// <param name="wishesAnEvent">Wishes that each can fulfil.</param>
/// <param name="contentionEvery">One wish in so many names seats that were named a moment ago.</param>
internal sealed class Wishes(IReadOnlyList<BenchEvent> events, int? seats, int wishesAnEvent, int contentionEvery)
{
    private const int ContentionDistance = 100;

    private long _count = -1;

    /// <summary>Null: there are no more places.</summary>
    public Wish? Next()
    {
        var number = Interlocked.Increment(ref _count);
        if (number / events.Count >= wishesAnEvent)
            return null;
        var named = number % contentionEvery == contentionEvery - 1
            ? Math.Max(0, number - (number * 7919 % ContentionDistance) - 1)
            : number;
        var first = (int)(named / events.Count) * Wish.Places;
        return new Wish(
            events[(int)(named % events.Count)], seats is null ? null : [first, first + 1],
            NewId(), NewId(), new Guid(RandomNumberGenerator.GetBytes(16)));
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
