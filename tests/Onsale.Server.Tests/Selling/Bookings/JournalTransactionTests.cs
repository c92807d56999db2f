using Microsoft.Extensions.Logging;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class JournalTransactionTests
{
    /// <summary>
    /// A rollback can break by what is neither the database nor the network, such as a listener to the driver's log.
    /// The pool here has one connection: if that were lost, no batch could begin any more.
    /// </summary>
    [Fact]
    public async Task Rollback_that_throws_whatever_gives_the_connection_back_and_ends_the_transaction()
    {
        await using var general = NpgsqlDataSource.Create(await TestCluster.PrivateDatabaseAsync());
        await general.ExecuteAsync("create table locked (id int primary key); insert into locked values (1)");
        var builder = new NpgsqlDataSourceBuilder(general.ConnectionString)
        {
            ConnectionStringBuilder = { MaxPoolSize = 1, Timeout = 1, NoResetOnClose = true },
        };
        var log = new ThrowingLog();
        builder.UseLoggerFactory(log);
        await using var pool = builder.Build();
        var connection = await pool.OpenConnectionAsync();
        await using (var command = new NpgsqlCommand("begin; select 1 from locked for update", connection))
            await command.ExecuteNonQueryAsync();

        await Should.ThrowAsync<InvalidTimeZoneException>(
            async () => await new JournalTransaction(connection, TimeProvider.System).DisposeAsync());

        log.Rollbacks.ShouldBe(1);
        await using var next = await pool.OpenConnectionAsync();
        await general.ExecuteAsync("select 1 from locked for update nowait");
    }

    private sealed class ThrowingLog : ILoggerFactory, ILogger
    {
        public int Rollbacks { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (Rollbacks > 0 || !formatter(state, exception).Contains(JournalSql.Rollback))
                return;
            Rollbacks++;
            throw new InvalidTimeZoneException("Thrown by a listener to the log.");
        }

        public void Dispose()
        {
        }
    }
}
