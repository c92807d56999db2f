using Npgsql;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>What a scanned text turned out to be.</summary>
/// <param name="Ticket">The ticket of this event that it names; null: none.</param>
/// <param name="Refusal">Why it admits nobody, whatever became of the ticket; null: it is as good as the ticket.</param>
/// <param name="OtherEvent">Title of the organisation's event that it is for, where that is another one.</param>
internal sealed record ScannedTicket(TicketRow? Ticket, ScanOutcome? Refusal, string? OtherEvent = null)
{
    /// <summary>When a rotating code was shown; null: the code does not rotate.</summary>
    public long? Step { get; init; }
}

/// <summary>
/// Reads the codes of one request: signed ones, those that rotate, and those of 16 characters that a ticket was issued
/// with and that people type.
/// </summary>
internal sealed class ScannedCodes(Guid eventId, Guid organisationId)
{
    private readonly Dictionary<string, CodeOnTicket> _signed = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, TicketRow> _byId = [];
    private readonly Dictionary<string, TicketRow> _byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counterOfTyped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TicketRow> _byReference = new(StringComparer.Ordinal);
    private IReadOnlyList<TicketKeyRow> _keys = [];

    /// <summary>When tickets have changed hands, of those that have: read under their locks.</summary>
    public ILookup<Guid, HandOver> HandOvers { private get; set; } =
        Enumerable.Empty<HandOver>().ToLookup(_ => Guid.Empty);

    /// <summary>Since when only rotating codes admit; null: any code does. Read under the locks, too.</summary>
    public DateTimeOffset? RotatingSince { get; set; }

    public IReadOnlyDictionary<Guid, TicketRow> Tickets => _byId;

    /// <summary>Fetches what the scans name.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, IReadOnlyList<ScanRequest> scans)
    {
        foreach (var text in scans.Select(scan => scan.Code).OfType<string>())
        {
            if (Read(ScannedCode.Compact(text)) is { } code)
                _signed[text] = code;
        }

        var hint = SignedCode.HintOf(eventId);
        string[] typed =
        [
            .. scans.Select(scan => scan.Code).OfType<string>().Where(text => !_signed.ContainsKey(text))
                .Select(ScannedCode.Normalize),
        ];
        var tickets = await CheckInStore.FindTicketsAsync(
            connection, eventId, typed,
            [.. scans.Select(scan => scan.TicketId).OfType<Guid>()],
            [.. _signed.Values.Where(one => one.Ticket.EventHint == hint).Select(one => one.Ticket.Reference)]);
        foreach (var ticket in tickets)
        {
            _byId[ticket.Id] = ticket;
            _byCode[ticket.Code] = ticket;
            _byReference[ticket.Code[..SignedCode.ReferenceCharacters]] = ticket;
        }

        if (tickets.Any(ticket => ticket.Counter > 0))
        {
            foreach (var (code, ticketId, counter) in await CheckInStore.FindTypedAsync(connection, eventId, typed))
                (_byCode[code], _counterOfTyped[code]) = (_byId[ticketId], counter);
        }

        if (_signed.Count > 0)
            _keys = await TicketKeyStore.ListAsync(connection, eventId);
    }

    /// <summary>The ticket that a scan is of.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="decidedAt">
    /// When a device has decided it by itself: what was the holder's code then was a good one. Null: it is decided now.
    /// </param>
    public async Task<ScannedTicket> FindAsync(
        NpgsqlConnection connection, ScanRequest scan, DateTimeOffset? decidedAt)
    {
        if (scan.Code is not { } text)
            return Found(_byId.GetValueOrDefault(scan.TicketId!.Value));
        if (_signed.TryGetValue(text, out var signed))
            return await FindSignedAsync(connection, signed, decidedAt) with { Step = signed.Step };
        var code = ScannedCode.Normalize(text);
        if (_byCode.TryGetValue(code, out var ticket))
        {
            return IsHolders(ticket, _counterOfTyped.GetValueOrDefault(code), decidedAt)
                ? Found(ticket)
                : new ScannedTicket(ticket, ScanOutcome.Transferred);
        }

        var other = await CheckInStore.FindOtherEventAsync(connection, organisationId, eventId, code, hint: null);
        return other is null ? Found(null) : new ScannedTicket(null, ScanOutcome.OtherEvent, other.Title);
    }

    private async Task<ScannedTicket> FindSignedAsync(
        NpgsqlConnection connection, CodeOnTicket scanned, DateTimeOffset? decidedAt)
    {
        var code = scanned.Ticket;
        if (code.EventHint != SignedCode.HintOf(eventId))
        {
            // Only what that event's key has signed is its ticket.
            var other = await CheckInStore.FindOtherEventAsync(
                connection, organisationId, eventId, code: null, $"{code.EventHint:x6}");
            return other is not null
                && KeyOf(await TicketKeyStore.ListAsync(connection, other.Id), code) is { } itsKey
                && scanned.IsSignedBy(itsKey.PublicKey, other.Id)
                ? new ScannedTicket(null, ScanOutcome.OtherEvent, other.Title)
                : Found(null);
        }

        if (KeyOf(_keys, code) is not { } key
            || !scanned.IsSignedBy(key.PublicKey, eventId)
            || _byReference.GetValueOrDefault(code.Reference) is not { } ticket)
        {
            return new ScannedTicket(null, ScanOutcome.InvalidSignature);
        }

        if (key.RevokedAt is not null)
            return new ScannedTicket(ticket, ScanOutcome.RevokedKey);
        // Nobody has been given that one yet.
        if (code.Counter > (HandOvers[ticket.Id].LastOrDefault()?.Counter ?? 0))
            return new ScannedTicket(ticket, ScanOutcome.InvalidSignature);
        return IsHolders(ticket, code.Counter, decidedAt)
            ? Found(ticket)
            : new ScannedTicket(ticket, ScanOutcome.Transferred);
    }

    /// <summary>Whether a code with this counter is its holder's: now, or when a device has decided by itself.</summary>
    private bool IsHolders(TicketRow ticket, int counter, DateTimeOffset? decidedAt) =>
        !HandOvers[ticket.Id].Any(over => over.Counter > counter && (decidedAt is null || over.At <= decidedAt));

    /// <summary>A code that rotates, or one that stays; null: neither.</summary>
    private static CodeOnTicket? Read(string text) =>
        LiveCode.TryRead(text, out var live) ? new CodeOnTicket(live.Ticket, live.IsSignedBy, live.Step)
        : SignedCode.TryRead(text, out var code, out var signature)
            ? new CodeOnTicket(
                code, (publicKey, itsEvent) => TicketSigning.IsSignedBy(publicKey, itsEvent, code, signature), null)
            : null;

    private static TicketKeyRow? KeyOf(IReadOnlyList<TicketKeyRow> keys, SignedCode code) =>
        keys.FirstOrDefault(key => key.Number == code.KeyNumber);

    private static ScannedTicket Found(TicketRow? ticket) =>
        new(ticket, ticket is null ? ScanOutcome.NotFound : null);

    /// <summary>A code with a signature.</summary>
    /// <param name="Ticket">Which ticket it names.</param>
    /// <param name="IsSignedBy">Whether a key of an event has signed it.</param>
    /// <param name="Step">When it was shown; null: it does not rotate.</param>
    private sealed record CodeOnTicket(SignedCode Ticket, Func<byte[], Guid, bool> IsSignedBy, long? Step);
}
