using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Transfers;

internal static class TicketTransfersModule
{
    public static void AddTicketTransfers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TransferStore>();
        builder.Services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<TransferStore>());
    }
}
