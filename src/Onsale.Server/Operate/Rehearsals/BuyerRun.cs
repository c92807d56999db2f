using System.Text.Json;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>
/// What one simulated buyer does, request by request: a guest's session, the event's page, the line, the admission,
/// places, payment.
/// </summary>
internal sealed class BuyerRun(
    SimulatedBuyer buyer, CopyHouse house, RehearsalProfile profile, RehearsalClient client, QueueWatch queue,
    RehearsalRecord record, TimeProvider time)
{
    private const string Bought = "bought";
    private const string SoldOut = "sold-out";
    private const string Refused = "refused";
    private const int MaxRetrySeconds = 10;

    private string _token = "";
    private Guid _id;
    private string? _admission;
    private int _taste;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await UntilAsync(buyer.ArrivesAtSeconds, cancellationToken);
            record.Arrivals.Enqueue(buyer.ArrivesAtSeconds);
            record.Ended(await ShopAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            record.Ended("cut-off");
        }
    }

    private async Task<string> ShopAsync(CancellationToken cancellationToken)
    {
        var guest = await SendAsync(RehearsalSteps.Guest, HttpMethod.Post, "/auth/guest", null, cancellationToken);
        if (!guest.IsOk)
            return Refused;
        _token = guest.Body.GetProperty("accessToken").GetString()!;
        _id = guest.Body.GetProperty("user").GetProperty("id").GetGuid();
        await SendAsync(RehearsalSteps.Event, HttpMethod.Get, $"/events/{house.CopyId}", null, cancellationToken);
        for (var attempt = 1; attempt <= RehearsalsLimits.MaxHoldAttempts; attempt++)
        {
            if (queue.State.Phase != QueuePhase.Closed && _admission is null
                && await WaitInLineAsync(cancellationToken) is { } gone)
                return gone;
            await UntilAsync(0, cancellationToken);
            if (attempt == 1)
                await PauseAsync(buyer.ChoosesForSeconds, cancellationToken);
            if (await ChooseAsync(attempt, cancellationToken) is not { } wish)
                return SoldOut;
            var heldAt = client.Now;
            var held = await SendAsync(
                RehearsalSteps.Hold, HttpMethod.Post, $"/events/{house.CopyId}/bookings", wish, cancellationToken,
                _admission is null ? null : ("Queue-Admission", _admission));
            if (held.IsOk)
                return await EndAsync(held.Body, heldAt, cancellationToken);
            switch (held.Code)
            {
                case "admission-required":
                    _admission = null;
                    await queue.NextAsync(cancellationToken);
                    break;
                case "sold-out" or "not-adjacent":
                    if (++_taste >= house.Tiers.Count)
                        return SoldOut;
                    break;
                case "overloaded" or "rate-limited" or "read-only" or "unavailable" or "outcome-unknown"
                    or "not-on-sale":
                    await PauseAsync(Math.Clamp(held.RetryAfterSeconds, 1, MaxRetrySeconds), cancellationToken);
                    break;
                case "limit-exceeded":
                    return Refused;
                default:
                    if (held.Status != StatusCodes.Status409Conflict)
                        return Refused;
                    break;
            }
        }

        return Refused;
    }

    /// <summary>Null: admitted; else how it ended.</summary>
    private async Task<string?> WaitInLineAsync(CancellationToken cancellationToken)
    {
        var joined = await SendAsync(
            RehearsalSteps.Join, HttpMethod.Post, $"/events/{house.CopyId}/queue", "{}", cancellationToken);
        if (!joined.IsOk)
        {
            // It closed between the two, and then nobody needs an admission.
            await queue.NextAsync(cancellationToken);
            return joined.Code == "queue-closed" ? null : Refused;
        }

        var pass = joined.Body.GetProperty("pass").GetString()!;
        var number = joined.Body.TryGetProperty("number", out var given) ? given.GetInt64() : 0;
        var since = client.Now;
        record.BeginWaiting();
        try
        {
            while (client.Now - since < profile.PatienceSeconds)
            {
                var state = queue.State;
                if (state.Phase == QueuePhase.Closed)
                    return null;
                if (state.Phase == QueuePhase.SoldOut)
                    return SoldOut;
                if (state.IsServed(number, house.CopyId, _id) && await ClaimAsync(pass, cancellationToken))
                {
                    // Who waits before the sale waits for the sale, not for the line.
                    record.Entries.Enqueue(new RehearsalEntry(client.Now, client.Now - Math.Max(since, 0)));
                    return null;
                }

                await queue.NextAsync(cancellationToken);
            }

            return "impatient";
        }
        finally
        {
            record.EndWaiting();
        }
    }

    private async Task<bool> ClaimAsync(string pass, CancellationToken cancellationToken)
    {
        var claimed = await SendAsync(
            RehearsalSteps.Admission, HttpMethod.Post, $"/events/{house.CopyId}/queue/admission",
            $$"""{"pass":"{{pass}}"}""", cancellationToken);
        if (!claimed.IsOk)
            return false;
        _admission = claimed.Body.GetProperty("token").GetString();
        return true;
    }

    /// <summary>What to ask for, as the body of a hold; null: nothing is left to ask for.</summary>
    private async Task<string?> ChooseAsync(int attempt, CancellationToken cancellationToken)
    {
        var places = Math.Min(buyer.Places, house.MaxPlaces);
        if (buyer.UsesMap && house.Seats > 0)
        {
            var answer = await SendAsync(
                RehearsalSteps.Availability, HttpMethod.Get, $"/events/{house.CopyId}/availability", null,
                cancellationToken);
            if (answer.IsOk && answer.Body.TryGetProperty("seats", out var packed)
                && FreeSeats.Find(
                    packed.GetBytesFromBase64(), house.Seats, places,
                    unchecked(buyer.Taste * (ulong)attempt)) is { } seats)
                return $$"""{"seats":[{{string.Join(',', seats)}}]}""";
        }

        if (_taste >= house.Tiers.Count)
            return null;
        var tier = house.Tiers[(int)((buyer.Taste + (ulong)_taste) % (ulong)house.Tiers.Count)];
        return $$"""{"tickets":[{"tierId":"{{tier}}","quantity":{{places}}}]}""";
    }

    private async Task<string> EndAsync(JsonElement booking, double heldAt, CancellationToken cancellationToken)
    {
        var path = $"/events/{house.CopyId}/bookings/{booking.GetProperty("id").GetGuid()}";
        var places = booking.GetProperty("items").GetArrayLength();
        await PauseAsync(buyer.PaysAfterSeconds, cancellationToken);
        if (buyer.Intention == Intention.Abandon)
        {
            record.Unpaid.Enqueue(places);
            return "abandoned";
        }

        if (buyer.Intention == Intention.Release)
        {
            await SendAsync(RehearsalSteps.Release, HttpMethod.Delete, path, null, cancellationToken);
            return "released";
        }

        var token = buyer.PaymentToken;
        for (var attempt = 1; attempt <= RehearsalsLimits.MaxPayAttempts; attempt++)
        {
            var paid = await SendAsync(
                RehearsalSteps.Pay, HttpMethod.Post, $"{path}/confirm", $$"""{"payment":{"token":"{{token}}"} }""",
                cancellationToken);
            if (paid.IsOk)
            {
                record.Sold(new RehearsalSale(client.Now, client.Now - heldAt, places));
                return Bought;
            }

            if (paid.Code is "hold-expired" or "booking-not-found")
                return "not-paid";
            // Another card.
            if (paid.Code is "payment-declined" or "payment-unanswered")
                token = "sim_success";
            await PauseAsync(Math.Clamp(paid.RetryAfterSeconds, 1, MaxRetrySeconds), cancellationToken);
        }

        record.Unpaid.Enqueue(places);
        return "not-paid";
    }

    private Task<RehearsalAnswer> SendAsync(
        string step, HttpMethod method, string path, string? body, CancellationToken cancellationToken,
        (string, string)? header = null) =>
        client.SendAsync(
            step, buyer.Number, method, path, _token.Length == 0 ? null : _token, body, header, cancellationToken);

    private Task UntilAsync(double second, CancellationToken cancellationToken) =>
        PauseAsync(second - client.Now, cancellationToken);

    private Task PauseAsync(double seconds, CancellationToken cancellationToken) => seconds <= 0
        ? Task.CompletedTask
        : Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
}

/// <summary>What simulated buyers know of the house: as its page shows it.</summary>
/// <param name="Tiers">Ids.</param>
/// <param name="Seats">Numbered seats.</param>
/// <param name="MaxPlaces">That one buyer may have.</param>
internal sealed record CopyHouse(Guid CopyId, IReadOnlyList<Guid> Tiers, int Seats, int MaxPlaces);

/// <summary>Chooses seats as somebody does who looks at the map.</summary>
internal static class FreeSeats
{
    private const int SeatsPerByte = 4;

    /// <summary>
    /// So many free seats with neighbouring ordinals, the first such group from where the buyer likes to sit; null:
    /// there
    /// is none.
    /// </summary>
    /// <param name="packed">Two bits a seat, as the API has them.</param>
    /// <param name="seats">How many there are.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="taste">Where to begin.</param>
    public static int[]? Find(ReadOnlySpan<byte> packed, int seats, int count, ulong taste)
    {
        if (seats == 0 || seats > packed.Length * SeatsPerByte)
            return null;
        var from = (int)(taste % (ulong)seats);
        var run = 0;
        // Once around, and on to where a group that begins before the start would end.
        for (var i = 0; i < seats + count - 1; i++)
        {
            var seat = (from + i) % seats;
            if (seat == 0)
                run = 0;
            run = ((packed[seat / SeatsPerByte] >> (seat % SeatsPerByte * 2)) & 3) == 0 ? run + 1 : 0;
            if (run == count)
                return [.. Enumerable.Range(seat - count + 1, count)];
        }

        return null;
    }
}
