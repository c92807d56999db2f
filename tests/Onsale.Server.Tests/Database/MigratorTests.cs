using Onsale.Server.Database;

namespace Onsale.Server.Tests.Database;

public sealed class MigratorTests
{
    [Fact]
    public void Migrations_are_numbered_from_one_without_gaps()
    {
        var numbers = Migrator.ReadAll().Select(migration => migration.Number).ToList();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }
}
