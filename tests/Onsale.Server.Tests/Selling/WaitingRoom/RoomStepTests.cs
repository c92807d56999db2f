using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>How a line moves, as a pure function: by rate, by places, by load, and never backwards.</summary>
public sealed class RoomStepTests
{
    private static readonly DateTimeOffset s_sale = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly CrowdLimits s_limits = new(HoldsPerSecond: 100, Viewers: 1000);

    private readonly Room _room = new()
    {
        EventId = Guid.Empty,
        Slug = "event",
        IsPublished = true,
        OnSaleAt = s_sale,
        OffSaleAt = s_sale.AddDays(1),
        Mode = RoomMode.Always,
        Phase = RoomPhase.Open,
        Era = 1,
        OpensAt = s_sale.AddHours(-1),
        RatePerMinute = 600,
        MaxInside = 100,
        AdmissionMinutes = 10,
        Numbers = 1000,
        MovedAt = s_sale,
        WindowTurnedAt = s_sale,
        Pace = 600,
    };

    [Theory]
    [InlineData(-3601, nameof(RoomPhase.Closed), nameof(RoomPhase.Closed))]
    [InlineData(-3600, nameof(RoomPhase.Closed), nameof(RoomPhase.PreQueue))]
    [InlineData(-1, nameof(RoomPhase.PreQueue), nameof(RoomPhase.PreQueue))]
    [InlineData(0, nameof(RoomPhase.PreQueue), nameof(RoomPhase.Open))]
    [InlineData(0, nameof(RoomPhase.Closed), nameof(RoomPhase.Open))]
    [InlineData(-1, nameof(RoomPhase.Open), nameof(RoomPhase.Open))] // put off: no second draw
    [InlineData(86_399, nameof(RoomPhase.Open), nameof(RoomPhase.Open))]
    [InlineData(86_400, nameof(RoomPhase.Open), nameof(RoomPhase.Closed))]
    public void Phase_of_a_room_that_is_always_used_follows_the_sale(int seconds, string from, string to) =>
        RoomStep.PhaseOf(_room with { Phase = Enum.Parse<RoomPhase>(from) }, At(seconds), s_limits)
            .ShouldBe(Enum.Parse<RoomPhase>(to));

    [Theory]
    [InlineData(99, 999, nameof(RoomPhase.Closed))]
    [InlineData(100, 0, nameof(RoomPhase.Open))]
    [InlineData(0, 1000, nameof(RoomPhase.Open))]
    public void Automatic_room_opens_by_the_crowd(double holds, int viewers, string opened)
    {
        var phase = Enum.Parse<RoomPhase>(opened);
        var room = _room with { Mode = RoomMode.Auto, Phase = RoomPhase.Closed };

        RoomStep.PhaseOf(room, At(1, load: new RoomLoad(holds, 0, 0, viewers)), s_limits).ShouldBe(phase);
        RoomStep.PhaseOf(room, At(-1, load: new RoomLoad(holds, 0, 0, viewers)), s_limits).ShouldBe(RoomPhase.Closed);
    }

    [Fact]
    public void Automatic_room_closes_when_the_crowd_has_been_gone_for_a_minute()
    {
        var room = _room with { Mode = RoomMode.Auto, Served = 1000, Pace = 600 };
        var calm = new RoomLoad(49, 0, 0, 499);
        for (var second = 1; second <= RoomStep.CalmSeconds; second++)
        {
            RoomStep.PhaseOf(room, At(second, load: calm), s_limits).ShouldBe(RoomPhase.Open, $"second {second}");
            room = RoomStep.Move(room, At(second, load: calm), s_limits);
        }

        RoomStep.PhaseOf(room, At(61, load: calm), s_limits).ShouldBe(RoomPhase.Closed);
        var crowded = RoomStep.Move(room, At(61, load: calm with { HoldsPerSecond = 50 }), s_limits);
        RoomStep.PhaseOf(crowded, At(62, load: calm), s_limits).ShouldBe(RoomPhase.Open);
    }

    [Theory]
    [InlineData(nameof(RoomMode.Off), true)]
    [InlineData(nameof(RoomMode.Always), false)]
    public void Room_that_is_off_or_of_an_event_that_is_not_published_is_closed(string mode, bool isPublished) =>
        RoomStep.PhaseOf(
            _room with { Mode = Enum.Parse<RoomMode>(mode), IsPublished = isPublished }, At(1), s_limits)
            .ShouldBe(RoomPhase.Closed);

    [Fact]
    public void Line_moves_by_the_rate()
    {
        var room = _room with { RatePerMinute = 90, Pace = 90, MaxInside = 100_000 };
        for (var second = 1; second <= 60; second++)
            room = RoomStep.Move(room, At(second), s_limits);

        room.Served.ShouldBe(90);
    }

    [Fact]
    public void Line_moves_only_as_far_as_there_are_places_inside()
    {
        RoomStep.Move(_room, At(1, inside: 97), s_limits).Served.ShouldBe(3);
        RoomStep.Move(_room, At(1, inside: 100), s_limits).Served.ShouldBe(0);
        RoomStep.Move(_room, At(1, inside: 150), s_limits).Served.ShouldBe(0);
    }

    [Fact]
    public void Places_of_the_served_are_kept_until_they_have_had_time_to_come_in()
    {
        var room = _room with { MaxInside = 10, RatePerMinute = 60_000, Pace = 60_000 };
        room = RoomStep.Move(room, At(1), s_limits);
        room.Served.ShouldBe(10);
        for (var second = 2; second <= 15; second++)
            room = RoomStep.Move(room, At(second), s_limits);
        room.Served.ShouldBe(10);

        // Nobody came: after two turns of the window their places go to the next.
        for (var second = 16; second <= 31; second++)
            room = RoomStep.Move(room, At(second), s_limits);
        room.Served.ShouldBe(20);
    }

    [Fact]
    public void Line_stands_while_paused_sold_out_or_before_the_sale_and_saves_no_credit()
    {
        foreach (var (room, facts) in new[]
        {
            (_room with { IsPaused = true }, At(3)), (_room, At(3, isSoldOut: true)),
            (_room with { OnSaleAt = s_sale.AddSeconds(5) }, At(3)),
        })
        {
            var next = RoomStep.Move(room, facts, s_limits);
            (next.Served, next.Carry).ShouldBe((0, 0));
            RoomStep.Move(next with { IsPaused = false, OnSaleAt = s_sale }, At(4), s_limits).Served.ShouldBe(10);
        }
    }

    [Fact]
    public void A_leader_that_was_away_lets_in_no_flood()
    {
        RoomStep.Move(_room with { MaxInside = 10_000 }, At(3600), s_limits)
            .Served.ShouldBe(10 * WaitingRoomLimits.MaxMoveSeconds);
    }

    [Fact]
    public void Pace_falls_at_once_and_comes_back_in_steps()
    {
        var slow = new RoomLoad(0, 300, 0, 0);
        var full = new RoomLoad(0, 0, 1, 0);
        RoomStep.NextPace(600, 600, slow, 1).ShouldBe(420);
        RoomStep.NextPace(600, 600, full, 1).ShouldBe(420);
        RoomStep.NextPace(420, 600, default, 1).ShouldBe(450);
        RoomStep.NextPace(590, 600, default, 1).ShouldBe(600);
        RoomStep.NextPace(600, 300, default, 1).ShouldBe(300);
        RoomStep.NextPace(1, 1, slow, 1).ShouldBe(1);
        var pace = 600.0;
        for (var second = 0; second < 100; second++)
            pace = RoomStep.NextPace(pace, 600, slow, 1);
        pace.ShouldBe(30);
    }

    /// <summary>
    /// Several nodes move one row, joins and claims come between, clocks step, leaders die in the middle of a step:
    /// whoever is further back is never let in before who is further ahead, and never are too many inside.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Order_is_never_inverted(int seed)
    {
        var random = new Random(seed);
        var room = _room with { Numbers = 0, Early = random.Next(50), MaxInside = random.Next(1, 40), Fence = 0 };
        var (now, fences, leaders) = (s_sale, 0L, new long[3]);
        var line = new SimulatedLine();
        for (var step = 0; step < 5000; step++)
        {
            switch (random.Next(12))
            {
                case 0: // a clock step, of up to ten seconds back or an hour ahead
                    now = now.AddSeconds(random.Next(4) == 0 ? random.Next(3600) : -random.NextDouble() * 10);
                    break;
                case 1: // a node takes itself for the leader
                    leaders[random.Next(3)] = ++fences;
                    break;
                case 2:
                    line.EndSome(random);
                    break;
                case < 6:
                    room = room with { Numbers = room.Numbers + random.Next(5) };
                    break;
                case < 9:
                    room = line.Claim(room, random, seed);
                    break;
                default:
                    now = now.AddSeconds(random.NextDouble() * 1.5);
                    var fence = leaders[random.Next(3)];
                    if (fence < room.Fence)
                        break; // an earlier leader that does not know it
                    var facts = new RoomFacts(
                        now, IsSoldOut: false, line.Inside, line.ClaimedAfter(room.WindowFrom), default);
                    var next = RoomStep.Move(room, facts, s_limits) with { Fence = fence };
                    next.Served.ShouldBeGreaterThanOrEqualTo(room.Served, $"seed {seed}, step {step}");
                    next.Served.ShouldBeLessThanOrEqualTo(Math.Max(room.Served, next.Positions), $"seed {seed}");
                    if (random.Next(10) > 0) // else it died before the commit
                        room = next;
                    break;
            }
        }

        room.Served.ShouldBeGreaterThan(50, $"seed {seed}");
        line.Admitted.ShouldBeGreaterThan(20, $"seed {seed}");
    }

    private static RoomFacts At(
        double seconds, long inside = 0, long claimed = 0, bool isSoldOut = false, RoomLoad load = default) =>
        new(s_sale.AddSeconds(seconds), isSoldOut, inside, claimed, load);

    /// <summary>Who was admitted, by the rule of the claim's statement.</summary>
    private sealed class SimulatedLine
    {
        private readonly HashSet<long> _inside = [];
        private readonly List<long> _claimed = [];

        public long Inside => _inside.Count;

        public int Admitted => _claimed.Count;

        public long ClaimedAfter(long position) => _claimed.Count(one => one > position);

        public Room Claim(Room room, Random random, int seed)
        {
            var position = 1 + random.NextInt64(room.Positions + 1);
            if (position > room.Served || _inside.Count >= room.MaxInside || _claimed.Contains(position))
                return room;
            _inside.Add(position);
            _claimed.Add(position);
            _inside.Count.ShouldBeLessThanOrEqualTo(room.MaxInside, $"seed {seed}");
            // Whoever is ahead of an admitted one may claim too: nobody can be passed over.
            position.ShouldBeLessThanOrEqualTo(room.Served, $"seed {seed}");
            return room;
        }

        public void EndSome(Random random) => _inside.RemoveWhere(_ => random.Next(2) == 0);
    }
}
