namespace Onsale.Server.Operate.Rehearsals;

/// <summary>What a simulated buyer does with the places it holds.</summary>
internal enum Intention
{
    Pay,

    /// <summary>Goes away and leaves them held.</summary>
    Abandon,

    /// <summary>Gives them back.</summary>
    Release,
}

/// <summary>
/// What one simulated buyer is going to do, decided by the seed and the buyer's number alone: the same on every
/// machine,
/// whatever the other buyers do.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="ArrivesAtSeconds">From the beginning of the sale; negative: before it.</param>
/// <param name="Places">The size of the party.</param>
/// <param name="UsesMap">Whether seats are chosen on the map.</param>
/// <param name="ChoosesForSeconds">How long it looks before it chooses.</param>
/// <param name="PaysAfterSeconds">How long it takes from the hold to the payment, or to going away.</param>
/// <param name="PaymentToken">What its first payment comes to.</param>
/// <param name="Taste">Decides which tier and which part of the house it likes.</param>
internal sealed record SimulatedBuyer(
    int Number, double ArrivesAtSeconds, int Places, bool UsesMap, double ChoosesForSeconds, double PaysAfterSeconds,
    Intention Intention, string PaymentToken, ulong Taste)
{
    public static SimulatedBuyer Of(int number, long seed, RehearsalProfile profile)
    {
        // One generator a buyer: what one draws does not depend on how many came before.
        var random = new SplitMix(unchecked(((ulong)seed * 0x9E3779B97F4A7C15) ^ (ulong)number));
        random.Next();
        var isEarly = random.Percent() < profile.EarlyPercent;
        var arrives = isEarly
            ? -random.Unit() * profile.PreQueueSeconds
            : ArrivalOf(ref random, profile.Arrivals!) * profile.ArrivalSeconds;
        var places = 1 + random.Weighted(profile.PartySizes!);
        var usesMap = random.Percent() < profile.MapPercent;
        var chooses = random.Between(profile.ChooseSeconds!);
        var pays = random.Between(profile.CheckoutSeconds!);
        var what = random.Percent();
        var intention = what < profile.AbandonPercent ? Intention.Abandon
            : what < profile.AbandonPercent + profile.ReleasePercent ? Intention.Release
            : Intention.Pay;
        var paid = random.Percent();
        var token = paid < profile.DeclinePercent ? "sim_decline"
            : paid < profile.DeclinePercent + profile.SlowPercent ? "sim_slow"
            : paid < profile.DeclinePercent + profile.SlowPercent + profile.TimeoutPercent ? "sim_timeout"
            : "sim_success";
        return new SimulatedBuyer(number, arrives, places, usesMap, chooses, pays, intention, token, random.Next());
    }

    /// <summary>Where in the time of arrivals, from 0 to 1.</summary>
    private static double ArrivalOf(ref SplitMix random, int[] weights) =>
        (random.Weighted(weights) + random.Unit()) / weights.Length;

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): small, and the same for ever.</summary>
    private struct SplitMix(ulong state)
    {
        private ulong _state = state;

        public ulong Next()
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                var z = _state;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return z ^ (z >> 31);
            }
        }

        public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

        public double Percent() => Unit() * 100;

        public double Between(SecondsRange range) => range.From + (Unit() * (range.To - range.From));

        public int Weighted(int[] weights)
        {
            var at = Unit() * weights.Sum(weight => (long)weight);
            for (var i = 0; i < weights.Length - 1; i++)
            {
                if (at < weights[i])
                    return i;
                at -= weights[i];
            }

            return weights.Length - 1;
        }
    }
}
