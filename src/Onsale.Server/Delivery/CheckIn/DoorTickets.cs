using Onsale.Inventory;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>Turns tickets into what the door sees of them.</summary>
internal sealed class DoorTickets(SeatingPlanCache plans)
{
    /// <summary>For the tickets of one event.</summary>
    public async ValueTask<Func<TicketRow, DoorTicket>> OfAsync(EventSettings terms)
    {
        var plan = terms.SeatingPlanId is { } id ? await plans.GetAsync(id) : null;
        return ticket =>
        {
            var tier = terms.Tiers[ticket.Tier].Name;
            return new DoorTicket(
                ticket.Id, tier, ticket.Seat >= 0 && plan is not null ? plan.LabelOf(ticket.Seat) : tier, ticket.Name);
        };
    }
}
