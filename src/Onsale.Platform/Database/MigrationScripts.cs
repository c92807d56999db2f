using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Platform.Database;

/// <summary>The numbered SQL files of a schema, in order.</summary>
internal sealed class MigrationScripts(IReadOnlyList<Migration> all)
{
    /// <summary>Those embedded in an assembly under <c>migrations/</c>.</summary>
    public MigrationScripts(Assembly assembly)
        : this(ReadAll(assembly))
    {
    }

    /// <summary>Every migration, by number.</summary>
    public IReadOnlyList<Migration> All { get; } = all;

    private static List<Migration> ReadAll(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name)),
    ];

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        // A checkout on Windows may turn line ends around; the checksum must not notice.
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var name = Path.GetFileNameWithoutExtension(resource["migrations/".Length..]);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new Migration(int.Parse(name.AsSpan(0, 4)), name, sql, checksum);
    }
}

/// <summary>One numbered SQL file.</summary>
internal sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    private const string NoTransaction = "-- no-transaction\n";

    /// <summary>
    /// Whether it is applied in a transaction. One that begins with the line <c>-- no-transaction</c> is not, for
    /// statements that refuse one (<c>create index concurrently</c>): it has one statement, which can be repeated
    /// (<c>if not exists</c>), since it runs again where the program ended before it was recorded.
    /// </summary>
    public bool IsTransactional => !Sql.StartsWith(NoTransaction, StringComparison.Ordinal);
}
