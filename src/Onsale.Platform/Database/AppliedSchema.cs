namespace Onsale.Platform.Database;

/// <summary>The migrations of a database.</summary>
/// <param name="Numbers">Of them, the first one first.</param>
/// <param name="OldestProgram">
/// The newest migration that a program must know to work on it (<see cref="Migration.OldestProgram"/>); 0: any works.
/// </param>
internal sealed record AppliedSchema(IReadOnlyList<int> Numbers, int OldestProgram)
{
    /// <summary>The newest migration; 0: none.</summary>
    public int Newest => Numbers.Count > 0 ? Numbers[^1] : 0;

    /// <param name="migrations">In their order, with what each asks of a program that does not know it.</param>
    public static AppliedSchema Of(IReadOnlyList<(int Number, int? OldestProgram)> migrations) => new(
        [.. migrations.Select(row => row.Number)],
        // A program knows a migration, or works with it: the lower of the two is enough.
        migrations.Select(row => Math.Min(row.OldestProgram ?? row.Number, row.Number)).DefaultIfEmpty().Max());
}
