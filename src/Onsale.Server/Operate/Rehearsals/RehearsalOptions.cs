using Microsoft.Extensions.Options;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Configuration section <c>Onsale:Rehearsals</c>: what one rehearsal may ask of the installation.</summary>
internal sealed class RehearsalOptions
{
    public const string Section = "Onsale:Rehearsals";

    /// <summary>Whether rehearsals can be started, and this node runs those that are.</summary>
    public bool Enabled { get; set; } = true;

    public int MaxBuyers { get; set; } = 20_000;

    public int MaxMinutes { get; set; } = 30;

    public int MaxRequestsPerSecond { get; set; } = 500;

    internal sealed class Validator : IValidateOptions<RehearsalOptions>
    {
        private const int MostBuyers = 1_000_000;
        private const int MostMinutes = 240;
        private const int MostRequests = 100_000;

        public ValidateOptionsResult Validate(string? name, RehearsalOptions options)
        {
            List<string> faults = [];
            Check(nameof(MaxBuyers), options.MaxBuyers, MostBuyers);
            Check(nameof(MaxMinutes), options.MaxMinutes, MostMinutes);
            Check(nameof(MaxRequestsPerSecond), options.MaxRequestsPerSecond, MostRequests);
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            void Check(string key, int value, int most)
            {
                if (value < 1 || value > most)
                    faults.Add($"{Section}:{key} is {value}; it must be between 1 and {most}.");
            }
        }
    }
}
