using Onsale.Inventory.Engine.Audit;

namespace Onsale.Server.Selling.Ledger;

internal static class LedgerModule
{
    public static void AddLedger(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new AuditQuestion(LedgerSql.UnbalancedAudit));
        services.AddSingleton(new AuditQuestion(LedgerSql.PaymentsAudit));
        services.AddSingleton(new AuditQuestion(LedgerSql.RefundsAudit));
    }
}
