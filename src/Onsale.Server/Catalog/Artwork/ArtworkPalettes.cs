namespace Onsale.Server.Catalog.Artwork;

/// <summary>Palettes by the mood of an event: dark and electric for the night, paper and earth for the day.</summary>
internal static class ArtworkPalettes
{
    private static readonly ArtworkPalette[] Night =
    [
        new("#14122b", ["#3a2fa8", "#7b4dff", "#ff5d8f", "#ffb35c"], "#fff1d6"),
        new("#0d1f2d", ["#12476b", "#1f8a9e", "#f26a4b", "#ffc857"], "#fdf3df"),
        new("#1d0f24", ["#5b1f6e", "#b5327e", "#ff7a59", "#ffd08a"], "#fff0e2"),
    ];

    private static readonly ArtworkPalette[] Neon =
    [
        new("#0b0b14", ["#2430d8", "#7a2ff0", "#f0368f", "#22d3c5"], "#e9fbff"),
        new("#0a1210", ["#0f5f4e", "#12b886", "#c6f135", "#f4ff9b"], "#f6ffe0"),
        new("#150a12", ["#7a1249", "#ff2e63", "#ff8a3d", "#ffe45e"], "#fff6da"),
    ];

    private static readonly ArtworkPalette[] Hall =
    [
        new("#efe6d8", ["#c9b79c", "#8a6d4f", "#24445c", "#0f2233"], "#fffaf1"),
        new("#10263a", ["#1c4560", "#39728a", "#8bb6b3", "#e7d3a7"], "#f8efd9"),
        new("#2a1a1f", ["#5c2a34", "#9a4642", "#d78a5f", "#f1d0a0"], "#fff3e0"),
    ];

    private static readonly ArtworkPalette[] Stage =
    [
        new("#2b0d12", ["#5e131c", "#8f1d26", "#c8423b", "#f0a35e"], "#ffe9c9"),
        new("#1a1c2e", ["#33365c", "#5f5a8f", "#b587a5", "#f3c6a5"], "#fff0e2"),
        new("#f3e4dc", ["#e3b7a7", "#c9766b", "#7c3f58", "#2e1f3c"], "#fffaf5"),
    ];

    private static readonly ArtworkPalette[] Day =
    [
        new("#f6d9a8", ["#f2a65a", "#e4572e", "#17606b", "#0c3547"], "#fff6e2"),
        new("#bfe0e8", ["#78bcc4", "#f7b267", "#e4683f", "#254a5d"], "#fdf8ec"),
        new("#f4c6b8", ["#ef8a7a", "#d1495b", "#5c4b8a", "#27224b"], "#fff4e8"),
    ];

    private static readonly ArtworkPalette[] Blocks =
    [
        new("#f4efe4", ["#1f3a8a", "#e4572e", "#f3b61f", "#16242f"], "#fffdf7"),
        new("#fbe9d7", ["#0f766e", "#f26b4e", "#ffc145", "#2a2045"], "#fffaf2"),
        new("#17202e", ["#f25f5c", "#ffe066", "#247ba0", "#70c1b3"], "#fef9ec"),
    ];

    private static readonly ArtworkPalette[] Field =
    [
        new("#0f4c3a", ["#14614a", "#1b7a5c", "#f4f1de", "#f2b544"], "#fbfaf0"),
        new("#12355b", ["#174674", "#1f5c94", "#f5f1e6", "#ef6f4c"], "#fbfaf3"),
    ];

    public static ArtworkPalette Choose(string category, Random random)
    {
        var palettes = category switch
        {
            "concert" => Night,
            "club" => Neon,
            "classical" => Hall,
            "theatre" or "ballet" => Stage,
            "festival" => Day,
            "family" => Night,
            "sports" => Field,
            "jazz" or "comedy" or "conference" => Blocks,
            _ => Night,
        };
        return palettes[random.Next(palettes.Length)];
    }
}
