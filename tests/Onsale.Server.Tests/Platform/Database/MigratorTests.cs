namespace Onsale.Server.Tests.Platform.Database;

public sealed class MigratorTests
{
    [Fact]
    public void Migrations_are_numbered_from_one_without_gaps()
    {
        var numbers = OnsaleApp.Migrations.All.Select(migration => migration.Number).ToList();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }
}
