using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Jobs;

namespace Onsale.Server.Access.Accounts;

internal static class AccountsModule
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(AccountsJson.Default);
        // DataProtectionKeyRing says it in this program's words, and only where it matters.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        AddAccessTokens(services);
        AddIdentity(services);
        services.AddSingleton<SessionStore>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<GuestMergeStore>();
        services.AddSingleton<GuestMerges>();
        services.AddHostedService<EndedGuestRelay>();
        services.AddSingleton<EndedGuestsReader>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "ended-guests", TimeSpan.FromSeconds(IdentityLimits.EndedGuestsSeconds),
            provider.GetRequiredService<EndedGuestsReader>().ReadAsync, RunsAtStart: true));
        services.AddSingleton<GuestTrials>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<PasswordVerification>();
        services.AddSingleton<EndedSessionsReader>();
        services.AddHostedService(provider => provider.GetRequiredService<EndedSessionsReader>());
        services.AddPeriodicJob(provider => new PeriodicJob(
            "ended-sessions", TimeSpan.FromMilliseconds(AccountsLimits.EndedSessionsPollMilliseconds),
            provider.GetRequiredService<EndedSessionsReader>().ReadNewAsync));
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountMails>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "expired-account-links", TimeSpan.FromSeconds(AccountsLimits.CleanUpEverySeconds),
            provider.GetRequiredService<AccountLinks>().DeleteExpiredAsync));
        services.AddSingleton<AccountsCleanup>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "accounts-cleanup", TimeSpan.FromSeconds(AccountsLimits.CleanUpEverySeconds),
            provider.GetRequiredService<AccountsCleanup>().CleanAsync));
    }

    private static void AddAccessTokens(IServiceCollection services)
    {
        // The name is part of what tokens are bound to: fixed, so that every node and version agrees.
        services.AddDataProtection().SetApplicationName("Onsale");
        services.AddSingleton<KeyEncryption>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyStorage>();
        services.AddHostedService<DataProtectionKeyRing>();
        services.AddHostedService<SharedSecrets>();
        services.AddSingleton<EndedSessions>();

        services.AddSingleton(provider => new TokenCache(
            new SecureDataFormat<AuthenticationTicket>(
                new TokenSerializer(),
                provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("Onsale.AccessToken")),
            provider.GetRequiredService<EndedSessions>(), provider.GetRequiredService<EndedGuests>(),
            provider.GetRequiredService<TimeProvider>(), AccountsLimits.CachedTokens));
        services.AddScoped<IAuthenticationService, KnownTokenAuthentication>();
        services.AddSingleton<EndedGuests>();
        services.AddSingleton<IPolicyEvaluator, LiveGuestEvaluator>();
        services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken(options =>
            // The framework's own reading of the header knows the scheme in one spelling only.
            options.Events.OnMessageReceived = context =>
            {
                if (BearerHeader.TryRead(context.Request, out var token))
                    context.Token = token.ToString();
                return Task.CompletedTask;
            });
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme)
            .PostConfigure<TokenCache>((options, tokens) => options.BearerTokenProtector = tokens);
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
        services.AddAuthorizationBuilder()
            .AddPolicy(RoleNames.Organiser, policy => policy.RequireRole(RoleNames.Organiser, RoleNames.Operator))
            .AddPolicy(RoleNames.Door, policy => policy.RequireRole(
                RoleNames.Door, RoleNames.Organiser, RoleNames.Operator))
            .AddPolicy(RoleNames.Operator, policy => policy.RequireRole(RoleNames.Operator));
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddSingleton<PasswordHashingLimiter>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<ILookupNormalizer, EmailNormalizer>();
        // Before Identity registers its own by request: those who check passwords live as long as the program.
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddIdentityCore<Account>();
        services.Configure<PasswordHasherOptions>(
            options => options.IterationCount = AccountsLimits.PasswordIterations);
        // Identity's own rules ask for digits and symbols, and look an e-mail up before the insert that decides anyway.
        services.RemoveAll<IUserValidator<Account>>();
        services.RemoveAll<IPasswordValidator<Account>>();
        services.AddSingleton<IPasswordValidator<Account>, PasswordRules>();
        services.AddScoped<AccountCreation>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes) => AccountsEndpoints.Map(routes);
}
