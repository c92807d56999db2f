using Microsoft.Extensions.Options;

namespace Onsale.Platform.Work;

/// <summary>When proof of work is asked for.</summary>
internal enum WorkMode
{
    /// <summary>
    /// Of an address that does something more often than people behind one do. This machine is not asked.
    /// </summary>
    Auto,

    /// <summary>Each time.</summary>
    Always,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>Configuration section <c>Onsale:ProofOfWork</c>.</summary>
internal sealed class WorkOptions
{
    public const string Section = "Onsale:ProofOfWork";

    /// <summary>For all that can be asked for it.</summary>
    public WorkMode Mode { get; set; } = WorkMode.Auto;

    /// <summary>Guest sessions of one address in a minute, from which on the next one asks for work.</summary>
    public int GuestsPerMinute { get; set; } = 300;

    /// <summary>Registrations of one address in a minute.</summary>
    public int RegistrationsPerMinute { get; set; } = 10;

    /// <summary>Refused passwords of one address in a minute.</summary>
    public int FailedSignInsPerMinute { get; set; } = 5;

    /// <summary>Joins of waiting rooms from one address in a minute.</summary>
    public int JoinsPerMinute { get; set; } = 120;

    /// <summary>Hashes that a challenge costs on average where nothing is unusual.</summary>
    public int Hashes { get; set; } = 25_000;

    public int PerMinute(WorkAction action) => action switch
    {
        WorkAction.Guest => GuestsPerMinute,
        WorkAction.Register => RegistrationsPerMinute,
        WorkAction.SignIn => FailedSignInsPerMinute,
        WorkAction.Join => JoinsPerMinute,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };

    internal sealed class Validator : IValidateOptions<WorkOptions>
    {
        private const int MaxPerMinute = 1_000_000;
        private const int MinHashes = 100;
        private const int MaxHashes = 10_000_000;

        public ValidateOptionsResult Validate(string? name, WorkOptions options)
        {
            List<string> faults = [];
            if (!Enum.IsDefined(options.Mode))
                faults.Add($"{Section}:Mode is {options.Mode}; it must be Auto, Always or Off.");
            Check(nameof(GuestsPerMinute), options.GuestsPerMinute, 1, MaxPerMinute);
            Check(nameof(RegistrationsPerMinute), options.RegistrationsPerMinute, 1, MaxPerMinute);
            Check(nameof(FailedSignInsPerMinute), options.FailedSignInsPerMinute, 1, MaxPerMinute);
            Check(nameof(JoinsPerMinute), options.JoinsPerMinute, 1, MaxPerMinute);
            Check(nameof(Hashes), options.Hashes, MinHashes, MaxHashes);
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

            void Check(string key, int value, int least, int most)
            {
                if (value < least || value > most)
                    faults.Add($"{Section}:{key} is {value}; it must be between {least} and {most}.");
            }
        }
    }
}

/// <summary>What work is asked for. In challenges by name.</summary>
internal enum WorkAction
{
    Guest,
    Register,
    SignIn,
    Join,
}
