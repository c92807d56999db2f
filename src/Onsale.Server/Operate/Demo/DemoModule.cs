namespace Onsale.Server.Operate.Demo;

internal static class DemoModule
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoAccounts>();
        builder.Services.AddHostedService<DemoLoader>();
    }
}
