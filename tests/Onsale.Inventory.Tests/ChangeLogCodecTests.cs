using FsCheck;
using FsCheck.Fluent;

namespace Onsale.Inventory.Tests;

public sealed class ChangeLogCodecTests
{
    private static readonly Booking s_booking = new()
    {
        Id = new Guid("0197a000-0000-7000-8000-0000000000aa"),
        BuyerId = new Guid("0197a000-0000-7000-8000-0000000000bb"),
        State = BookingState.Paying,
        HeldUntil = TestEvents.Now.AddMinutes(10),
        PayingUntil = TestEvents.Now.AddSeconds(120).AddMicroseconds(1),
        Attempts = 2,
        HoldVersion = 300,
        Version = 70_000,
        CreatedAt = TestEvents.Now,
        ChangedAt = TestEvents.Now.AddSeconds(1),
        Places = [new Place(0, 129, 5000), new Place(1, Place.ByQuantity, 0)],
    };

    // One of each change as change logs hold it. Such bytes are in databases: they must stay readable for ever.
    private static readonly (Change Change, string Hex)[] s_golden =
    [
        (new BookingChanged(BookingState.Held, s_booking),
            "01020100010197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D600010006532FF63C9E0104D804E0C5080006532FEF1590000006532FEF24D24004008202"
            + "904E020100"),
        (new BookingChanged(null, s_booking with { State = BookingState.Held, PayingUntil = null, Attempts = 0 }),
            "010201FF000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new SeatsBlocked([0, 1, 127, 128, 999_999], Blocked: true), "0102020A0002FE018002FE887A"),
        (new SeatsBlocked([5], Blocked: false), "010203020A"),
        (new PoolBlocked(3, 250), "01020406F403"),
        (new PoolBlocked(3, -250), "01020406F303"),
        (new BookingReassigned(
            TestEvents.Id(7), s_booking with { State = BookingState.Held, PayingUntil = null, Attempts = 0 }),
            "0102050000000700000000000000000000000000"
            + "0197A0000000700080000000000000AA0197A0000000700080000000000000BB0006533012D8D600"
            + "0000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new BookingChanged(null, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0, AddressRange = 0x0123_4567_89AB_CDEF,
            }),
            "0102060123456789ABCDEF000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new BookingMoved(
            [new SeatMove(5, 129)],
            s_booking with { State = BookingState.Confirmed, PayingUntil = null, Attempts = 0 }),
            "01020D02" + "0A8202" + "020197A0000000700080000000000000AA0197A0000000700080000000000000BB0006533012D8D600"
            + "0000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new SettingsChanged(7, SettingsPatch.Publish()), "0102070E010100"),
        (new SettingsChanged(8, SettingsPatch.Reschedule(TestEvents.Now, TestEvents.Now.AddMicroseconds(1))),
            "0102071006" + "0006532FEF159000" + "0006532FEF159001" + "00"),
        (new SettingsChanged(9, new SettingsPatch { Prices = [new TierPrice(0, 4500), new TierPrice(249, 0)] }),
            "010207120004" + "00A846" + "F20300"),
        (new SettingsChanged(10, new SettingsPatch { HoldExtensions = 2 }), "010207140802" + "00"),
        (new SettingsChanged(11, new SettingsPatch { CompanionsReleasedAt = TestEvents.Now }),
            "0102071620" + "0006532FEF159000" + "00"),
        (new BookingChanged(BookingState.Held, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0, Extensions = 1,
            }),
            "01020802" + "0100" + "000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new BookingReassigned(
            TestEvents.Id(7),
            s_booking with { State = BookingState.Held, PayingUntil = null, Attempts = 0, Extensions = 2 }),
            "01020804" + "050000000700000000000000000000000000"
            + "0197A0000000700080000000000000AA0197A0000000700080000000000000BB0006533012D8D600"
            + "0000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new PoolResized(3, 250), "01020906F403"),
        (new PoolResized(3, -250), "01020906F303"),
        (new SettingsChanged(10, new SettingsPatch
            {
                HoldMinutes = 15, MaxTicketsPerBuyer = 4, OneBookingPerBuyer = true, OrphanRule = false,
                CancellableUntil = TestEvents.Now, Names = [new TierName(1, "Ü")],
            }),
            "010207141000" + "5F1E080100" + "0006532FEF159000" + "0202" + "04C39C"),
        (new SettingsChanged(11, new SettingsPatch { ForbidsCancelling = true }), "01020716100020"),
        (new SettingsChanged(12, new SettingsPatch
            {
                Codes =
                [
                    new CodeChange(0, new CodeSettings(TestEvents.Id(9), "TENTH")
                    {
                        Percent = 10, Tiers = [0, 2], StartsAt = TestEvents.Now,
                        EndsAt = TestEvents.Now.AddMicroseconds(1),
                        MaxUses = 100, MaxTickets = 300, MaxTicketsPerBuyer = 2, OpensPresale = true,
                    }),
                    new CodeChange(1, new CodeSettings(TestEvents.Id(10), "OFF") { Amount = 500, IsEnded = true }),
                ],
            }),
            "010207184000" + "0104" + "00FA0300000009000000000000000000000000" + "0A54454E5448" + "040004"
            + "14C801D80404" + "0006532FEF159000" + "0006532FEF159001"
            + "0284040000000A000000000000000000000000" + "064F4646" + "00E807"),
        (new BookingChanged(null, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0, AddressRange = 0x0123_4567_89AB_CDEF,
                Code = 3,
                Places = [new Place(0, 129, 4500) { Discount = 500 }, new Place(1, Place.ByQuantity, 0)],
            }),
            "01020A06" + "04E80700"
                + "060123456789ABCDEF000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D2400400820" + "2A846020100"),
        (new BookingChanged(BookingState.Held, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0, Extensions = 1, Code = 0,
            }),
            "01020802" + "0A00040000" + "0100"
                + "000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new BookingChanged(BookingState.Held, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0,
                Places =
                    [new Place(0, 129, 5000) { Fee = 210, OwnFee = 3, Tax = 798 }, new Place(1, Place.ByQuantity, 0)],
            }),
            "01020C04" + "A40306BC0C" + "000000" + "0100"
            + "000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
        (new SettingsChanged(13, new SettingsPatch
            {
                Terms =
                [
                    new TierTerms(1, new PriceTerms(250, 500, FeeFromBuyer: true, 1900, TaxAdded: false)),
                    new TierTerms(2, new PriceTerms(0, 0, FeeFromBuyer: false, 700, TaxAdded: true)),
                ],
            }),
            "0102071A4000" + "0404" + "0201F403E807D81D" + "04020000F80A"),
        (new SettingsChanged(13, new SettingsPatch
            {
                PayLater = new PayLaterTerms(14, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), "IBAN"),
            }),
            "0102071A4000" + "08" + "1C" + "0006BA1694472000" + "08" + "4942414E"),
        (new BookingChanged(BookingState.Held, s_booking with
            {
                State = BookingState.Held, PayingUntil = null, Attempts = 0, Extensions = 31,
            }),
            "0102083E01" + "00" + "000197A0000000700080000000000000AA0197A0000000700080000000000000BB000653"
            + "3012D8D6000000D804E0C5080006532FEF1590000006532FEF24D24004008202904E020100"),
    ];

    [Fact]
    public void Stored_bytes_stay_what_they_are()
    {
        foreach (var (change, hex) in s_golden)
        {
            Convert.ToHexString(ChangeLogCodec.Write([change])).ShouldBe(hex);
            ShouldBeSame(ChangeLogCodec.Read(Convert.FromHexString(hex)).ShouldHaveSingleItem(), change);
        }
    }

    [Fact]
    public void Stored_numbers_stay_what_they_are()
    {
        NumbersOf<SeatState>().ShouldBe(["Available=0", "Held=1", "Sold=2", "Blocked=3"]);
        NumbersOf<BookingState>()
            .ShouldBe(["Held=0", "Paying=1", "Confirmed=2", "Released=3", "Expired=4", "Cancelled=5"]);
        NumbersOf<EventStatus>().ShouldBe(["Draft=0", "Published=1", "Cancelled=2"]);
        NumbersOf<TierKind>().ShouldBe(["Seated=0", "Quantity=1"]);
        NumbersOf<Occupancy>().ShouldBe(["None=0", "Held=1", "Sold=2"]);

        static IEnumerable<string> NumbersOf<T>() where T : struct, Enum =>
            Enum.GetValues<T>().Select(value => $"{value}={Convert.ToInt32(value)}");
    }

    [Fact]
    public void What_is_written_is_read() => Prop.ForAll(Gen.ArrayOf(Changes()).ToArbitrary(), changes =>
    {
        var read = ChangeLogCodec.Read(ChangeLogCodec.Write(changes));
        read.Count.ShouldBe(changes.Length);
        for (var i = 0; i < changes.Length; i++)
            ShouldBeSame(read[i], changes[i]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Ticket_secrets_are_not_written()
    {
        var change = new BookingChanged(
            BookingState.Paying, s_booking with { State = BookingState.Confirmed, PayingUntil = null });
        ChangeLogCodec.Write([change with { TicketCodes = ["secret", "codes"] }])
            .ShouldBe(ChangeLogCodec.Write([change]));
    }

    [Fact]
    public void A_row_that_ends_too_early_or_too_late_is_corrupt()
    {
        var bytes = ChangeLogCodec.Write([.. s_golden.Select(golden => golden.Change)]);
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<InventoryCorruptException>(() => ChangeLogCodec.Read(bytes.AsSpan(0, length)));
        Should.Throw<InventoryCorruptException>(() => ChangeLogCodec.Read([.. bytes, 0]));
    }

    [Fact]
    public void Garbage_is_corrupt_and_nothing_else()
    {
        var random = new Random(1);
        var good = ChangeLogCodec.Write([.. s_golden.Select(golden => golden.Change)]);
        for (var round = 0; round < 100_000; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (round % 4 == 0)
                random.NextBytes(bytes.AsSpan(1));
            ReadOrRefuse(bytes);
        }

        static void ReadOrRefuse(byte[] bytes)
        {
            try
            {
                ChangeLogCodec.Read(bytes);
            }
            catch (InventoryCorruptException)
            {
                // The only way to say no; any other exception fails the test.
            }
        }
    }

    [Theory]
    [InlineData("02" + "00")] // an unknown format
    [InlineData("01" + "0209")] // an unknown kind
    [InlineData("01" + "FFFFFFFFFFFFFFFFFF01")] // −2^63 changes
    [InlineData("01" + "FEFFFFFFFFFFFFFFFF01")] // 2^63 − 1 changes
    [InlineData("01" + "FEFFFFFF0F")] // 2^31 − 1 changes
    [InlineData("01" + "02" + "02" + "FEFFFFFF0F" + "00")] // 2^31 − 1 seats
    [InlineData("01" + "02" + "02" + "01")] // −1 seats
    [InlineData("01" + "02" + "04" + "8080808010" + "00")] // a tier beyond 32 bits
    [InlineData("01" + "02" + "07" + "02" + "80" + "00")] // an unknown member of a settings change
    [InlineData("01" + "02" + "07" + "02" + "40" + "00" + "08")] // an unknown member of what came last
    [InlineData("01" + "02" + "07" + "02" + "40" + "00" + "04" + "02" + "00" + "04")] // an unknown member of terms
    [InlineData("01" + "02" + "0C" + "FEFFFFFF0F")] // 2^31 − 1 charges
    [InlineData("01" + "02" + "0A" + "01" + "00" + "01")] // code −1
    [InlineData("01" + "02" + "0A" + "D00F" + "00" + "01")] // code 1000
    [InlineData("01" + "02" + "0A" + "00" + "FEFFFFFF0F")] // 2^31 − 1 discounts
    [InlineData("01" + "02" + "08" + "02" + "08" + "02")] // an extension of an extension
    [InlineData("01" + "02" + "08" + "16" + "01")] // a hold extended 11 times
    [InlineData("01" + "02" + "07" + "02" + "00" + "FEFFFFFF0F")] // 2^31 − 1 prices
    [InlineData("01" + "FFFFFFFFFFFFFFFFFFFFFF")] // a number that does not end
    public void Absurd_rows_are_refused_without_allocating_what_they_claim(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Should.Throw<InventoryCorruptException>(() => ChangeLogCodec.Read(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InventoryCorruptException>(() => ChangeLogCodec.Read(bytes));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    private static void ShouldBeSame(Change actual, Change expected)
    {
        actual.GetType().ShouldBe(expected.GetType());
        switch (expected)
        {
            case SeatsBlocked seats:
                ((SeatsBlocked)actual).Blocked.ShouldBe(seats.Blocked);
                ((SeatsBlocked)actual).Seats.ShouldBe(seats.Seats);
                break;
            case BookingChanged { Booking: var booking } changed:
                var read = (BookingChanged)actual;
                read.From.ShouldBe(changed.From);
                read.Booking.Places.ShouldBe(booking.Places);
                (read.Booking with { Places = booking.Places }).ShouldBe(booking);
                break;
            case BookingReassigned { Booking: var given } reassigned:
                var hands = (BookingReassigned)actual;
                hands.FromBuyerId.ShouldBe(reassigned.FromBuyerId);
                hands.Booking.Places.ShouldBe(given.Places);
                (hands.Booking with { Places = given.Places }).ShouldBe(given);
                break;
            case BookingMoved { Booking: var moved } moves:
                ((BookingMoved)actual).Moves.ShouldBe(moves.Moves);
                ((BookingMoved)actual).Booking.Places.ShouldBe(moved.Places);
                (((BookingMoved)actual).Booking with { Places = moved.Places }).ShouldBe(moved);
                break;
            case SettingsChanged { Patch: var patch } settings:
                var after = (SettingsChanged)actual;
                after.SettingsVersion.ShouldBe(settings.SettingsVersion);
                after.Patch.Prices.ShouldBe(patch.Prices);
                after.Patch.Names.ShouldBe(patch.Names);
                after.Patch.Codes.ShouldBe(patch.Codes);
                after.Patch.Terms.ShouldBe(patch.Terms);
                after.Patch.Needs.ShouldBe(patch.Needs);
                (after.Patch with
                {
                    Prices = patch.Prices,
                    Names = patch.Names,
                    Codes = patch.Codes,
                    Terms = patch.Terms,
                    Needs = patch.Needs,
                }).ShouldBe(patch);
                break;
            default:
                actual.ShouldBe(expected);
                break;
        }
    }

    private static Gen<Change> Changes()
    {
        var numbers = Gen.Frequency((5, Gen.Choose(0, 300)), (1, Gen.Choose(0, int.MaxValue)));
        var instants = Gen.Choose(-1_000_000, 1_000_000).Select(n => TestEvents.Now.AddMicroseconds(n * 1_234_567.0));
        var states = Gen.Elements(Enum.GetValues<BookingState>());
        var places = from tier in Gen.Choose(0, 249)
                     from seat in Gen.Choose(-1, 999_999)
                     from price in numbers
                     select new Place(tier, seat, (long)price * price);
        var codes = from number in Gen.Choose(0, 999)
                    from text in Gen.Elements("TENTH", "ÖL", "")
                    from percent in Gen.Elements<int?>(null, 1, 100)
                    from amount in numbers
                    from starts in instants
                    from limit in Gen.Elements<int?>(null, 1, int.MaxValue)
                    from flag in Gen.Elements(true, false)
                    select new CodeChange(number, new CodeSettings(TestEvents.Id(number), text)
                    {
                        Percent = percent,
                        Amount = percent is null ? amount : null,
                        Tiers = flag ? [number % 250] : [],
                        StartsAt = flag ? starts : null,
                        EndsAt = limit is null ? null : starts,
                        MaxUses = limit,
                        MaxTickets = flag ? limit : null,
                        MaxTicketsPerBuyer = flag ? null : limit,
                        OpensPresale = flag,
                        IsEnded = !flag,
                    });
        var bookings = from id in Gen.Choose(0, int.MaxValue)
                       from buyer in Gen.Choose(0, int.MaxValue)
                       from state in states
                       from heldUntil in instants
                       from payingUntil in Gen.Elements<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromSeconds(120))
                       from attempts in Gen.Choose(0, 3)
                       from extensions in Gen.Choose(0, InventoryLimits.MaxHoldExtensions)
                       from version in numbers
                       from changedAt in instants
                       from places1 in Gen.ArrayOf(places)
                       from code in Gen.Elements<int?>(null, 0, 999)
                       select new Booking
                       {
                           Id = TestEvents.Id(id),
                           BuyerId = TestEvents.Id(buyer),
                           State = state,
                           HeldUntil = heldUntil,
                           PayingUntil = heldUntil + payingUntil,
                           Attempts = attempts,
                           Extensions = extensions,
                           HoldVersion = version,
                           Version = (long)version * 1000,
                           CreatedAt = heldUntil.AddMinutes(-10),
                           ChangedAt = changedAt,
                           Code = code,
                           Places =
                               [.. places1.Select(place => place with { Discount = code is null ? 0 : place.Price })],
                       };
        var from = Gen.Elements<BookingState?>([null, .. Enum.GetValues<BookingState>().Cast<BookingState?>()]);
        var optional = Gen.Frequency(
            (1, Gen.Constant<DateTimeOffset?>(null)), (2, instants.Select(instant => (DateTimeOffset?)instant)));
        var patches = from status in Gen.Elements<EventStatus?>(null, EventStatus.Draft, EventStatus.Published)
                      from onSaleAt in optional
                      from offSaleAt in optional
                      from holdExtensions in Gen.Elements<int?>(null, 0, 1, 10)
                      from releasedAt in optional
                      from prices in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 249), numbers))
                      from needs in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 249), Gen.Elements<int?>(null, 0, 249)))
                      from minutes in Gen.Elements<int?>(null, 1, 60)
                      from flag in Gen.Elements<bool?>(null, true, false)
                      from changedCodes in Gen.ArrayOf(codes)
                      from names in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 249), Gen.Elements("Stalls", "Öl", "")))
                      select new SettingsPatch
                      {
                          Status = status,
                          OnSaleAt = onSaleAt,
                          OffSaleAt = offSaleAt,
                          HoldExtensions = holdExtensions,
                          CompanionsReleasedAt = releasedAt,
                          Prices =
                          [
                              .. prices.Select(pair => new TierPrice(pair.Item1, pair.Item2)),
                              .. needs.Select(pair => new TierPrice(pair.Item1, 1)),
                          ],
                          Needs = [.. needs.Select(pair => new TierNeed(pair.Item1, pair.Item2))],
                          HoldMinutes = minutes,
                          MaxTicketsPerBuyer = minutes * 7,
                          OneBookingPerBuyer = flag,
                          OrphanRule = flag,
                          CancellableUntil = onSaleAt,
                          ForbidsCancelling = flag is true,
                          Names = [.. names.Select(pair => new TierName(pair.Item1, pair.Item2))],
                          Codes = [.. changedCodes],
                      };
        return Gen.OneOf(
            Gen.Zip(numbers, patches).Select(pair => (Change)new SettingsChanged(pair.Item1, pair.Item2)),
            Gen.Zip(from, bookings).Select(pair => (Change)new BookingChanged(pair.Item1, pair.Item2)),
            bookings.Select(booking => (Change)new BookingReassigned(booking.Id, booking)),
            bookings.Select(booking => (Change)new BookingMoved([new SeatMove(5, booking.Attempts)], booking)),
            Gen.Zip(Gen.ArrayOf(Gen.Choose(0, 999_999)), Gen.Elements(true, false))
                .Select(pair => (Change)new SeatsBlocked([.. pair.Item1], pair.Item2)),
            Gen.Zip(Gen.Choose(0, 249), Gen.Choose(int.MinValue, int.MaxValue))
                .Select(pair => (Change)new PoolBlocked(pair.Item1, pair.Item2)),
            Gen.Zip(Gen.Choose(0, 249), Gen.Choose(int.MinValue, int.MaxValue))
                .Select(pair => (Change)new PoolResized(pair.Item1, pair.Item2)));
    }
}
