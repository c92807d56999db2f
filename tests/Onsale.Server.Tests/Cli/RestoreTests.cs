using System.Globalization;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Cli;

/// <summary>Restores where the way from a backup to the wanted moment is not a straight one.</summary>
public sealed class RestoreTests
{
    private readonly string _data = Janitor.CreateDirectory("onsale-backed-up-");
    private readonly string _backups = Janitor.CreateDirectory("onsale-backups-");

    [LongFact]
    public async Task Backup_of_an_abandoned_timeline_is_not_where_the_restored_one_begins()
    {
        string moment;
        await using (var node = await StartAsync(_data))
        {
            await node.DataSource.ExecuteAsync("create table kept as select 1 as value");
            await BackUpAsync(_data);
            moment = (await node.DataSource.QueryAsync<DateTime>("select clock_timestamp()"))[0]
                .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            await node.DataSource.ExecuteAsync("update kept set value = 2");
            await BackUpAsync(_data);
        }

        var abandoned = Folder.List()[^1].Name;
        var second = await RestoreAsync("--to", moment);
        await using (var node = await StartAsync(second))
        {
            (await ValueAsync(node)).ShouldBe(1);
            await node.DataSource.ExecuteAsync("update kept set value = 3");
            await EndSegmentAsync(node);
        }

        var latest = await RestoreAsync();
        var elsewhere = await TryRestoreAsync(latest + "-none", "--backup", abandoned);
        var unknown = await TryRestoreAsync(latest + "-none", "--backup", "20200101T000000Z");
        var before = await RestoreAsync("--timeline", "1", "--backup", abandoned);
        // The database of timeline 2 was not abandoned after all: 4 left the first one.
        File.SetLastWriteTimeUtc(
            Directory.GetFiles(Folder.Archive.WalDirectory, "00000002????????????????").Max(StringComparer.Ordinal)!,
            TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5));
        var both = await TryRestoreAsync(latest + "-none");

        elsewhere.Error.ShouldContain($"The backup {abandoned} is no part of timeline");
        elsewhere.Error.ShouldContain("Add --timeline 1");
        unknown.Error.ShouldContain("There is no complete backup 20200101T000000Z in");
        both.Error.ShouldContain("Two histories go on here: timeline 4");
        both.Error.ShouldContain("--timeline 4 or --timeline 2.");
        (await ValueAsync(latest)).ShouldBe(3);
        (await ValueAsync(before)).ShouldBe(2);
    }

    [Fact]
    public async Task Log_that_cannot_be_read_or_has_a_gap_is_not_taken_for_its_end()
    {
        await using (var node = await StartAsync(_data))
        {
            await node.DataSource.ExecuteAsync("create table kept as select 1 as value");
            await BackUpAsync(_data);
            for (var value = 2; value < 5; value++)
            {
                await node.DataSource.ExecuteAsync($"update kept set value = {value}");
                await EndSegmentAsync(node);
            }
        }

        var segments = Directory.GetFiles(Folder.Archive.WalDirectory)
            .Where(file => WalSegment.Parse(Path.GetFileName(file), Manifest.SegmentBytes) is { } segment
                && segment.Number > WalSegment.Before(Manifest.StopLsn, Manifest.SegmentBytes))
            .Order(StringComparer.Ordinal).ToList();
        segments.Count.ShouldBeGreaterThanOrEqualTo(3);
        var (middle, target) = (segments[1], Janitor.CreateDirectory("onsale-restored-"));

        await RunAsync("chmod", "000", middle);
        var unreadable = await TryRestoreAsync(target);
        File.Delete(middle);
        var missing = await TryRestoreAsync(target);

        unreadable.Error.ShouldContain($"The segment {Path.GetFileName(middle)} is in the archive and cannot be read");
        unreadable.Error.ShouldContain("Permission denied");
        missing.Error.ShouldContain($"goes on to the segment {Path.GetFileName(segments[^1])}");
        missing.Error.ShouldContain(Path.GetFileName(middle));
        Directory.Exists(Path.Combine(target, "postgres")).ShouldBeFalse();
        foreach (var later in segments.Skip(2))
            File.Delete(later);
        (await ValueAsync(await RestoreAsync())).ShouldBe(2);
    }

    [LongFact]
    public async Task Backup_whose_manifest_is_damaged_hides_no_other_and_keeps_the_log()
    {
        await using var node = await StartAsync(_data);
        await node.DataSource.ExecuteAsync("create table kept as select 1 as value");
        await BackUpAsync(_data);
        var damaged = Path.Combine(Folder.List()[0].Directory, BackupManifest.FileName);
        var first = Directory.GetFiles(Folder.Archive.WalDirectory).Min(StringComparer.Ordinal)!;
        await File.WriteAllTextAsync(damaged, "null");
        var alone = await TryRestoreAsync(_data + "-none");

        var again = await BackUpAsync(_data, "--keep", "1");
        await File.WriteAllTextAsync(damaged, "{ \"format\": 1, ");
        var third = await BackUpAsync(_data, "--keep", "1");

        alone.Error.ShouldContain("There is no complete backup in");
        alone.Error.ShouldContain($"{damaged} has format 0");
        again.Error.ShouldContain($"{damaged} has format 0");
        third.Error.ShouldContain($"{damaged} cannot be read");
        Folder.List().Count.ShouldBe(1);
        File.Exists(first).ShouldBeTrue();
        (await ValueAsync(await RestoreAsync())).ShouldBe(1);
    }

    [RootFact]
    public async Task What_root_backs_up_and_restores_beside_a_service_is_the_services()
    {
        const string service = "nobody";
        var target = Janitor.CreateDirectory("onsale-restored-");
        foreach (var directory in new[] { _data, _backups, target })
        {
            Directory.CreateDirectory(directory);
            await RunAsync("chown", service, directory);
        }

        await using (var node = await StartAsync(_data))
        {
            await node.DataSource.ExecuteAsync("create table kept as select 1 as value");
            await BackUpAsync(_data);
        }

        await BackUpAsync(_data);
        var restored = await CommandRun.RunAsync("restore", _backups, "--data-directory", target);

        restored.ExitCode.ShouldBe(0, restored.Error);
        (await RunAsync("find", _backups, "!", "-user", service)).ShouldBeEmpty();
        (await RunAsync("find", target, _data, "!", "-user", service, "!", "-name", "postgresql.conf")).ShouldBeEmpty();
        (await ValueAsync(target)).ShouldBe(1);
    }

    private BackupFolder Folder => new(WalArchive.In(_backups));

    private BackupManifest Manifest => Folder.List()[^1].Manifest;

    private Task<OnsaleNode> StartAsync(string data) => OnsaleNode.StartAsync(
        database: "", [("Onsale:DataDirectory", data), (WalArchive.Setting, _backups)]);

    private async Task<string> RestoreAsync(params string[] more)
    {
        var target = Janitor.CreateDirectory("onsale-restored-");
        var run = await CommandRun.RunAsync(["restore", _backups, "--data-directory", target, .. more]);
        run.ExitCode.ShouldBe(0, run.Error);
        return target;
    }

    private async Task<CommandRun> TryRestoreAsync(string target, params string[] more)
    {
        var run = await CommandRun.RunAsync(["restore", _backups, "--data-directory", target, .. more]);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldNotContain("   at ");
        return run;
    }

    /// <summary>Backups are named by their second.</summary>
    private async Task<CommandRun> BackUpAsync(string data, params string[] more)
    {
        CommandRun? run = null;
        await Eventually.ShouldPassAsync(async () =>
        {
            run = await CommandRun.RunAsync(["backup", _backups, "--data-directory", data, .. more]);
            run.Error.ShouldNotContain("is there already");
        });
        run!.ExitCode.ShouldBe(0, run.Error);
        return run;
    }

    /// <summary>Ends the segment that is written to and waits until the archive has it.</summary>
    private async Task EndSegmentAsync(OnsaleNode node)
    {
        var name = (await node.DataSource.QueryAsync<string>("select pg_walfile_name(pg_switch_wal())"))[0];
        await Eventually.ShouldPassAsync(() =>
        {
            File.Exists(Path.Combine(Folder.Archive.WalDirectory, name)).ShouldBeTrue(name);
            return Task.CompletedTask;
        });
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var run = await new PostgresAccount((string?)null).RunAsync(program, arguments, "/");
        run.Succeeded.ShouldBeTrue(run.Error);
        return run.Output;
    }

    private static async Task<int> ValueAsync(OnsaleNode node) =>
        (await node.DataSource.QueryAsync<int>("select value from kept"))[0];

    /// <summary>Without the archive: it is looked at, and gets nothing new.</summary>
    private static async Task<int> ValueAsync(string data)
    {
        await using var node = await OnsaleNode.StartAsync(database: "", [("Onsale:DataDirectory", data)]);
        return await ValueAsync(node);
    }
}
