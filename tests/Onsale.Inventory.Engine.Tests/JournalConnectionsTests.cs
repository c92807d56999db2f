using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Tests;

public sealed class JournalConnectionsTests
{
    [Fact]
    public void Configured_options_are_kept_and_come_last()
    {
        var journal = JournalConnections.Describe("Host=db;Options=-c search_path=shop -c plan_cache_mode=auto");
        journal.Options.ShouldNotBeNull().ShouldStartWith("-c plan_cache_mode=force_generic_plan");
        journal.Options.ShouldEndWith(" -c search_path=shop -c plan_cache_mode=auto");
        journal.ApplicationName.ShouldBe("onsale-journal");
        journal.IncludeFailedBatchedCommand.ShouldBeTrue();
    }

    [Fact]
    public void Without_configured_options_there_are_the_journals_own() =>
        JournalConnections.Describe("Host=db").Options.ShouldNotBeNull().ShouldEndWith("-c tcp_keepalives_count=3");
}
