using System.Globalization;
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

/// <summary>One numbered SQL file. Its first lines, comments of their own, say how it is applied.</summary>
internal sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    private const string NoTransaction = "-- no-transaction";
    private const string Phase = "-- phase: ";
    private const string Expand = "expand";
    private const string ContractSince = "contract since ";

    /// <summary>
    /// Whether it is applied in a transaction. One with the line <c>-- no-transaction</c> is not, for statements that
    /// refuse one (<c>create index concurrently</c>): it has one statement, which can be repeated
    /// (<c>if not exists</c>), since it runs again where the program ended before it was recorded.
    /// </summary>
    public bool IsTransactional => !Header.Contains(NoTransaction, StringComparer.Ordinal);

    /// <summary>
    /// The newest migration that a program must have to work on a database that has this one too:
    /// <c>-- phase: expand</c> asks for none, as it only adds what no older program looks at;
    /// <c>-- phase: contract since 0043</c> removes what programs no longer use that have number 43. Null: this one.
    /// </summary>
    /// <exception cref="InvalidDataException">The line says something else.</exception>
    public int? OldestProgram
    {
        get
        {
            var phase = Header
                .FirstOrDefault(line => line.StartsWith(Phase, StringComparison.Ordinal))?[Phase.Length..];
            if (phase is null)
                return null;
            if (phase == Expand)
                return 0;
            return phase.StartsWith(ContractSince, StringComparison.Ordinal)
                && int.TryParse(
                    phase.AsSpan(ContractSince.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var since)
                && since <= Number
                    ? since
                    : throw new InvalidDataException(
                        $"Migration {Name} has the phase \"{phase}\": expand, or contract "
                        + "since a number that is not later.");
        }
    }

    private IEnumerable<string> Header =>
        Sql.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal));
}
