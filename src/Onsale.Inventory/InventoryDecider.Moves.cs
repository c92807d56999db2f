using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <content>Other seats for a booking that is confirmed.</content>
public sealed partial class InventoryDecider
{
    private CommandResult MoveSeats(MoveSeatsCommand command)
    {
        if (Find(command.BookingId) is not { } booking)
            return CommandResult.Refuse(RefusalReason.BookingNotFound);
        if (booking.State != BookingState.Confirmed)
            return CommandResult.Refuse(RefusalReason.NotConfirmed);
        if (HasMoved(booking, command.Moves))
            return CommandResult.Replay(booking);
        if (CheckMoves(booking, command.Moves) is { } refusal)
            return CommandResult.Refuse(refusal);

        var seats = command.Moves.ToDictionary(move => move.From, move => move.To);
        var layout = _inventory.Settings.Layout;
        var after = booking with
        {
            Places = [.. booking.Places.Select(place => place.IsSeat && seats.TryGetValue(place.Seat, out var to)
                ? place with { Tier = layout.TierOf(to), Seat = to } : place)],
            Version = _version,
            ChangedAt = _context.Now,
        };
        Record(new BookingMoved(command.Moves, after));
        _ended[after.Id] = after;
        return CommandResult.Accept(after);
    }

    /// <summary>
    /// Whether the moves are done already: the answer to them was lost, and they are asked for again.
    /// </summary>
    private static bool HasMoved(Booking booking, ImmutableArray<SeatMove> moves) =>
        moves.Length > 0
        && moves.All(move => HasSeat(booking, move.To) && !HasSeat(booking, move.From));

    private Refusal? CheckMoves(Booking booking, ImmutableArray<SeatMove> moves)
    {
        var seats = _inventory.Seats;
        if (moves.Any(move => (uint)move.From >= (uint)seats.SeatCount || (uint)move.To >= (uint)seats.SeatCount))
            return new Refusal(RefusalReason.UnknownPlace);
        var wrong = moves
            .Where((move, i) => !HasSeat(booking, move.From)
                || moves.Take(i).Any(earlier => earlier.From == move.From || earlier.To == move.To))
            .Select(move => move.From).ToList();
        if (moves.Length == 0 || wrong.Count > 0)
            return new Refusal(RefusalReason.CannotMove) { Seats = wrong };
        var taken = moves.Select(move => move.To).Where(seat => seats[seat] != SeatState.Available).ToList();
        return taken.Count > 0 ? new Refusal(RefusalReason.SeatsUnavailable) { Seats = taken } : null;
    }

    private static bool HasSeat(Booking booking, int seat) =>
        booking.Places.Any(place => place.IsSeat && place.Seat == seat);
}
