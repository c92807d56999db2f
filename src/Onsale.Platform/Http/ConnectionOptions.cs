using Microsoft.Extensions.Options;

namespace Onsale.Platform.Http;

/// <summary>Configuration section <c>Onsale:Connections</c>.</summary>
internal sealed class ConnectionOptions
{
    public const string Section = "Onsale:Connections";

    private const int MaxFirstByteSeconds = 600;

    /// <summary>
    /// Open connections from one address range; 0: not limited. This machine and trusted proxies are not counted.
    /// </summary>
    public int MaxPerAddress { get; set; } = 1024;

    /// <summary>A connection that has sent nothing for so long is closed, seconds.</summary>
    public int FirstByteSeconds { get; set; } = 15;

    internal sealed class Validator : IValidateOptions<ConnectionOptions>
    {
        public ValidateOptionsResult Validate(string? name, ConnectionOptions options)
        {
            List<string> errors = [];
            if (options.MaxPerAddress is < 0 or > HostingLimits.MaxConcurrentConnections)
            {
                errors.Add($"{Section}:{nameof(MaxPerAddress)} is {options.MaxPerAddress}; it must be between 0 and "
                    + $"{HostingLimits.MaxConcurrentConnections}.");
            }

            if (options.FirstByteSeconds is < 1 or > MaxFirstByteSeconds)
            {
                errors.Add($"{Section}:{nameof(FirstByteSeconds)} is {options.FirstByteSeconds}; it must be between 1 "
                    + $"and {MaxFirstByteSeconds}.");
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
