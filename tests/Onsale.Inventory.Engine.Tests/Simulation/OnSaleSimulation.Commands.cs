using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <content>What buyers and organisers ask for.</content>
internal sealed partial class OnSaleSimulation
{
    private InventoryCommand NextCommand()
    {
        if (_random.Next(12) == 0)
            return NextWaitlistCommand();
        var kind = _random.Next(100);
        if (kind < 40 || _holds.Count == 0)
            return NextHold();
        var recent = Math.Max(0, _holds.Count - 12);
        var index = _random.Next(recent, _holds.Count);
        var (hold, attempt) = _holds[index];
        switch (kind)
        {
            case < 60:
                _holds[index] = (hold, Math.Min(attempt + 1, 3));
                return new StartPaymentCommand(
                    hold.BookingId, _random.Next(12) == 0 ? BuyerOf(_random.Next(Buyers)) : hold.BuyerId);
            case < 75:
                var places = hold.Requests.Sum(request =>
                    request is SeatsRequest seats ? seats.Seats.Length : ((QuantityRequest)request).Quantity);
                // Only what costs nothing is confirmed without a payment.
                return new ConfirmCommand(
                    hold.BookingId, _random.Next(6) == 0 ? 0 : attempt, TestEvents.Codes(++_ids, places));
            case < 81:
                return new DeclinePaymentCommand(hold.BookingId, attempt, Release: _random.Next(4) == 0);
            case < 84:
                return new RenewLeaseCommand(hold.BookingId, attempt);
            case < 88:
                var asker = _random.Next(12) == 0 ? BuyerOf(_random.Next(Buyers)) : hold.BuyerId;
                return _random.Next(8) == 0
                    ? new PayLaterCommand(hold.BookingId, asker)
                    : new ExtendHoldCommand(hold.BookingId, asker);
            case < 92:
                return new CancelCommand(hold.BookingId, hold.BuyerId);
            case < 94:
                return NextMove(hold.BookingId);
            case < 96:
                return new BlockSeatsCommand(RandomSeats(), Blocked: _random.Next(2) == 0);
            case < 97:
                return new BlockPoolCommand(TestEvents.Standing, _random.Next(-3, 4) is var n && n == 0 ? 1 : n);
            case < 98:
                return new ResizePoolCommand(TestEvents.Standing, _random.Next(-3, 4) is var d && d == 0 ? 1 : d);
            case 98:
                return _random.Next(4) == 0
                    ? new PutCodeCommand(Code with { MaxUses = _random.Next(1, MaxUsesOfCode + 1) })
                    : NextSettingsChange();
            default:
                var now = _time.GetUtcNow();
                return _random.Next(2) == 0
                    ? new SweepCommand()
                    : new ProlongHoldsCommand(now - (MaxOutage * _random.NextDouble()), now);
        }
    }

    private MoveSeatsCommand NextMove(Guid bookingId)
    {
        var seats = _database.Tables.Bookings.TryGetValue(bookingId, out var booking)
            ? booking.Places.Where(place => place.IsSeat).Select(place => place.Seat).ToList() : [];
        if (seats.Count == 0)
            seats = [.. RandomSeats()];
        // Who sells may part a companion from a wheelchair; the auditor knows only buyers, who may not.
        var layout = _database.Tables.Settings.Layout;
        var to = RandomSeats().Where(seat => layout.AttributesOf(seat) == SeatAttributes.None);
        seats.RemoveAll(seat => layout.AttributesOf(seat) != SeatAttributes.None);
        return new MoveSeatsCommand(
            bookingId, [.. seats.Zip(to).Select(move => new SeatMove(move.First, move.Second))]);
    }

    private InventoryCommand NextWaitlistCommand()
    {
        // An offer is bought like any hold.
        foreach (var offer in _database.Tables.Waitlist.Values.Where(entry => entry.State == WaitlistState.Offered))
        {
            if (_holds.TrueForAll(hold => hold.Hold.BookingId != offer.BookingId))
            {
                _holds.Add((new HoldCommand(
                    offer.BookingId!.Value, offer.BuyerId,
                    [new QuantityRequest(TestEvents.Standing, offer.Quantity)]), 0));
            }
        }

        var buyer = BuyerOf(_random.Next(Buyers));
        return _random.Next(10) switch
        {
            0 => new LeaveWaitlistCommand(buyer),
            1 => new MoveWaitlistEntryCommand(buyer, BuyerOf(_random.Next(Buyers))),
            _ => new JoinWaitlistCommand(
                TestEvents.Id(++_ids), buyer,
                _random.Next(4) switch
                {
                    0 => [],
                    1 => [TestEvents.Seated, Hall.Balcony],
                    _ => [TestEvents.Standing],
                },
                _random.Next(1, 5), Together: _random.Next(2) == 0),
        };
    }

    private ChangeSettingsCommand NextSettingsChange()
    {
        var settings = _database.Tables.Settings;
        SettingsPatch patch;
        if (settings.Status == EventStatus.Draft)
        {
            patch = SettingsPatch.Publish();
        }
        else if (_random.Next(6) == 0)
        {
            patch = SettingsPatch.Unpublish();
        }
        else
        {
            var (tier, price) = (_random.Next(2) == 0 ? TestEvents.Seated : TestEvents.Standing, _random.Next(9));
            patch = price > 6
                ? new SettingsPatch { Needs = [new TierNeed(TestEvents.Free, price == 7 ? TestEvents.Standing : null)] }
                : SettingsPatch.ChangePrice(tier, price);
        }

        return new ChangeSettingsCommand(patch, _random.Next(2) == 0 ? settings.SettingsVersion : null);
    }

    private HoldCommand NextHold()
    {
        // A client that retries sends the same key and content, and the server gives it another booking id.
        if (_holds.Count > 0 && _random.Next(4) == 0)
        {
            var first = _holds[_random.Next(_holds.Count)].Hold;
            return new HoldCommand(TestEvents.Id(++_ids), first.BuyerId, first.Requests, first.Key, first.Address)
            {
                Code = first.Code,
            };
        }

        var id = ++_ids;
        PlaceRequest request = _random.Next(5) switch
        {
            0 or 1 => new SeatsRequest(RandomSeats()),
            2 => new QuantityRequest(
                _random.Next(2) == 0 ? TestEvents.Seated : Hall.Balcony, _random.Next(1, 4), _random.Next(2) == 0)
            {
                Needs = (SeatNeeds)(_random.Next(2) * _random.Next(8)),
            },
            3 => new QuantityRequest(TestEvents.Standing, _random.Next(1, 5)),
            _ => new QuantityRequest(TestEvents.Free, _random.Next(1, 3)),
        };
        var buyer = _random.Next(Buyers);
        var hold = new HoldCommand(
            TestEvents.Id(id), BuyerOf(buyer),
            _random.Next(6) == 0 ? [request, new QuantityRequest(TestEvents.Standing, 1)] : [request],
            new IdempotencyKey(KeyHashOf(id), TestEvents.Id(id)),
            new AddressBudget(1 + (buyer % 2), MaxPlacesOfRange))
        {
            SettingsVersion = _random.Next(2) == 0 ? _database.Tables.Settings.SettingsVersion : null,
            Code = _random.Next(3) == 0 ? Code.Text : null,
        };
        _holds.Add((hold, 0));
        return hold;
    }

    // Not the first number: that is nobody's.
    private static Guid BuyerOf(int number) => TestEvents.Id(number + 1);

    // In all bits, as a hash is: the last ones are the key's mark.
    private static Guid KeyHashOf(int id) => new(id, 0, 0, [.. BitConverter.GetBytes((ulong)id * 0x9E3779B97F4A7C15)]);

    private System.Collections.Immutable.ImmutableArray<int> RandomSeats()
    {
        var first = _random.Next(_database.Tables.Seats.Length);
        var last = Math.Min(first + _random.Next(3), _database.Tables.Seats.Length - 1);
        return [.. Enumerable.Range(first, last - first + 1)];
    }
}
