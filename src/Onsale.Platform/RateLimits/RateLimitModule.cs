using Microsoft.Extensions.Options;
using Onsale.Platform.Identity;

namespace Onsale.Platform.RateLimits;

internal static class RateLimitModule
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RateLimitOptions>, Validator>();
        builder.Services.AddSingleton<KeyedHash>();
        builder.Services.AddSingleton<SecurityEvents>();
        if (builder.Configuration.GetConnectionString("Redis") is { Length: > 0 })
            builder.Services.AddSingleton<SharedLimits>();
        builder.Services.AddSingleton<RateLimitOverrides>();
        builder.Services.AddSingleton<LimitedCallers>();
        builder.Services.AddSingleton(services => new RateLimitBudgets(
            services.GetRequiredService<IOptions<RateLimitOptions>>(), services.GetRequiredService<SecurityEvents>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RateLimitOverrides>(),
            services.GetRequiredService<LimitedCallers>(), services.GetService<SharedLimits>()));
    }

    /// <summary>Belongs after authentication: bookings count for their buyer.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled)
            app.UseMiddleware<RateLimitMiddleware>();
    }

    /// <summary>
    /// Makes a route, or all routes of a group, spend from <paramref name="policy"/>; the innermost counts.
    /// </summary>
    public static TBuilder RequireRateLimit<TBuilder>(this TBuilder endpoints, RateLimitPolicy policy)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RateLimitMetadata(policy));

    private sealed class Validator : IValidateOptions<RateLimitOptions>
    {
        public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
