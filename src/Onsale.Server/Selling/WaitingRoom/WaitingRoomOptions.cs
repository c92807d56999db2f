using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Configuration section <c>Onsale:WaitingRoom</c>.</summary>
internal sealed class WaitingRoomOptions
{
    public const string Section = "Onsale:WaitingRoom";

    private const double MaxAutoHoldsPerSecond = 1_000_000;
    private const int MaxAutoViewers = 10_000_000;

    /// <summary>
    /// A public random value that is mixed into the seed of every draw, such as a round of drand: set after the seed's
    /// commitment is published and before the draw. Empty: none.
    /// </summary>
    public string Beacon { get; set; } = "";

    /// <summary>From so many holds a second on, an automatic room opens.</summary>
    public double AutoHoldsPerSecond { get; set; } = 200;

    /// <summary>The same by connections to the event's live feed.</summary>
    public int AutoViewers { get; set; } = 5000;

    public CrowdLimits CrowdLimits => new(AutoHoldsPerSecond, AutoViewers);

    internal sealed class Validator : IValidateOptions<WaitingRoomOptions>
    {
        public ValidateOptionsResult Validate(string? name, WaitingRoomOptions options)
        {
            var faults = Faults(options).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static IEnumerable<string> Faults(WaitingRoomOptions options)
        {
            if (options.Beacon.Length > WaitingRoomLimits.MaxBeaconCharacters)
            {
                yield return $"{Section}:{nameof(Beacon)} has {options.Beacon.Length} characters; "
                    + $"it must have at most {WaitingRoomLimits.MaxBeaconCharacters}.";
            }

            if (options.AutoHoldsPerSecond is not (> 0 and <= MaxAutoHoldsPerSecond))
            {
                yield return $"{Section}:{nameof(AutoHoldsPerSecond)} is {options.AutoHoldsPerSecond}; "
                    + $"it must be above 0 and at most {MaxAutoHoldsPerSecond}.";
            }

            if (options.AutoViewers is < 1 or > MaxAutoViewers)
            {
                yield return $"{Section}:{nameof(AutoViewers)} is {options.AutoViewers}; "
                    + $"it must be between 1 and {MaxAutoViewers}.";
            }
        }
    }
}
