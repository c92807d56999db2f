using System.Net.Sockets;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Cluster;
using Onsale.Platform.Mail;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>Looks at what this node depends on: how long each takes to answer, and when it last did not.</summary>
internal sealed class Dependencies(
    NpgsqlDataSource dataSource, IOptions<MailOptions> mail, TimeProvider time, RedisConnection? redis = null)
{
    private const string Up = "up";
    private const string Down = "down";

    private DependencyResponse[] _states =
        [new("postgres", Up), new("redis", redis is null ? "off" : Up), new("mail", "off")];

    public IReadOnlyList<DependencyResponse> States => Volatile.Read(ref _states);

    /// <summary>One round of the job: all at once, each for a few seconds at most.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = _states;
        Volatile.Write(ref _states, await Task.WhenAll(
            LookAsync(before[0], AskPostgresAsync, cancellationToken),
            redis is null ? Task.FromResult(before[1]) : LookAsync(before[1], AskRedisAsync, cancellationToken),
            mail.Value.Host.Length == 0
                ? Task.FromResult(before[2])
                : LookAsync(before[2], AskMailAsync, cancellationToken)));
    }

    private async Task<DependencyResponse> LookAsync(
        DependencyResponse before, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(SystemLimits.ProbeSeconds));
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token);
            return before with { State = Up, LatencyMs = time.GetElapsedTime(started).TotalMilliseconds };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: how a dependency fails is what is looked for.
            var error = exception is OperationCanceledException
                ? $"No answer within {SystemLimits.ProbeSeconds} s."
                : exception.GetBaseException().Message;
            return before with { State = Down, LatencyMs = null, FailedAt = time.GetUtcNow(), Error = error };
        }
    }

    private async Task AskPostgresAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select 1", cancellationToken: cancellationToken));
    }

    private async Task AskRedisAsync(CancellationToken cancellationToken)
    {
        if (redis?.Live is not { } live)
            throw new IOException("There is no connection.");
        await live.GetDatabase().PingAsync().WaitAsync(cancellationToken);
    }

    private async Task AskMailAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(mail.Value.Host, mail.Value.Port, cancellationToken);
    }
}
