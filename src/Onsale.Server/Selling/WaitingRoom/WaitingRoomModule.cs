using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;

namespace Onsale.Server.Selling.WaitingRoom;

internal static class WaitingRoomModule
{
    public static void AddWaitingRoom(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(WaitingRoomJson.Default);
        services.AddOptions<WaitingRoomOptions>()
            .BindConfiguration(WaitingRoomOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<WaitingRoomOptions>, WaitingRoomOptions.Validator>();
        services.AddSingleton<WaitingRoomMetrics>();
        services.AddSingleton<RoomStore>();
        services.AddSingleton<RoomSettingsStore>();
        services.AddSingleton<JoinStore>();
        services.AddSingleton<ClaimStore>();
        services.AddSingleton<JoinGroups>();
        services.AddSingleton<QueueTokens>();
        services.AddSingleton<WaitingRoomForms>();
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton<GetQueue>();
        services.AddSingleton<Rooms>();
        services.AddHostedService(provider => provider.GetRequiredService<Rooms>());
        services.AddPeriodicJob(provider => new PeriodicJob(
            "waiting-rooms", TimeSpan.FromMilliseconds(WaitingRoomLimits.RefreshMilliseconds),
            provider.GetRequiredService<Rooms>().ReadAsync));
        services.AddHostedService<QueueNews>();
        AddLeader(services);
    }

    private static void AddLeader(IServiceCollection services)
    {
        services.AddSingleton<LeaderStore>();
        services.AddKeyedSingleton(
            DatabaseLocks.WaitingRooms,
            (provider, key) => new AdvisoryLease(provider.GetRequiredService<NpgsqlDataSource>(), (long)key!));
        services.AddSingleton(provider => new RoomLeader(
            provider.GetRequiredKeyedService<AdvisoryLease>(DatabaseLocks.WaitingRooms),
            provider.GetRequiredService<LeaderStore>(), provider.GetRequiredService<IDataProtectionProvider>(),
            provider.GetRequiredService<IOptionsMonitor<WaitingRoomOptions>>(),
            provider.GetRequiredService<ILogger<RoomLeader>>()));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "waiting-room-leader", TimeSpan.FromMilliseconds(WaitingRoomLimits.LeaderMilliseconds),
            provider.GetRequiredService<RoomLeader>().RunRoundAsync));
        services.AddSingleton<LoadReports>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "waiting-room-loads", TimeSpan.FromMilliseconds(WaitingRoomLimits.RefreshMilliseconds),
            provider.GetRequiredService<LoadReports>().ReportAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "waiting-room-cleanup", TimeSpan.FromSeconds(WaitingRoomLimits.CleanUpSeconds),
            provider.GetRequiredService<LeaderStore>().ForgetOldAsync));
    }

    public static void MapWaitingRoom(this IEndpointRouteBuilder routes) => WaitingRoomEndpoints.Map(routes);
}
