using Npgsql;
using Onsale.Platform.Mail;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>
/// Writes the mails that are due, on any number of nodes: a reminder is locked while its mail is written, and both are
/// one transaction.
/// </summary>
internal sealed class ReminderRounds(NpgsqlDataSource dataSource, ReminderStore store, ReminderMails mails)
{
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        while (await WriteSomeAsync(cancellationToken) == RemindersLimits.MaxBatchMails)
        {
        }

        await store.DeleteOldAsync(cancellationToken);
    }

    private async Task<int> WriteSomeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var due = await ReminderStore.LockDueAsync(connection, cancellationToken);
        foreach (var reminder in due)
            await MailQueue.AddAsync(connection, mails.Compose(reminder, reminder.Kind), cancellationToken);
        if (due.Count > 0)
            await ReminderStore.MarkToldAsync(connection, due, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }
}
