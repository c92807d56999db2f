namespace Onsale.Server.Venues;

internal static class VenuesModule
{
    public static void AddVenues(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<VenuePlans>();
        builder.Services.AddSingleton<SeatMaps>();
    }
}
