namespace Onsale.Server.Catalog.SeatingPlans;

internal static class SeatingPlansModule
{
    public static void AddSeatingPlans(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SeatingPlanCache>();
        builder.Services.AddSingleton<SeatMaps>();
    }
}
