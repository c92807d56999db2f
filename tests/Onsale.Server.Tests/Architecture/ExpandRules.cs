using System.Text.RegularExpressions;
using Onsale.Platform.Database;

namespace Onsale.Server.Tests.Architecture;

/// <summary>
/// What a migration of the phase <c>expand</c> may do: add what a program that does not know it neither reads nor must
/// write. Whatever is not on this list is refused, also where it would happen to be harmless.
/// </summary>
internal static partial class ExpandRules
{
    /// <summary>The statements that an older program might not work with.</summary>
    public static IReadOnlyList<string> Refused(Migration migration)
    {
        var statements = Statements(migration.Sql);
        var own = statements.Select(statement => CreateTable().Match(statement)).Where(match => match.Success)
            .Select(match => match.Groups["table"].Value).ToHashSet(StringComparer.Ordinal);
        var added = statements.Select(statement => AddColumn().Match(statement)).Where(match => match.Success)
            .Select(match => (match.Groups["table"].Value, match.Groups["column"].Value)).ToHashSet();
        return [.. statements.Where(statement => !IsAddition(statement, own, added))];
    }

    private static bool IsAddition(string statement, HashSet<string> own, HashSet<(string, string)> added)
    {
        if (CreateTable().IsMatch(statement) || CreateOther().IsMatch(statement))
            return true;
        if (OnTable().Match(statement) is { Success: true } on && own.Contains(on.Groups["table"].Value))
            return true;
        if (AddColumn().Match(statement) is { Success: true } column)
            return IsIgnorable(column.Groups["rest"].Value);
        return CreateIndex().IsMatch(statement) || SetDefault().IsMatch(statement)
            || (Backfill().Match(statement) is { Success: true } fill
                && added.Contains((fill.Groups["table"].Value, fill.Groups["column"].Value)));
    }

    /// <summary>
    /// Filled without being named, unable to refuse a row for what the others in it are, and added without rewriting
    /// the table, which would stop the sale for as long as that takes.
    /// </summary>
    private static bool IsIgnorable(string column) =>
        (!column.Contains("not null", StringComparison.Ordinal) || column.Contains("default", StringComparison.Ordinal))
        && !Narrowing().IsMatch(column) && !Computed().IsMatch(column);

    /// <summary>Without comments, in lower case, with single spaces; what is quoted is left out.</summary>
    private static List<string> Statements(string sql) =>
    [
        .. Quoted().Replace(sql, match => match.Value.StartsWith("--", StringComparison.Ordinal) ? " " : "''")
            .ToLowerInvariant().Split(';')
            .Select(statement => Space().Replace(statement, " ").Trim())
            .Where(statement => statement.Length > 0),
    ];

    private const RegexOptions Plain = RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"--[^\n]*|'(?:[^']|'')*'|\$(?<tag>\w*)\$.*?\$\k<tag>\$", Plain | RegexOptions.Singleline, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+", Plain, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"^create table (if not exists )?(?<table>\w+)", Plain, 1000)]
    private static partial Regex CreateTable();

    [GeneratedRegex("^(create (function|type|domain|sequence|view)|comment on) ", Plain, 1000)]
    private static partial Regex CreateOther();

    [GeneratedRegex(
        @"^(alter table (only )?|insert into |update |create (unique )?index (\w+ )*on (only )?|"
        + @"create trigger \w+ (before|after) [a-z ]+ on )(?<table>\w+)", Plain, 1000)]
    private static partial Regex OnTable();

    [GeneratedRegex(
        @"^alter table (only )?(?<table>\w+) add column (if not exists )?(?<column>\w+) (?<rest>.*)$", Plain, 1000)]
    private static partial Regex AddColumn();

    /// <summary>Other subcommands, and what judges a whole row or other rows.</summary>
    [GeneratedRegex(@"unique|primary key|exclude|generated|, (add|alter|drop|rename|validate) ", Plain, 1000)]
    private static partial Regex Narrowing();

    /// <summary>A default that PostgreSQL must compute for each row.</summary>
    [GeneratedRegex(@"default (?!now\(\))\w+ ?\(", Plain, 1000)]
    private static partial Regex Computed();

    [GeneratedRegex(@"^create index (concurrently )?(if not exists )?\w+ on ", Plain, 1000)]
    private static partial Regex CreateIndex();

    [GeneratedRegex(@"^alter table \w+ alter column \w+ set default [^,]*$", Plain, 1000)]
    private static partial Regex SetDefault();

    [GeneratedRegex(@"^update (?<table>\w+) set (?<column>\w+) = (?!.*, \w+ = ).*$", Plain, 1000)]
    private static partial Regex Backfill();
}
