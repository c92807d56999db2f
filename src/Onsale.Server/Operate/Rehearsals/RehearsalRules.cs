using Onsale.Platform.Http;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>What a rehearsal may be.</summary>
internal static class RehearsalRules
{
    private const int All = 100;

    /// <summary>The plan with all its defaults, noting what is wrong with it.</summary>
    public static StartRehearsalRequest Check(
        StartRehearsalRequest request, RehearsalOptions options, Validation validation)
    {
        validation.Range("buyers", request.Buyers, 1, options.MaxBuyers);
        validation.Range("minutes", request.Minutes, 1, options.MaxMinutes);
        validation.Range("requestsPerSecond", request.RequestsPerSecond, 1, options.MaxRequestsPerSecond);
        var profile = (request.Profile ?? new RehearsalProfile()).Complete();
        CheckWeights("profile.arrivals", profile.Arrivals!, RehearsalsLimits.MaxArrivalSlices, validation);
        CheckWeights("profile.partySizes", profile.PartySizes!, RehearsalsLimits.MaxPartyPlaces, validation);
        var maxSeconds = Math.Clamp(request.Minutes, 1, options.MaxMinutes) * 60;
        validation.Range("profile.arrivalSeconds", profile.ArrivalSeconds, 1, maxSeconds);
        validation.Range("profile.preQueueSeconds", profile.PreQueueSeconds, 0, RehearsalsLimits.MaxPreQueueSeconds);
        validation.Range("profile.patienceSeconds", profile.PatienceSeconds, 1, RehearsalsLimits.MaxPatienceSeconds);
        foreach (var (name, percent) in new (string, int)[]
        {
            ("earlyPercent", profile.EarlyPercent), ("mapPercent", profile.MapPercent),
            ("declinePercent", profile.DeclinePercent), ("slowPercent", profile.SlowPercent),
            ("timeoutPercent", profile.TimeoutPercent), ("abandonPercent", profile.AbandonPercent),
            ("releasePercent", profile.ReleasePercent),
        })
        {
            validation.Range($"profile.{name}", percent, 0, All);
        }

        validation.Require(
            (long)profile.DeclinePercent + profile.SlowPercent + profile.TimeoutPercent <= All,
            "profile.declinePercent",
            "Declined, slow and unanswered payments are at most 100 % together.");
        validation.Require(
            (long)profile.AbandonPercent + profile.ReleasePercent <= All, "profile.abandonPercent",
            "Those who leave their places and those who give them back are at most 100 % together.");
        CheckRange("profile.chooseSeconds", profile.ChooseSeconds!, validation);
        CheckRange("profile.checkoutSeconds", profile.CheckoutSeconds!, validation);
        return request with { Profile = profile };
    }

    private static void CheckWeights(string field, int[] weights, int most, Validation validation)
    {
        validation.Require(weights.Length >= 1 && weights.Length <= most, field, $"Must be 1 to {most} weights.");
        validation.Require(
            Array.TrueForAll(weights, weight => weight is >= 0 and <= RehearsalsLimits.MaxWeight)
                && Array.Exists(weights, weight => weight > 0),
            field, $"Weights are 0 to {RehearsalsLimits.MaxWeight}, and not all of them 0.");
    }

    private static void CheckRange(string field, SecondsRange range, Validation validation) => validation.Require(
        range.From >= 0 && range.From <= range.To && range.To <= RehearsalsLimits.MaxPauseSeconds, field,
        $"Must be 0 to {RehearsalsLimits.MaxPauseSeconds} seconds, the least first.");
}
