using Dapper;
using Npgsql;
using Onsale.Platform.Identity;

namespace Onsale.Server.Operate.PersonData;

/// <summary>
/// GET /me/export: all that is stored of who asks, account or guest, as one JSON document (GDPR, articles 15 and 20).
/// Secrets are left out: hashes of passwords and tokens are of use to nobody but a thief. So are the texts of mails, which
/// hold links that set passwords and codes that open orders, and an address that was never verified may be another's.
/// </summary>
internal static class ExportPerson
{
    private const string Sql = """
        select json_build_object(
            'exportedAt', clock_timestamp(),
            'account', (select json_build_object('id', a.id, 'email', a.email, 'name', a.name,
                    'createdAt', a.created_at, 'emailVerifiedAt', a.email_verified_at)
                from accounts a where a.id = @id),
            'sessions', (select coalesce(json_agg(json_build_object('createdAt', s.created_at,
                    'lastUsedAt', s.rotated_at, 'expiresAt', s.expires_at, 'browser', s.browser,
                    'operatingSystem', s.operating_system) order by s.created_at), '[]')
                from sessions s where s.subject_id = @id),
            'bookings', (select coalesce(json_agg(json_build_object('id', b.id, 'event', e.title, 'eventId', b.event_id,
                    'state', b.state, 'createdAt', b.created_at, 'changedAt', b.changed_at, 'prices', b.prices,
                    'currency', e.currency, 'orderCode', c.order_code, 'contactName', c.name,
                    'contactEmail', c.email, 'contactLanguage', c.language) order by b.id), '[]')
                from bookings b join events e on e.id = b.event_id
                left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
                where b.buyer_id = @id),
            'answers', (select coalesce(json_agg(json_build_object('bookingId', b.id, 'event', e.title,
                    'question', q.label, 'answer', a.answer, 'changedAt', a.changed_at) order by b.id, q.number), '[]')
                from bookings b
                join booking_answers a on a.event_id = b.event_id and a.booking_id = b.id
                join event_questions q on q.event_id = a.event_id and q.id = a.question_id
                join events e on e.id = b.event_id
                where b.buyer_id = @id),
            'waitlists', (select coalesce(json_agg(json_build_object('event', e.title, 'joinedAt', w.joined_at,
                    'state', w.state, 'quantity', w.quantity, 'contactName', c.name, 'contactEmail', c.email)
                    order by w.joined_at), '[]')
                from waitlist_entries w join events e on e.id = w.event_id
                left join waitlist_contacts c on c.event_id = w.event_id and c.entry_id = w.id
                where w.buyer_id = @id),
            'saleReminders', (select coalesce(json_agg(json_build_object('event', e.title, 'askedAt', r.asked_at)
                    order by r.asked_at), '[]')
                from sale_reminders r join events e on e.id = r.event_id
                join accounts a on lower(a.email) = lower(r.email)
                where a.id = @id and a.email_verified_at is not null),
            'favourites', (select coalesce(json_agg(json_build_object('event', e.title, 'addedAt', f.added_at)
                    order by f.added_at), '[]')
                from favourite_events f join events e on e.id = f.event_id where f.account_id = @id),
            'followedVenues', (select coalesce(json_agg(json_build_object('venue', v.name, 'addedAt', f.added_at)
                    order by f.added_at), '[]')
                from followed_venues f join venues v on v.id = f.venue_id where f.account_id = @id),
            'payments', (select coalesce(json_agg(json_build_object('bookingId', p.booking_id, 'event', e.title,
                    'attempt', p.attempt, 'provider', p.provider, 'state', p.state, 'amount', p.amount,
                    'refunded', p.refunded, 'currency', p.currency, 'startedAt', p.started_at,
                    'changedAt', p.changed_at) order by p.started_at, p.attempt), '[]')
                from bookings b join payments p on p.event_id = b.event_id and p.booking_id = b.id
                join events e on e.id = b.event_id
                where b.buyer_id = @id),
            'checkIns', (select coalesce(json_agg(json_build_object('bookingId', o.booking_id, 'event', e.title,
                    'ticketId', s.ticket_id, 'kind', s.kind, 'gate', s.gate, 'scannedAt', s.scanned_at)
                    order by s.scanned_at, s.number), '[]')
                from (select t.event_id, t.id, t.booking_id, null::timestamptz as since
                    from bookings b join tickets t on t.event_id = b.event_id and t.booking_id = b.id
                    where b.buyer_id = @id
                        and not exists (select from ticket_transfers x
                            where x.event_id = t.event_id and x.ticket_id = t.id and x.state = 1)
                    union all
                    select x.event_id, x.ticket_id, x.booking_id, x.ended_at from ticket_transfers x
                    where x.to_buyer_id = @id and x.state = 1
                        and not exists (select from ticket_transfers later
                            where later.event_id = x.event_id and later.ticket_id = x.ticket_id and later.state = 1
                                and later.counter > x.counter)) o
                join check_ins s on s.event_id = o.event_id and s.ticket_id = o.id and s.outcome = 0
                    and (o.since is null or s.scanned_at >= o.since)
                join events e on e.id = o.event_id),
            'transfersGiven', (select coalesce(json_agg(json_build_object('event', e.title, 'ticketId', x.ticket_id,
                    'state', x.state, 'email', x.email, 'offeredAt', x.offered_at, 'endedAt', x.ended_at)
                    order by x.offered_at, x.id), '[]')
                from ticket_transfers x join events e on e.id = x.event_id where x.from_buyer_id = @id),
            'transfersReceived', (select coalesce(json_agg(json_build_object('event', e.title,
                    'ticketId', x.ticket_id, 'name', x.name, 'language', x.language, 'offeredAt', x.offered_at,
                    'receivedAt', x.ended_at) order by x.ended_at, x.id), '[]')
                from ticket_transfers x join events e on e.id = x.event_id
                where x.to_buyer_id = @id and x.state = 1),
            'transfersOffered', (select coalesce(json_agg(json_build_object('event', e.title, 'state', x.state,
                    'email', x.email, 'offeredAt', x.offered_at, 'endedAt', x.ended_at)
                    order by x.offered_at, x.id), '[]')
                from accounts a join ticket_transfers x on lower(x.email) = lower(a.email) and x.state <> 1
                join events e on e.id = x.event_id
                where a.id = @id and a.email_verified_at is not null),
            'mails', (select coalesce(json_agg(json_build_object('kind', m.kind, 'subject', m.subject,
                    'createdAt', m.created_at) order by m.created_at), '[]')
                from accounts a join mails m on lower(m.recipient) = lower(a.email)
                where a.id = @id and a.email_verified_at is not null),
            'memberships', (select coalesce(json_agg(json_build_object('organisation', o.name, 'role', p.role)
                    order by o.name), '[]')
                from organisation_members p join organisations o on o.id = p.organisation_id
                where p.account_id = @id),
            'activities', (select coalesce(json_agg(json_build_object('at', l.at, 'action', l.action,
                    'subject', l.subject, 'subjectId', l.subject_id) order by l.at), '[]')
                from activity_log l where l.actor_id = @id))::text
        """;

    public static async Task<IResult> HandleAsync(
        Buyer buyer, HttpContext context, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var document = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition(Sql, new { id = buyer.Id }, cancellationToken: cancellationToken));
        context.Response.Headers.ContentDisposition = "attachment; filename=\"my-data.json\"";
        return TypedResults.Text(document, "application/json");
    }
}
