using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Onsale.Platform.Database;

/// <summary>The numbered SQL files embedded in an assembly under <c>migrations/</c>, in order.</summary>
internal sealed class MigrationScripts(Assembly assembly)
{
    /// <summary>Every migration, by number.</summary>
    public IReadOnlyList<Migration> All { get; } =
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
internal sealed record Migration(int Number, string Name, string Sql, string Checksum);
