using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>What a batch must know that is not in the event's state.</summary>
/// <param name="Now">The database's clock, read under the lock.</param>
/// <param name="Keys">Idempotency keys of this batch's commands that were used before, with their bookings.</param>
/// <param name="Bookings">Bookings that this batch's commands name, as the tables hold them.</param>
public sealed record BatchContext(
    DateTimeOffset Now, IReadOnlyDictionary<Guid, UsedKey> Keys, IReadOnlyDictionary<Guid, Booking> Bookings)
{
    /// <summary>Buyers cannot go on at this time: holds that are due are kept, to be prolonged afterwards.</summary>
    public bool KeepsDueHolds { get; init; }
}

/// <summary>An idempotency key and what it was used for.</summary>
/// <param name="Fingerprint">Of what was asked for.</param>
/// <param name="Booking">The booking it made, in its current state.</param>
public sealed record UsedKey(Guid Fingerprint, Booking Booking);

/// <summary>An idempotency key that a batch uses for the first time.</summary>
public sealed record NewKey(IdempotencyKey Key, Guid BookingId);

/// <summary>The decision of a batch.</summary>
/// <param name="Results">One a command, in order.</param>
/// <param name="Changes">Changes, in order; empty: there is nothing to write.</param>
/// <param name="Keys">Keys used for the first time.</param>
public sealed record BatchDecision(
    IReadOnlyList<CommandResult> Results, IReadOnlyList<Change> Changes, IReadOnlyList<NewKey> Keys)
{
    /// <summary>Notes of the commands that changed something, in order.</summary>
    public IReadOnlyList<object> Notes { get; init; } = [];

    /// <summary>
    /// So many holds were due that this batch only expires some of them: its commands are not decided and there are no
    /// results. Commit it and decide the commands again, so that they find every place free whose time is up.
    /// </summary>
    public bool OnlyExpires { get; init; }
}

/// <summary>
/// Decides the commands of one batch strictly in order, each on the state that the ones before it left: two commands
/// for one seat in one batch resolve exactly as if they had come one by one. Deterministic; no I/O, clock or chance.
/// </summary>
/// <remarks>The state given is changed. If the batch is then not committed, the state must be dropped.</remarks>
public sealed partial class InventoryDecider : IBatchChanges
{
    private readonly EventInventory _inventory;
    private readonly BatchContext _context;
    private readonly HoldDecider _holds;
    private readonly WaitlistDecider _waitlist;
    private readonly List<Change> _changes = [];
    private readonly List<NewKey> _newKeys = [];
    private readonly Dictionary<Guid, NewKey> _keysOfBatch = [];
    private readonly Dictionary<Guid, Booking> _ended = [];
    private readonly long _version;
    private Booking? _prolonged;

    private InventoryDecider(EventInventory inventory, BatchContext context)
    {
        (_inventory, _context, _version) = (inventory, context, inventory.Version + 1);
        _holds = new HoldDecider(inventory, context.Now);
        _waitlist = new WaitlistDecider(inventory, context.Now, _version, _holds, this);
    }

    /// <summary>Decides a batch.</summary>
    public static BatchDecision Decide(
        EventInventory inventory, BatchContext context, IReadOnlyList<InventoryCommand> commands)
    {
        var decider = new InventoryDecider(inventory, context);
        foreach (var command in commands)
        {
            if (command is ProlongHoldsCommand prolong)
                decider._prolonged = decider.Prolong(prolong) ?? decider._prolonged;
        }

        if (!context.KeepsDueHolds && !(decider.ExpireDue() && decider._waitlist.Settle()))
            return new BatchDecision([], decider._changes, []) { OnlyExpires = true };

        var results = new CommandResult[commands.Count];
        List<object>? notes = null;
        for (var i = 0; i < commands.Count; i++)
        {
            var changes = decider._changes.Count;
            results[i] = decider.Decide(commands[i]);
            if (commands[i].Note is { } note && decider._changes.Count > changes)
                (notes ??= []).Add(note);
            if (!context.KeepsDueHolds)
                decider._waitlist.Settle();
        }

        return new BatchDecision(results, decider._changes, decider._newKeys) { Notes = notes ?? [] };
    }

    /// <summary>False: there are more than one batch may take.</summary>
    private bool ExpireDue()
    {
        while (_inventory.FindDue(_context.Now) is { } booking)
        {
            if (_changes.Count >= InventoryLimits.MaxExpiriesPerBatch)
                return false;
            Transition(booking, BookingState.Expired);
        }

        return true;
    }

    private CommandResult Decide(InventoryCommand command) => command switch
    {
        HoldCommand hold => Hold(hold),
        ExtendHoldCommand extend => ExtendHold(extend),
        PayLaterCommand later => PayLater(later),
        StartPaymentCommand start => StartPayment(start),
        RenewLeaseCommand renew => RenewLease(renew),
        ConfirmCommand confirm => Confirm(confirm),
        DeclinePaymentCommand decline => DeclinePayment(decline),
        CancelCommand cancel => Cancel(cancel),
        ReassignCommand reassign => Reassign(reassign),
        MoveSeatsCommand move => MoveSeats(move),
        BlockSeatsCommand or BlockPoolCommand or ResizePoolCommand or ChangeSettingsCommand or PutCodeCommand =>
            DecideForOrganiser(command),
        JoinWaitlistCommand join => _waitlist.Join(join),
        LeaveWaitlistCommand leave => _waitlist.Leave(leave),
        MoveWaitlistEntryCommand move => _waitlist.Move(move),
        ProlongHoldsCommand => _prolonged is { } prolonged ? CommandResult.Accept(prolonged) : CommandResult.Done,
        SweepCommand => CommandResult.Done,
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    private CommandResult Hold(HoldCommand command)
    {
        if (command.Key is { } key && FindUsed(key) is { } earlier)
            return earlier;
        if (command.OnlyRepeats)
            return CommandResult.Refuse(RefusalReason.NothingToRepeat);
        if (command.SettingsVersion is { } version && version != _inventory.Settings.SettingsVersion)
            return CommandResult.Refuse(RefusalReason.StaleSettings);
        // Two keys of one buyer whose embedded bits collide, used in the same millisecond: see IdempotencyKeyIndex.
        if (command.Key is not null && Find(command.BookingId) is not null)
            return CommandResult.Refuse(RefusalReason.IdempotencyMismatch);
        // What is free is for those who wait, who have not had their offers yet.
        if (_waitlist.IsPending && !command.IsBoxOffice)
            return CommandResult.Refuse(RefusalReason.SoldOut);
        if (_holds.Decide(command, out var places, out var code) is { } refusal)
            return CommandResult.Refuse(refusal);

        var booking = new Booking
        {
            Id = command.BookingId,
            BuyerId = command.BuyerId,
            AddressRange = command.Address?.Range ?? 0,
            Code = code,
            State = BookingState.Held,
            HeldUntil = _context.Now + _inventory.Settings.HoldDuration,
            HoldVersion = _version,
            Version = _version,
            CreatedAt = _context.Now,
            ChangedAt = _context.Now,
            Places = places,
        };
        Record(new BookingChanged(null, booking));
        if (command.Key is not null)
        {
            var entry = new NewKey(command.Key, booking.Id);
            _keysOfBatch.Add(command.Key.KeyHash, entry);
            _newKeys.Add(entry);
        }

        return CommandResult.Accept(booking);
    }

    private CommandResult? FindUsed(IdempotencyKey key)
    {
        if (_keysOfBatch.TryGetValue(key.KeyHash, out var inBatch))
        {
            return inBatch.Key.Fingerprint == key.Fingerprint
                ? CommandResult.Replay(Find(inBatch.BookingId)!)
                : CommandResult.Refuse(RefusalReason.IdempotencyMismatch);
        }

        if (!_context.Keys.TryGetValue(key.KeyHash, out var used))
            return null;
        return used.Fingerprint == key.Fingerprint
            ? CommandResult.Replay(Find(used.Booking.Id) ?? used.Booking)
            : CommandResult.Refuse(RefusalReason.IdempotencyMismatch);
    }

    private CommandResult StartPayment(StartPaymentCommand command)
    {
        if (Find(command.BookingId) is not { } booking || booking.BuyerId != command.BuyerId)
            return CommandResult.Refuse(RefusalReason.BookingNotFound);
        return booking.State switch
        {
            BookingState.Confirmed => CommandResult.Replay(booking),
            BookingState.Paying => CommandResult.Refuse(RefusalReason.PaymentInProgress),
            BookingState.Cancelled => CommandResult.Refuse(RefusalReason.AlreadyCancelled),
            BookingState.Held when _inventory.Settings.Status != EventStatus.Published =>
                CommandResult.Refuse(new Refusal(RefusalReason.NotOnSale) { At = _context.Now }),
            BookingState.Held when booking.IsPaidLater && !command.IsBoxOffice
                && booking.Attempts >= InventoryLimits.MaxPaidLaterAttempts =>
                CommandResult.Refuse(RefusalReason.PaymentsUsedUp),
            BookingState.Held when booking.HeldUntil > _context.Now => CommandResult.Accept(Transition(
                booking with { Attempts = booking.Attempts + 1, PayingUntil = LeaseEnd }, BookingState.Paying)),
            _ => CommandResult.Refuse(RefusalReason.HoldExpired),
        };
    }

    private DateTimeOffset LeaseEnd => _context.Now.AddSeconds(InventoryLimits.PayingLeaseSeconds);

    private CommandResult RenewLease(RenewLeaseCommand command) =>
        FindPaying(command.BookingId, command.Attempt, out var booking) is { } refusal
            ? CommandResult.Refuse(refusal)
            : CommandResult.Accept(Transition(booking with { PayingUntil = LeaseEnd }, BookingState.Paying));

    private CommandResult Confirm(ConfirmCommand command)
    {
        // The confirmation of another attempt does not answer this one: its money must be refunded.
        if (Find(command.BookingId) is { State: BookingState.Confirmed } confirmed
            && confirmed.Attempts == command.Attempt)
            return CommandResult.Replay(confirmed);
        Booking booking;
        if (command.Attempt == 0)
        {
            if (Find(command.BookingId) is not { } free)
                return CommandResult.Refuse(RefusalReason.BookingNotFound);
            if (free.State != BookingState.Held || (free.Total != 0 && !command.IsBoxOffice))
                return CommandResult.Refuse(RefusalReason.HoldExpired);
            if (_inventory.Settings.Status is var status && status != EventStatus.Published
                && (status == EventStatus.Cancelled || !command.IsBoxOffice))
                return CommandResult.Refuse(new Refusal(RefusalReason.NotOnSale) { At = _context.Now });
            booking = free;
        }
        else if (FindPaying(command.BookingId, command.Attempt, out booking) is { } refusal)
        {
            return CommandResult.Refuse(refusal);
        }

        if (command.TicketCodes.Length != booking.Places.Length)
            throw new InventoryCorruptException("A confirmation needs one ticket code a place.");
        return CommandResult.Accept(Transition(booking, BookingState.Confirmed, command.TicketCodes));
    }

    private CommandResult DeclinePayment(DeclinePaymentCommand command)
    {
        if (FindPaying(command.BookingId, command.Attempt, out var booking) is { } refusal)
            return CommandResult.Refuse(refusal);
        var isLast = booking.Attempts - command.Uncounted >= InventoryLimits.MaxPaymentAttempts;
        var to = command.Release || (isLast && !booking.IsPaidLater) ? BookingState.Released
            : booking.HeldUntil <= _context.Now ? BookingState.Expired
            : BookingState.Held;
        return CommandResult.Accept(Transition(booking, to));
    }

    private CommandResult Cancel(CancelCommand command)
    {
        if (Find(command.BookingId) is not { } booking
            || (booking.BuyerId != command.BuyerId && !command.IsBoxOffice))
        {
            return CommandResult.Refuse(RefusalReason.BookingNotFound);
        }

        return booking.State switch
        {
            BookingState.Held => CommandResult.Accept(Transition(booking, BookingState.Released)),
            BookingState.Paying => CommandResult.Refuse(RefusalReason.PaymentInProgress),
            BookingState.Confirmed when command.IsBoxOffice || _inventory.Settings.CancellableUntil > _context.Now =>
                CommandResult.Accept(Transition(booking, BookingState.Cancelled)),
            BookingState.Confirmed => CommandResult.Refuse(RefusalReason.NotCancellable),
            _ => CommandResult.Replay(booking),
        };
    }

    private CommandResult Reassign(ReassignCommand command)
    {
        if (Find(command.BookingId) is not { } booking)
            return CommandResult.Refuse(RefusalReason.BookingNotFound);
        if (booking.BuyerId == command.ToBuyerId)
            return CommandResult.Replay(booking);
        if (booking.BuyerId != command.FromBuyerId)
            return CommandResult.Refuse(RefusalReason.BookingNotFound);
        if (booking.State is not (BookingState.Held or BookingState.Paying or BookingState.Confirmed))
            return CommandResult.Refuse(RefusalReason.HoldExpired);
        // A booking that is paid for, or being paid for, is transferred regardless of the limit: the money may have
        // moved, and its buyer could not reach it any more. The payment itself refers to the booking, not the buyer.
        if (booking.State == BookingState.Held
            && _holds.CheckLimit(command.ToBuyerId, booking.Places.Length) is { } refusal)
        {
            return CommandResult.Refuse(refusal);
        }

        var after = booking with { BuyerId = command.ToBuyerId, Version = _version, ChangedAt = _context.Now };
        Record(new BookingReassigned(command.FromBuyerId, after));
        if (!after.IsLive)
            _ended[after.Id] = after;
        _waitlist.Follow(after);
        return CommandResult.Accept(after);
    }

    private CommandResult DecideForOrganiser(InventoryCommand command)
    {
        var (refusal, change) = OrganiserDecider.Decide(_inventory, command);
        if (refusal is not null)
            return CommandResult.Refuse(refusal);
        if (change is not null)
            Record(change);
        return CommandResult.Done;
    }

    private RefusalReason? FindPaying(Guid bookingId, int attempt, out Booking booking)
    {
        booking = Find(bookingId)!;
        if (booking is null)
            return RefusalReason.BookingNotFound;
        return booking.State == BookingState.Paying && booking.Attempts == attempt
            ? null
            : RefusalReason.StalePaymentAttempt;
    }

    /// <summary>The booking in the state that this batch has brought it to so far.</summary>
    private Booking? Find(Guid bookingId) =>
        _inventory.FindLive(bookingId)
        ?? _ended.GetValueOrDefault(bookingId)
        ?? _context.Bookings.GetValueOrDefault(bookingId);

    private Booking Transition(Booking booking, BookingState to, ImmutableArray<string> ticketCodes = default)
    {
        var after = booking with
        {
            State = to,
            PayingUntil = to == BookingState.Paying ? booking.PayingUntil : null,
            Version = _version,
            ChangedAt = _context.Now,
        };
        // `booking` may have the new lease already; its state is still the one before.
        Record(new BookingChanged(booking.State, after) { TicketCodes = ticketCodes.IsDefault ? [] : ticketCodes });
        if (!after.IsLive)
            _ended[after.Id] = after;
        _waitlist.Follow(after);
        return after;
    }

    int IBatchChanges.Count => _changes.Count;

    void IBatchChanges.Record(Change change) => Record(change);

    Booking IBatchChanges.Transition(Booking booking, BookingState to) => Transition(booking, to);

    private void Record(Change change)
    {
        _inventory.Apply(change);
        _changes.Add(change);
    }
}
