using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

public sealed class DrawTests
{
    private const int Seed = 20_261_130;

    private static readonly Guid s_event = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    private readonly byte[] _mixed = Draw.Mix(SHA256.HashData("a seed"u8), "a beacon");

    [Fact]
    public void Lot_is_what_an_independent_reading_of_the_rule_computes()
    {
        var buyer = Guid.Parse("0198c0de-1234-7abc-8def-0123456789ab");
        var seed = SHA256.HashData("a seed"u8);
        var text = $"{s_event:N}{buyer:N}";

        var mixed = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes("a beacon")]);
        var hash = new HMACSHA256(mixed).ComputeHash(Convert.FromHexString(text));

        Draw.LotOf(Draw.Mix(seed, "a beacon"), s_event, buyer)
            .ShouldBe(BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(0, 8)));
    }

    [Theory]
    [InlineData(0UL, 10, 1)]
    [InlineData(1UL, 10, 1)]
    [InlineData(ulong.MaxValue, 10, 10)]
    [InlineData(1UL << 63, 10, 5)]
    [InlineData((1UL << 63) + 1, 10, 6)]
    [InlineData(ulong.MaxValue, 1_000_000_000_000, 1_000_000_000_000)]
    [InlineData(ulong.MaxValue, 0, 1)]
    public void Position_is_the_lot_times_the_number_of_the_early_rounded_up(ulong lot, long early, long position) =>
        Draw.PositionOf(lot, early).ShouldBe(position);

    [Fact]
    public void Draw_is_uniform()
    {
        const int bins = 64;
        const int buyers = 64_000;
        var counts = new int[bins];
        var random = new Random(Seed);
        for (var number = 0; number < buyers; number++)
            counts[Draw.PositionOf(Draw.LotOf(_mixed, s_event, NewId(random)), bins) - 1]++;

        // Chi-square with 63 degrees of freedom: 113 is exceeded by chance once in ten thousand.
        var expected = (double)buyers / bins;
        counts.Sum(count => (count - expected) * (count - expected) / expected).ShouldBeLessThan(113, $"seed {Seed}");
    }

    [Fact]
    public void Lots_of_ids_that_follow_one_another_have_nothing_to_do_with_each_other()
    {
        var lots = Enumerable.Range(0, 10_000)
            .Select(number => Draw.LotOf(_mixed, s_event, new Guid(number, 0, 0, new byte[8])) / (double)ulong.MaxValue)
            .ToArray();
        var (before, after) = (lots[..^1], lots[1..]);

        var correlation = before.Zip(after, (one, next) => (one - 0.5) * (next - 0.5)).Average() * 12;

        Math.Abs(correlation).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Beacon_changes_every_lot_and_the_commitment_none()
    {
        var seed = SHA256.HashData("a seed"u8);

        Draw.LotOf(Draw.Mix(seed, ""), s_event, s_event).ShouldNotBe(Draw.LotOf(Draw.Mix(seed, "x"), s_event, s_event));
        Draw.CommitmentOf(seed).ShouldBe(SHA256.HashData(seed));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.01)]
    [InlineData(100, 0.03)]
    [InlineData(10_000, 0.03)]
    [InlineData(300_000, 0.04)]
    public void Crowd_is_counted_within_a_few_percent(int buyers, double error)
    {
        var random = new Random(Seed);
        var sketch = new CrowdSketch();
        for (var number = 0; number < buyers; number++)
            sketch.Add(NewId(random));

        ((double)sketch.Count()).ShouldBeInRange(buyers * (1 - error), buyers * (1 + error), $"seed {Seed}");
    }

    [Fact]
    public void Joining_twice_and_at_several_nodes_is_joining_once()
    {
        var random = new Random(Seed);
        var ids = Enumerable.Range(0, 5000).Select(_ => NewId(random)).ToArray();
        CrowdSketch one = new(), other = new(), all = new();
        foreach (var id in ids)
        {
            (random.Next(2) == 0 ? one : other).Add(id);
            all.Add(id);
        }

        other.Merge(one);
        other.Merge(one);

        other.Registers.ShouldBe(all.Registers);
        ids.ShouldAllBe(id => !all.Add(id) && !all.WouldChange(id));
        new CrowdSketch(all.Registers).Count().ShouldBe(all.Count());
    }

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
