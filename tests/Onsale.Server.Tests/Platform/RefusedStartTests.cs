using System.Net;
using System.Net.Sockets;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

/// <summary>A start that cannot be says why in one sentence, and leaves nothing behind.</summary>
public sealed class RefusedStartTests
{
    private readonly ServerOptions _options = new(ServerProcess.CreateDataDirectory());

    [Fact]
    public async Task A_second_program_on_the_same_data_directory_says_so_and_exits()
    {
        await using var first = await ServerProcess.StartAsync(_options);

        await using var second = ServerProcess.Launch(_options);

        await ShouldRefuseAsync(second, $"Another Onsale is running on the data directory {_options.DataDirectory}");
        using var answer = await first.Client.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_nothing_is_left_running()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var server = ServerProcess.Launch(_options with { Port = port });

        await ShouldRefuseAsync(server, $"http://127.0.0.1:{port}: address already in use");
        server.Processes().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Onsale:DataDirectry", "/tmp/elsewhere", "there is no setting Onsale:DataDirectry")]
    [LongInlineData("Onsale:RateLimits:Bookin:PermitLimit", "3", "there is no setting 'Bookin'")]
    [LongInlineData("Onsale:RateLimits:Booking:PermitLimit", "x", "'x' at 'Onsale:RateLimits:Booking:PermitLimit'")]
    [LongInlineData("Onsale:Live:MaxConnections", "many", "'many' at 'Onsale:Live:MaxConnections'")]
    [LongInlineData("Onsale:ShopApp:OfflineTickets", "perhaps", "'perhaps' at 'Onsale:ShopApp:OfflineTickets'")]
    [LongInlineData("Onsale:ShopApp:Offline", "true", "'Offline'")]
    [LongInlineData("Onsale:AuditMinutes", "often", "'often' at 'Onsale:AuditMinutes'")]
    [InlineData("Onsale:AuditMinutes", "-5", "Onsale:AuditMinutes is -5; it must be between 0 (no audit) and 1440.")]
    [LongInlineData("Onsale:WaitingRoom:AutoViewers", "0", "Onsale:WaitingRoom:AutoViewers is 0; it must be between 1")]
    [LongInlineData("Onsale:Rehearsals:MaxBuyers", "0", "Onsale:Rehearsals:MaxBuyers is 0; it must be between 1")]
    [LongInlineData("Onsale:KeyEncryptionKey", "short", "Onsale:KeyEncryptionKey must be 32 random bytes")]
    [LongInlineData("Onsale:Payments:Stripe:SecretKey", "pk_test_1", "Onsale:Payments:Stripe:SecretKey is no secret key")]
    [LongInlineData("Onsale:Payments:Stripe:SecretKey", "sk_test_1", "Onsale:Payments:Stripe:PublishableKey must be")]
    [LongInlineData("Onsale:Payments:Stripe:Secret", "sk_test_1", "'Secret'")]
    [LongInlineData("Onsale:Metrics:AllowedNetwork", "10.0.0.0/8", "no setting Onsale:Metrics:AllowedNetwork:")]
    [LongInlineData("Onsale:Metrics:AllowedNetworks", "10.0.0.0/8,here", "Onsale:Metrics:AllowedNetworks has 'here'")]
    [LongInlineData("Onsale:TrustedProxies", "10.0.0.1/99", "Onsale:TrustedProxies has '10.0.0.1/99'")]
    [LongInlineData("Onsale:Backup:Directry", "/tmp/b", "there is no setting Onsale:Backup:Directry")]
    [LongInlineData("Onsale:Backup:Directory", "/tmp/it's", "has a quote, $, %")]
    [LongInlineData("Onsale:Tracing:Ratio", "2", "Onsale:Tracing:Ratio is 2; it must be between 0 and 1.")]
    [LongInlineData("urls", "http://localhost:99999", "a port is a number up to 65535")]
    [InlineData("urls", "ftp://localhost:8081", "Unrecognized scheme in server address 'ftp://localhost:8081'")]
    [LongInlineData("urls", "https://localhost:8081", "set Kestrel:Certificates:Default:Path and :KeyPath")]
    [LongInlineData("Logging:LogLevel:Default", "Loud", "'Loud' is not supported")]
    [LongInlineData("ConnectionStrings:Postgres", "postgres://me@here/onsale", "It looks like Host=localhost;")]
    public async Task A_setting_that_cannot_be_is_named_in_a_sentence(string setting, string value, string sentence)
    {
        await using var server = ServerProcess.Launch(_options with { Settings = Settings((setting, value)) });

        await ShouldRefuseAsync(server, sentence);
        server.Processes().ShouldBeEmpty();
    }

    [Fact]
    public void A_database_that_goes_away_during_the_start_is_told_in_a_sentence() =>
        ProgramRun
            .Explain(new Npgsql.NpgsqlException("Exception while reading from stream", new EndOfStreamException()))
            .ShouldBe("the database went away meanwhile (Exception while reading from stream). "
                + "Start again when it answers.");

    [Fact]
    public void A_disk_that_fills_up_during_the_start_is_told_as_one_that_was_full_before() =>
        ProgramRun
            .Explain(new Npgsql.PostgresException("could not write to file", "PANIC", "PANIC", "53100"))
            .ShouldBe("The disk that holds the database is full (could not write to file). "
                + "Make room and start again.");

    [Fact]
    public async Task An_unreachable_PostgreSQL_is_named()
    {
        await using var server = ServerProcess.Launch(_options with
        {
            Settings = Settings(
                ("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Username=nobody;Database=onsale")),
        });

        await ShouldRefuseAsync(
            server, "PostgreSQL at 127.0.0.1:1, database 'onsale', cannot be used: Connection refused");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var dataSource = Npgsql.NpgsqlDataSource.Create(database))
        await using (var command = dataSource.CreateCommand(
            "insert into schema_migrations (number, name, checksum) values (9999, '9999_later', '')"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var server = ServerProcess.Launch(
            _options with { Settings = Settings(("ConnectionStrings:Postgres", database)) });

        await ShouldRefuseAsync(server, "it was migrated by a newer version of Onsale");
    }

    [RootFact]
    public async Task A_data_directory_that_it_may_not_write_is_named()
    {
        Directory.CreateDirectory(_options.DataDirectory);

        await using var server = ServerProcess.Launch(_options with { UserName = "nobody" });

        await ShouldRefuseAsync(server, $"The data directory {_options.DataDirectory} cannot be written");
    }

    /// <summary>One sentence, exit code 1, no stack trace.</summary>
    private static async Task ShouldRefuseAsync(ServerProcess server, string sentence)
    {
        (await server.ExitAsync()).ShouldBe(1, server.Output);
        server.Output.ShouldContain("Onsale cannot start: ");
        server.Output.ShouldContain(sentence);
        server.Output.ShouldNotContain("   at ");
    }

    private static Dictionary<string, string> Settings(params IEnumerable<(string Key, string Value)> settings) =>
        settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
}
