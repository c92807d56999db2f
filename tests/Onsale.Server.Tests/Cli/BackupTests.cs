using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Cli;

/// <summary>
/// The restore drill: a backup under load, a mistaken deletion, a restore to the moment before it, and an audit.
/// </summary>
public sealed partial class BackupTests
{
    private readonly string _data = Janitor.CreateDirectory("onsale-backed-up-");
    private readonly string _backups = Janitor.CreateDirectory("onsale-backups-");
    private readonly string _restored = Janitor.CreateDirectory("onsale-restored-");

    [Fact]
    public async Task Restore_to_the_moment_before_a_mistaken_deletion_is_sound_and_has_every_acknowledged_booking()
    {
        string moment;
        Guid deleted;
        TestEvent @event;
        SellingLoad load;
        await using (var node = await StartAsync(_data))
        {
            @event = await TestEvent.WithPoolsAsync(node.DataSource, [50_000]);
            var victim = await TestEvent.WithPoolsAsync(node.DataSource, [5]);
            deleted = victim.Id;
            using var crowd = new Crowd(node);
            load = SellingLoad.Start(@event, crowd.Join, [crowd.Client], workers: 8);
            await load.ProgressAsync(100);

            (await BackUpAsync()).ExitCode.ShouldBe(0);
            await load.ProgressAsync(100);
            await load.StopAsync();
            moment = await NowAsync(node.DataSource);
            await node.DataSource.ExecuteAsync("update events set title = 'Deleted' where id = $1", deleted);
            await node.DataSource.ExecuteAsync("delete from change_log where event_id = $1", @event.Id);
            (await BackUpAsync()).ExitCode.ShouldBe(0);
        }

        var restored = await CommandRun.RunAsync(
            "restore", _backups, "--to", moment, "--data-directory", _restored);
        var audited = await CommandRun.RunAsync("audit", "--data-directory", _restored);
        var spoilt = await CommandRun.RunAsync("audit", "--data-directory", _data);

        restored.Error.ShouldBeEmpty();
        restored.ExitCode.ShouldBe(0);
        audited.Output.ShouldContain("Audited 1 event: no fault.");
        spoilt.ExitCode.ShouldBe(2);
        await using var again = await StartAsync(_restored);
        await load.ShouldBeTrueAsync(again.DataSource);
        (await again.DataSource.QueryAsync<string>("select title from events where id = $1", deleted))
            .ShouldBe(["Evening"]);
        using var newcomers = new Crowd(again);
        (await newcomers.Join().HoldTicketsAsync(@event, 2)).Status.ShouldBe(201);
    }

    [LongFact]
    public async Task Backup_without_an_archive_is_restored_as_it_is_and_says_so()
    {
        await using (var node = await OnsaleNode.StartAsync(database: "", [("Onsale:DataDirectory", _data)]))
        {
            await node.DataSource.ExecuteAsync("create table kept as select 42 as value");
            var backup = await BackUpAsync();
            backup.ExitCode.ShouldBe(0);
            backup.Error.ShouldContain("this backup can be restored as it is, not to a later moment");
            await node.DataSource.ExecuteAsync("update kept set value = 43");
        }

        var early = await CommandRun.RunAsync(
            "restore", _backups, "--to", "2099-01-01T00:00Z", "--data-directory", _restored);
        var restored = await CommandRun.RunAsync("restore", _backups, "--data-directory", _restored);
        var twice = await CommandRun.RunAsync("restore", _backups, "--data-directory", _restored);

        early.Error.ShouldContain("has no archive of the write-ahead log");
        restored.ExitCode.ShouldBe(0, restored.Error);
        twice.ExitCode.ShouldBe(1);
        twice.Error.ShouldContain($"There is a database in {_restored} already, and nothing was changed");
        await using var again = await OnsaleNode.StartAsync(database: "", [("Onsale:DataDirectory", _restored)]);
        (await again.DataSource.QueryAsync<int>("select value from kept")).ShouldBe([42]);
    }

    [LongFact]
    public async Task Backup_of_a_newer_schema_is_restored_by_a_program_that_works_on_it()
    {
        await using (var node = await OnsaleNode.StartAsync(database: "", [("Onsale:DataDirectory", _data)]))
        {
            // As after a release that was taken back: its migration only added something.
            await node.DataSource.ExecuteAsync("""
                insert into schema_migrations (number, name, checksum, oldest_program)
                values (9000, '9000_later', '', 0)
                """);
            (await BackUpAsync()).ExitCode.ShouldBe(0);
        }

        var restored = await CommandRun.RunAsync("restore", _backups, "--data-directory", _restored);

        restored.ExitCode.ShouldBe(0, restored.Error);
        await using (var again = await OnsaleNode.StartAsync(database: "", [("Onsale:DataDirectory", _restored)]))
            (await again.DataSource.CountAsync("schema_migrations", "number = 9000")).ShouldBe(1);

        // What says that no program works with it that does not know it; or says nothing, as backups did before.
        var manifest = Directory.GetFiles(_backups, BackupManifest.FileName, SearchOption.AllDirectories).Single();
        var text = await File.ReadAllTextAsync(manifest);
        foreach (var says in new[] { "\"oldestProgram\": 9000", "\"oldestProgram\": null" })
        {
            await File.WriteAllTextAsync(manifest, OldestProgram().Replace(text, says));
            var refused = await CommandRun.RunAsync(
                "restore", _backups, "--data-directory", Janitor.CreateDirectory("onsale-restored-"));
            refused.ExitCode.ShouldBe(1);
            refused.Error.ShouldContain("was made by a newer version of Onsale");
        }
    }

    [GeneratedRegex("\"oldestProgram\": [0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OldestProgram();

    [LongFact]
    public async Task Cluster_that_does_not_run_is_backed_up_and_a_second_restore_follows_the_first()
    {
        await using (var node = await StartAsync(_data))
            await node.DataSource.ExecuteAsync("create table kept as select 1 as value");
        (await BackUpAsync()).ExitCode.ShouldBe(0);
        (await CommandRun.RunAsync("restore", _backups, "--data-directory", _restored)).ExitCode.ShouldBe(0);
        await using (var node = await StartAsync(_restored))
        {
            await node.DataSource.ExecuteAsync("update kept set value = 2");
            // Ends the segment, which is then archived.
            (await BackUpAsync(_restored)).ExitCode.ShouldBe(0);
        }

        var later = Janitor.CreateDirectory("onsale-restored-");
        var before = Janitor.CreateDirectory("onsale-restored-");
        var latest = await CommandRun.RunAsync("restore", _backups, "--data-directory", later);
        var first = await CommandRun.RunAsync("restore", _backups, "--timeline", "1", "--data-directory", before);

        latest.ExitCode.ShouldBe(0, latest.Error);
        latest.Output.ShouldContain("timeline 3");
        first.ExitCode.ShouldBe(0, first.Error);
        (await ValueAsync(later)).ShouldBe(2);
        (await ValueAsync(before)).ShouldBe(1);
    }

    [LongFact]
    public async Task Old_backups_go_with_the_log_that_only_they_needed()
    {
        await using (var node = await StartAsync(_data))
        {
            for (var i = 0; i < 3; i++)
                (await BackUpAsync(_data, "--keep", "2")).ExitCode.ShouldBe(0);
        }

        var folder = new BackupFolder(WalArchive.In(_backups));
        var kept = folder.List();
        kept.Count.ShouldBe(2);
        Directory.GetFiles(folder.Archive.WalDirectory)
            .Select(file => WalSegment.NumberIn(Path.GetFileName(file), kept[0].Manifest.SegmentBytes))
            .Min().ShouldBe(kept[0].Manifest.StartSegment);
        var restored = await CommandRun.RunAsync("restore", _backups, "--data-directory", _restored);
        restored.ExitCode.ShouldBe(0, restored.Error);
    }

    [LongFact]
    public async Task Damaged_backup_and_impossible_moments_are_refused_and_leave_nothing()
    {
        await using (await StartAsync(_data))
            (await BackUpAsync()).ExitCode.ShouldBe(0);
        var backup = new BackupFolder(WalArchive.In(_backups)).List().Single();

        var before = await RestoreAsync("--to", "2020-01-01T00:00:00Z");
        var after = await RestoreAsync("--to", "2099-01-01T00:00:00Z");
        var local = await RestoreAsync("--to", "2099-01-01T00:00:00");
        await File.AppendAllTextAsync(Path.Combine(backup.ClusterDirectory, "PG_VERSION"), "9");
        var damaged = await RestoreAsync();

        before.ShouldContain("No backup in");
        after.ShouldContain("The archive has no transaction after 2099-01-01");
        local.ShouldContain("is not a time with its offset");
        damaged.ShouldContain("is damaged: PG_VERSION is not what was written");
        Directory.Exists(Path.Combine(_restored, "postgres")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_restored, "restoring")).ShouldBeFalse();

        async Task<string> RestoreAsync(params string[] more)
        {
            var run = await CommandRun.RunAsync(["restore", _backups, "--data-directory", _restored, .. more]);
            run.ExitCode.ShouldBe(1);
            run.Error.ShouldNotContain("   at ");
            return run.Error;
        }
    }

    [Fact]
    public async Task Server_that_is_not_the_programs_own_is_not_backed_up()
    {
        var run = await CommandRun.RunAsync("backup", _backups, "--database", await TestCluster.SharedDatabaseAsync());

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("pgBackRest");
        Directory.Exists(_backups).ShouldBeFalse();
    }

    private Task<OnsaleNode> StartAsync(string data) => OnsaleNode.StartAsync(
        database: "", [("Onsale:DataDirectory", data), (WalArchive.Setting, _backups)]);

    private Task<CommandRun> BackUpAsync() => BackUpAsync(_data);

    /// <summary>Backups are named by their second.</summary>
    private async Task<CommandRun> BackUpAsync(string data, params string[] more)
    {
        CommandRun? run = null;
        await Eventually.ShouldPassAsync(async () =>
        {
            run = await CommandRun.RunAsync(["backup", _backups, "--data-directory", data, .. more]);
            run.Error.ShouldNotContain("is there already");
        });
        return run!;
    }

    private static async Task<string> NowAsync(NpgsqlDataSource dataSource) =>
        (await dataSource.QueryAsync<DateTime>("select clock_timestamp()"))[0]
        .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private async Task<int> ValueAsync(string data)
    {
        await using var node = await StartAsync(data);
        return (await node.DataSource.QueryAsync<int>("select value from kept"))[0];
    }
}
