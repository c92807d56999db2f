using System.Text;
using Onsale.Platform.Text;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Text;

public sealed class CanonicalTextTests(SharedNode shared) : IClassFixture<SharedNode>
{
    /// <summary>
    /// PostgreSQL has its own tables; every assigned character of either is compared in both directions.
    /// </summary>
    [Fact]
    public async Task Every_character_composes_as_PostgreSQL_composes_it()
    {
        var node = shared.Node;
        var codes = Enumerable.Range(0x80, 0x3_0000 - 0x80).Where(code => code is < 0xD800 or > 0xDFFF).ToArray();
        var texts = codes.Select(code => new Rune(code).ToString()).ToArray();

        (await DifferencesAsync(node, texts)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Random_sequences_of_letters_and_marks_compose_as_PostgreSQL_composes_them()
    {
        const int seed = 20261129;
        var random = new Random(seed);
        int[] alphabet =
        [
            'a', 'E', 'o', 0x00E9, 0x00C5, 0x1E69, 0x0301, 0x0308, 0x0323, 0x0307, 0x0327, 0x0345, 0x0344, 0x093C,
            0x0958, 0x09C7, 0x09BE, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01, 0x2126, 0x212B, 0x0338, 0x2260, 0x1D15E,
        ];
        string[] texts = [.. Enumerable.Range(0, 20_000).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(1, 9)).Select(_ => new Rune(alphabet[random.Next(alphabet.Length)]))))];

        (await DifferencesAsync(node: shared.Node, texts)).ShouldBeEmpty($"seed {seed}");
    }

    private static async Task<IEnumerable<string>> DifferencesAsync(OnsaleNode node, string[] texts)
    {
        var expected = await node.DataSource.QueryAsync<string>(
            "select normalize(t, NFC) from unnest($1) with ordinality as u(t, n) order by n", [texts]);
        return texts.Zip(expected)
            .Where(pair => CanonicalText.Compose(pair.First) != pair.Second)
            .Select(pair => string.Join(' ', pair.First.EnumerateRunes().Select(rune => rune.Value.ToString("X"))));
    }
}
