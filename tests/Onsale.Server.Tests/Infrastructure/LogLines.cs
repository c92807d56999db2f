using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>What a node writes to its log, of the categories that begin so, as far as its filters let it.</summary>
internal sealed class LogLines(params string[] categories) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The messages until now, oldest first.</summary>
    public IReadOnlyList<string> All => [.. _lines];

    /// <summary>Configures a node to write here too.</summary>
    public void Use(WebApplicationBuilder builder) => builder.Logging.AddProvider(this);

    public ILogger CreateLogger(string categoryName) => new Logger(
        this, Array.Exists(categories, start => categoryName.StartsWith(start, StringComparison.Ordinal)));

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines log, bool isWanted) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isWanted;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (isWanted)
                log._lines.Enqueue(formatter(state, exception));
        }
    }
}
