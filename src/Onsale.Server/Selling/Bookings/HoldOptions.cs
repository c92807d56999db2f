using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.Bookings;

/// <summary>Configuration section <c>Onsale:Holds</c>.</summary>
internal sealed class HoldOptions
{
    public const string Section = "Onsale:Holds";

    /// <summary>
    /// Places of one event that all buyers of one address range may hold at once: an office that shares an address is
    /// served, and a thousand guests of one machine do not get a hall.
    /// </summary>
    public int MaxPlacesPerAddress { get; set; } = 64;

    internal sealed class Validator : IValidateOptions<HoldOptions>
    {
        public ValidateOptionsResult Validate(string? name, HoldOptions options) =>
            options.MaxPlacesPerAddress is >= 1 and <= BookingsLimits.MaxPlacesPerAddressCeiling
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{Section}:{nameof(MaxPlacesPerAddress)} is {options.MaxPlacesPerAddress}; it must be between "
                    + $"1 and {BookingsLimits.MaxPlacesPerAddressCeiling}.");
    }
}
