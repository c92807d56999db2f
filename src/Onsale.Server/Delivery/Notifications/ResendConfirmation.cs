using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Bookings.Counter;

namespace Onsale.Server.Delivery.Notifications;

/// <summary>
/// POST …/bookings/{bookingId}/resend: sends the confirmation again, to the address that the booking has now. Presses
/// in the same minute of the clock are one mail.
/// </summary>
internal static class ResendConfirmation
{
    private static readonly Problem s_notConfirmed = new(
        StatusCodes.Status409Conflict, "not-confirmed", "Only a confirmed booking has tickets to send.");

    private static readonly Problem s_noAddress = new(
        StatusCodes.Status409Conflict, "no-address",
        "Nobody has given an e-mail address for this booking. Add one to the buyer's details first.");

    public static async Task<Results<Accepted<ResentMail>, Problem>> HandleAsync(
        string @event, string bookingId, OrganisationAccess access, EditedEvents events, BookingReader reader,
        BookingMails mails, ActivityLog activities, NpgsqlDataSource dataSource, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();

        if (booking.State != BookingState.Confirmed)
            return s_notConfirmed;
        if (await mails.ComposeAsync(row.Id, booking, NotificationKind.BookingConfirmed, cancellationToken)
            is not { } mail)
        {
            return s_noAddress;
        }

        var minute = time.GetUtcNow().ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var address = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.To.Address))[..8]);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await MailQueue.AddAsync(
            connection, mail with { Cause = $"{mail.Cause}:again:{minute}:{address}" }, cancellationToken))
        {
            // The log holds no addresses.
            await activities.AddAsync(
                connection,
                new Activity(access.Actor, "booking.resent", "booking", $"{booking.Id}") { EventId = row.Id },
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Accepted((string?)null, new ResentMail(mail.To.Address));
    }
}

/// <summary>A mail that was queued.</summary>
/// <param name="Email">Where it goes.</param>
internal sealed record ResentMail(string Email);

[JsonSerializable(typeof(ResentMail))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
