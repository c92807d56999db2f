using System.Globalization;
using System.Text.RegularExpressions;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Operate.Monitoring;

namespace Onsale.Server.Tests.Operate.Deployment;

/// <summary>What can be told of the files of <c>deploy</c> and of the documents without running them.</summary>
public sealed partial class DeployFilesTests
{
    private static string Root => MonitoringFiles.Root;

    [Fact]
    public void Compose_uses_the_load_balancers_configuration_with_other_addresses()
    {
        var own = File.ReadAllText(Path.Combine(Root, "deploy", "docker", "haproxy.cfg"));

        own.Replace("onsale-1:8080", "10.0.0.11:8080", StringComparison.Ordinal)
            .Replace("onsale-2:8080", "10.0.0.12:8080", StringComparison.Ordinal)
            .ShouldBe(File.ReadAllText(Path.Combine(Root, "deploy", "haproxy", "haproxy.cfg")));
    }

    [Fact]
    public async Task Debian_package_is_built_of_a_published_program_and_has_its_parts()
    {
        var directory = Janitor.CreateDirectory("onsale-deb-");
        var published = Directory.CreateDirectory(Path.Combine(directory, "published")).FullName;
        await File.WriteAllTextAsync(Path.Combine(published, "Onsale.Server.dll"), "");

        var build = await RunAsync(
            Path.Combine(Root, "deploy", "debian", "build"), "1.2.3", directory, published);
        var package = Directory.GetFiles(directory, "onsale_1.2.3_*.deb").ShouldHaveSingleItem(build);
        var contents = await RunAsync("dpkg-deb", "--contents", package);

        foreach (var file in new[]
        {
            "./usr/lib/onsale/Onsale.Server.dll", "./lib/systemd/system/onsale.service",
            "./lib/systemd/system/onsale-backup.timer", "./lib/systemd/system/onsale-backup-failed.service",
            "./usr/share/doc/onsale/operations.md",
        })
        {
            contents.ShouldContain(file);
        }

        contents.ShouldMatch(@"-rw------- root/root .* \./etc/onsale/onsale\.env");
    }

    [Fact]
    public void Image_is_built_with_a_node_that_the_pages_can_be_built_with()
    {
        var image = File.ReadAllText(Path.Combine(Root, "deploy", "docker", "Dockerfile"));
        var package = File.ReadAllText(Path.Combine(Root, "web", "package.json"));

        var given = int.Parse(NodeImage().Match(image).Groups["major"].Value, CultureInfo.InvariantCulture);
        var wanted = int.Parse(NodeEngine().Match(package).Groups["major"].Value, CultureInfo.InvariantCulture);
        given.ShouldBeGreaterThanOrEqualTo(wanted);
        image.ShouldNotContain("nodejs");
    }

    [Fact]
    public void Log_is_never_dropped_where_the_repository_is_away_and_a_failed_backup_is_told()
    {
        File.ReadLines(Path.Combine(Root, "deploy", "pgbackrest", "pgbackrest.conf"))
            .ShouldNotContain(line => line.StartsWith("archive-push-queue-max", StringComparison.Ordinal));

        var units = Path.Combine(Root, "deploy", "systemd");
        var told = File.ReadLines(Path.Combine(units, "onsale-backup.service"))
            .Single(line => line.StartsWith("OnFailure=", StringComparison.Ordinal))["OnFailure=".Length..];
        File.Exists(Path.Combine(units, told)).ShouldBeTrue(told);
    }

    [Fact]
    public void Each_link_between_documents_leads_to_a_file_and_a_heading()
    {
        var documents = Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, "README.md")).Append(Path.Combine(Root, "CONTRIBUTING.md"));
        var broken = new List<string>();
        foreach (var document in documents)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                var target = link.Groups["target"].Value;
                if (target.Contains("://", StringComparison.Ordinal)
                    || target.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                var (path, heading) = target.Split('#') is [var file, var anchor] ? (file, anchor) : (target, "");
                var full = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
                if (!Path.Exists(full))
                    broken.Add($"{Path.GetRelativePath(Root, document)}: {target}");
                else if (heading.Length > 0 && File.Exists(full) && !HeadingsOf(full).Contains(heading))
                    broken.Add($"{Path.GetRelativePath(Root, document)}: {target} has no such heading");
            }
        }

        broken.ShouldBeEmpty(string.Join('\n', broken));
    }

    private static HashSet<string> HeadingsOf(string document) =>
        [.. File.ReadLines(document).Where(line => line.StartsWith('#'))
            .Select(line =>
                NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = MonitoringFiles.Start(program, arguments);
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"^FROM node:(?<major>\d+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NodeImage();

    [GeneratedRegex(@"""node"": "">=(?<major>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NodeEngine();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchor();
}
