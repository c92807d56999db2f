namespace Onsale.Inventory;

/// <content>What gives holds more time.</content>
public sealed partial class InventoryDecider
{
    private CommandResult ExtendHold(ExtendHoldCommand command)
    {
        if (FindProlongable(command.BookingId, command.BuyerId, out var booking) is { } refusal)
            return CommandResult.Refuse(refusal);
        var settings = _inventory.Settings;
        var until = booking.HeldUntil + (settings.HoldDuration / 2);
        if (until > settings.OffSaleAt)
            until = settings.OffSaleAt;
        return booking.Extensions >= settings.HoldExtensions || until <= booking.HeldUntil
            ? CommandResult.Refuse(RefusalReason.NotExtendable)
            : CommandResult.Accept(Transition(
                booking with { HeldUntil = until, Extensions = booking.Extensions + 1 }, BookingState.Held));
    }

    private CommandResult PayLater(PayLaterCommand command)
    {
        if (FindProlongable(command.BookingId, command.BuyerId, out var booking) is { } refusal)
            return CommandResult.Refuse(refusal);
        if (booking.IsPaidLater)
            return CommandResult.Replay(booking);
        if (_inventory.Settings.PayLater is not { } terms || booking.Total == 0)
            return CommandResult.Refuse(RefusalReason.NoPayLater);
        var until = terms.EndOf(_context.Now);
        return until <= booking.HeldUntil
            ? CommandResult.Refuse(RefusalReason.NoPayLater)
            : CommandResult.Accept(Transition(
                booking with { HeldUntil = until, Extensions = InventoryLimits.PaidLaterExtensions },
                BookingState.Held));
    }

    /// <summary>A buyer's live hold, whose time can be made longer.</summary>
    private Refusal? FindProlongable(Guid bookingId, Guid buyerId, out Booking booking)
    {
        booking = Find(bookingId)!;
        if (booking is null || booking.BuyerId != buyerId)
            return new Refusal(RefusalReason.BookingNotFound);
        return booking.State switch
        {
            BookingState.Held when booking.HeldUntil > _context.Now =>
                _inventory.Settings.Status == EventStatus.Published
                    ? null
                    : new Refusal(RefusalReason.NotOnSale) { At = _context.Now },
            BookingState.Paying => new Refusal(RefusalReason.PaymentInProgress),
            BookingState.Confirmed => new Refusal(RefusalReason.NotExtendable),
            BookingState.Cancelled => new Refusal(RefusalReason.AlreadyCancelled),
            _ => new Refusal(RefusalReason.HoldExpired),
        };
    }

    /// <summary>One of the bookings that were given time; null: there was none left.</summary>
    private Booking? Prolong(ProlongHoldsCommand command)
    {
        var to = command.To < _context.Now ? command.To : _context.Now;
        // The database's clock may have stepped back since, at a failover: nothing was lost yet by what it says now.
        if (command.From >= to)
            return null;
        var waiting = _inventory.FindChangedBefore(to)
            .Where(booking => booking.IsLive && booking.HeldUntil > command.From)
            .Take(InventoryLimits.MaxExpiriesPerBatch)
            .ToList();
        Booking? last = null;
        foreach (var booking in waiting)
        {
            var from = booking.CreatedAt > command.From ? booking.CreatedAt : command.From;
            // What the change log and PostgreSQL keep of an instant.
            var lost = TimeSpan.FromMicroseconds((to - from).Ticks / TimeSpan.TicksPerMicrosecond);
            last = booking with
            {
                HeldUntil = booking.HeldUntil + lost,
                PayingUntil = booking.PayingUntil + lost,
                Version = _version,
                ChangedAt = _context.Now,
            };
            Record(new BookingChanged(booking.State, last) { IsProlonged = true });
        }

        return last;
    }
}
