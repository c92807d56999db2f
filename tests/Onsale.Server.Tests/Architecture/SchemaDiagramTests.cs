using System.Text;
using System.Text.Json;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Architecture;

/// <summary>The diagrams in docs/schema.md are drawn from the tables that the migrations make.</summary>
public sealed class SchemaDiagramTests
{
    private const string Page = "docs/schema.md";
    private const string Begin = "<!-- generated: tables -->\n";

    /// <summary>Set to 1, the test writes the diagrams instead of comparing them.</summary>
    private const string UpdateVariable = "ONSALE_UPDATE_FILES";

    private const string ColumnsSql = """
        select json_build_object(
            'Table', c.relname, 'Name', a.attname, 'Type', t.typname, 'IsOptional', not a.attnotnull,
            'IsKey', exists (
                select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)),
            'IsReference', exists (
                select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey)))
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        order by c.relname collate "C", a.attnum
        """;

    private const string ReferencesSql = """
        select json_build_object(
            'From', f.conrelid::regclass::text, 'To', f.confrelid::regclass::text,
            'Columns', (
                select string_agg(a.attname, ', ' order by k.place)
                from unnest(f.conkey) with ordinality k (number, place)
                join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number),
            'IsOptional', exists (
                select from pg_attribute a
                where a.attrelid = f.conrelid and a.attnum = any (f.conkey) and not a.attnotnull),
            'IsSingle', exists (
                select from pg_index i
                where i.indrelid = f.conrelid and i.indisunique and i.indpred is null
                    and i.indkey::int2[] <@ f.conkey))
        from pg_constraint f
        where f.contype = 'f' and f.connamespace = 'public'::regnamespace
        order by f.conrelid::regclass::text collate "C", f.confrelid::regclass::text collate "C", f.conname collate "C"
        """;

    [Fact]
    public async Task The_diagrams_show_the_tables_as_they_are()
    {
        await using var database = NpgsqlDataSource.Create(await TestCluster.PrivateDatabaseAsync());
        var columns = await ReadAsync<Column>(database, ColumnsSql);
        var references = await ReadAsync<ForeignKey>(database, ReferencesSql);
        var modules = TableWritersTests.ReadList();
        var text = SourceTree.Read(Page).ReplaceLineEndings("\n");
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;

        columns.Select(column => column.Table).Where(table => !modules.ContainsKey(table)).Distinct()
            .ShouldBeEmpty("without a writer in table-writers.txt");
        var expected = Draw(columns, references, modules);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            await File.WriteAllTextAsync(Path.Combine(SourceTree.Directory, Page), text[..begin] + expected);
        else
            text[begin..].ShouldBe(expected, $"{Page} is old: run this test with {UpdateVariable}=1");
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlDataSource database, string sql) =>
        [.. (await database.QueryAsync<string>(sql)).Select(row => JsonSerializer.Deserialize<T>(row)!)];

    private static string Draw(
        IReadOnlyList<Column> columns, IReadOnlyList<ForeignKey> references, Dictionary<string, string> modules)
    {
        var page = new StringBuilder("\n## All references\n\n```mermaid\nerDiagram\n");
        foreach (var reference in references.DistinctBy(one => (one.From, one.To)))
            page.Append($"  {reference.Shape}\n");
        page.Append("```\n");
        foreach (var module in columns.GroupBy(column => modules[column.Table])
            .OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {module.Key.Replace("Onsale.Server/", "", StringComparison.Ordinal)}\n\n");
            page.Append("```mermaid\nerDiagram\n");
            foreach (var table in module.GroupBy(column => column.Table))
            {
                page.Append($"  {table.Key} {{\n");
                foreach (var column in table)
                    page.Append($"    {column.Shape}\n");
                page.Append("  }\n");
            }

            foreach (var reference in references.Where(reference => modules[reference.From] == module.Key))
                page.Append($"  {reference.Shape}\n");
            page.Append("```\n");
        }

        return page.ToString();
    }

    private sealed record Column(
        string Table, string Name, string Type, bool IsOptional, bool IsKey, bool IsReference)
    {
        public string Shape
        {
            get
            {
                var type = Type[0] == '_' ? NameOf(Type[1..]) + "[]" : NameOf(Type);
                var keys = (IsKey, IsReference) switch
                {
                    (true, true) => " PK, FK",
                    (true, false) => " PK",
                    (false, true) => " FK",
                    _ => "",
                };
                return $"{type} {Name}{keys}{(IsOptional ? " \"optional\"" : "")}";
            }
        }

        private static string NameOf(string type) => type switch
        {
            "int2" => "smallint",
            "int4" => "integer",
            "int8" => "bigint",
            "bool" => "boolean",
            "float8" => "double",
            _ => type,
        };
    }

    private sealed record ForeignKey(string From, string To, string Columns, bool IsOptional, bool IsSingle)
    {
        public string Shape =>
            $"{To} {(IsOptional ? "|o" : "||")}--{(IsSingle ? "o|" : "o{")} {From} : \"{Columns}\"";
    }
}
