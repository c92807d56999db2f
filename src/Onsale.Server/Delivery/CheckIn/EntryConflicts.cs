namespace Onsale.Server.Delivery.CheckIn;

/// <summary>An entry that should not have been.</summary>
internal sealed record ConflictRow(
    Guid Nonce, Guid Id, string Code, bool IsValid, int Tier, int Seat, short Outcome, DateTime At, string Gate,
    Guid? DeviceId, string? Device, DateTime? StandingAt, string? StandingGate, Guid? StandingDeviceId,
    string? StandingDevice);

/// <summary>Entries by which somebody came in although the ticket admits nobody more.</summary>
internal static class EntryConflicts
{
    /// <summary>Those of an event, with check-ins as c; conditions may follow.</summary>
    public const string Sql = """
        select c.nonce, t.id, t.code, t.state = 0 as is_valid, b.tiers[t.line + 1]::integer as tier,
            b.seats[t.line + 1] as seat, c.outcome, c.scanned_at as at, c.gate, c.device_id, d.name as device,
            s.scanned_at as standing_at, s.gate as standing_gate, s.device_id as standing_device_id,
            sd.name as standing_device
        from check_ins c
        join tickets t on t.event_id = c.event_id and t.id = c.ticket_id
        join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        left join door_devices d on d.event_id = c.event_id and d.id = c.device_id
        left join lateral (
            select scanned_at, gate, device_id from check_ins
            where event_id = c.event_id and ticket_id = c.ticket_id and outcome = 0 and kind = 0
                and scanned_at <= c.scanned_at
            order by scanned_at desc, number desc limit 1) s on true
        left join door_devices sd on sd.event_id = c.event_id and sd.id = s.device_id
        where c.event_id = @eventId and c.admitted and c.kind = 0 and c.outcome <> 0
        """;

    public const string NewestFirst = "order by c.scanned_at desc limit @limit";

    /// <summary>As the door and the organiser are told of it; without a name.</summary>
    public static DoorConflict Show(ConflictRow row, Func<TicketRow, DoorTicket> show) => new(
        row.Nonce, show(new TicketRow(row.Id, row.Code, row.IsValid, row.Tier, row.Seat, null, null)),
        (ScanOutcome)row.Outcome, new PreviousScan(new DateTimeOffset(row.At), row.Gate, row.Device), row.DeviceId,
        row.StandingAt is { } at
            ? new PreviousScan(new DateTimeOffset(at), row.StandingGate!, row.StandingDevice)
            : null,
        row.StandingDeviceId);
}
