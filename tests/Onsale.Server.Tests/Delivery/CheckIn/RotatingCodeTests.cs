using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.Door;
using Onsale.Server.Tests.Delivery.Tickets;
using Onsale.Server.Tests.Delivery.Transfers;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.CheckIn;

/// <summary>Events whose tickets are shown live: what the door makes of codes that rotate, and of those that do not.</summary>
public sealed class RotatingCodeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_code_that_is_shown_now_admits_and_a_picture_of_it_is_too_old_40_seconds_later()
    {
        var (door, ticket, phone) = await OpenAsync();

        (await door.OutcomeAsync(phone.Show(Now.AddSeconds(-40)))).ShouldBe("codeExpired");
        (await door.OutcomeAsync(phone.Show(Now.AddSeconds(-LiveCode.StepSeconds)).ToLowerInvariant()))
            .ShouldBe("accepted");
        (await door.OutcomeAsync(phone.Show(Now))).ShouldBe("alreadyCheckedIn");
        (await door.OutcomeAsync(phone.Show(Now.AddHours(-1)), "exit")).ShouldBe(
            "accepted", "whoever is inside may go out");
        (await Node.DataSource.CountAsync(
            "check_ins", "ticket_id = $1 and outcome = 12 and step is not null", ticket.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_phone_whose_clock_is_a_day_off_is_told_from_one_that_shows_a_picture()
    {
        var (door, _, phone) = await OpenAsync();

        (await door.OutcomeAsync(phone.Show(Now.AddDays(1)))).ShouldBe("codeAhead");
        (await door.OutcomeAsync(phone.Show(Now.AddDays(-1)))).ShouldBe("codeExpired");
        (await door.OutcomeAsync(phone.Show(Now))).ShouldBe("accepted");
    }

    [Fact]
    public async Task Codes_that_stay_are_refused_while_codes_rotate_and_admit_again_afterwards()
    {
        var (door, ticket, phone) = await OpenAsync(isOn: false);
        var signed = await ticket.SignAsync(counter: 0);
        var own = $"events/{door.EventId}/bookings/{ticket.BookingId}/tickets";

        await SetAsync(door, isOn: true);
        foreach (var code in new[] { signed, ticket.Code })
            (await door.OutcomeAsync(code)).ShouldBe("liveCodeRequired");
        foreach (var path in new[] { $"{own}/{ticket.Id}/qr", $"{own}/{ticket.Id}/pdf", $"{own}/pdf" })
            (await ticket.Buyer.SendAsync(HttpMethod.Get, path)).Code.ShouldBe("live-only", path);
        (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId))["tickets"][0].GetProperty("live").GetBoolean()
            .ShouldBeTrue();
        // By name, for who has no phone with them.
        (await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/check-ins", door.Staff,
            new { scans = new[] { new { nonce = House.NewId(), ticketId = ticket.Id } } }))["results"][0]
            .GetProperty("outcome").GetString().ShouldBe("accepted");
        (await door.OutcomeAsync(signed, "exit")).ShouldBe("accepted");

        await SetAsync(door, isOn: false);
        (await door.OutcomeAsync(signed)).ShouldBe("accepted");
        (await door.OutcomeAsync(ticket.Code, "exit")).ShouldBe("accepted");
        (await door.OutcomeAsync(phone.Show(Now))).ShouldBe("accepted", "what is shown live is good, too");
        (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId))["tickets"][0].TryGetProperty("live", out _)
            .ShouldBeFalse();
        (await ticket.Buyer.SendAsync(HttpMethod.Get, $"{own}/nothing/live")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_changed_code_and_one_of_another_event_are_refused_by_name()
    {
        var (door, _, phone) = await OpenAsync();
        var (neighbour, _, theirs) = await OpenAsync(door);
        var (_, _, strangers) = await OpenAsync();
        var shown = phone.Show(Now);

        (await door.OutcomeAsync(shown[..273] + (shown[273] == '0' ? '1' : '0'))).ShouldBe("invalidSignature");
        // Signed by the holder of another ticket.
        (await door.OutcomeAsync((phone with { HolderKey = theirs.HolderKey }).Show(Now))).ShouldBe("invalidSignature");
        var other = await door.ScanAsync(theirs.Show(Now));
        other.GetProperty("outcome").GetString().ShouldBe("otherEvent");
        other.GetProperty("otherEvent").GetString().ShouldNotBeNullOrEmpty();
        (await door.OutcomeAsync(strangers.Show(Now))).ShouldBe("notFound");
        (await neighbour.OutcomeAsync(theirs.Show(Now))).ShouldBe("accepted");
        (await door.OutcomeAsync(shown)).ShouldBe("accepted");
    }

    [Fact]
    public async Task Who_gives_a_ticket_away_keeps_a_key_that_admits_nobody()
    {
        var (door, ticket, phone) = await OpenAsync();

        var (receiver, received) = await ticket.GiveAsync();

        var theirs = await LivePhone.OpenAsync(receiver, $"events/{door.EventId}/tickets/{ticket.Id}/live");
        theirs.HolderKey.ShouldNotBe(phone.HolderKey);
        received.GetProperty("live").GetBoolean().ShouldBeTrue();
        (await door.OutcomeAsync(phone.Show(Now))).ShouldBe("transferred");
        (await door.OutcomeAsync(received.GetProperty("code").GetString()!)).ShouldBe("liveCodeRequired");
        foreach (var path in new[] { "qr", "pdf" })
        {
            (await receiver.SendAsync(HttpMethod.Get, $"events/{door.EventId}/tickets/{ticket.Id}/{path}")).Code
                .ShouldBe("live-only", path);
        }

        (await ticket.Buyer.SendAsync(
            HttpMethod.Get, $"events/{door.EventId}/bookings/{ticket.BookingId}/tickets/{ticket.Id}/live")).Status
            .ShouldBe(404);
        (await ticket.Buyer.SendAsync(HttpMethod.Get, $"events/{door.EventId}/tickets/{ticket.Id}/live")).Code
            .ShouldBe("ticket-not-found");
        (await door.OutcomeAsync(theirs.Show(Now))).ShouldBe("accepted");
    }

    [Fact]
    public async Task Nobody_else_gets_the_key_and_nobody_keeps_it_on_the_way()
    {
        var (door, ticket, _) = await OpenAsync();
        var path = $"events/{door.EventId}/bookings/{ticket.BookingId}/tickets/{ticket.Id}/live";

        var answer = await ticket.Buyer.SendAsync(HttpMethod.Get, path);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
        (await (await Booker.GuestAsync(Node)).SendAsync(HttpMethod.Get, path)).Status.ShouldBe(404);
        using var nobody = await Node.Client.GetAsync($"/api/v1/{path}");
        ((int)nobody.StatusCode).ShouldBe(401);
        using var noOrder = await Node.Client.GetAsync($"/api/v1/orders/tickets/{ticket.Id}/live");
        ((int)noOrder.StatusCode).ShouldBe(403);
        (await Node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'event.rotating-codes-changed'", door.EventId)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_finds_an_order_by_its_code_shows_its_tickets_live()
    {
        var (door, ticket, phone) = await OpenAsync();
        var order = (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId))["orderCode"].GetString();
        var email = (await Node.DataSource.QueryAsync<string>(
            "select email from booking_contacts where booking_id = $1", ticket.BookingId)).Single();
        using var found = await Node.Client.PostAsJsonAsync("/api/v1/orders/find", new { orderCode = order, email });
        var access = (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access").GetString();

        var live = await AskAsync($"{ticket.Id}/live");
        (await AskAsync($"{ticket.Id}/qr")).GetProperty("code").GetString().ShouldBe("live-only");
        (await AskAsync("pdf")).GetProperty("code").GetString().ShouldBe("live-only");

        // One ticket, one holder: the same key as on the buyer's own page.
        live.GetProperty("holderKey").GetBytesFromBase64().ShouldBe(phone.HolderKey);
        (await AskAsync($"{House.NewId()}/live")).GetProperty("code").GetString().ShouldBe("not-found");

        async Task<JsonElement> AskAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/orders/tickets/{path}");
            request.Headers.TryAddWithoutValidation("Order-Access", access);
            using var response = await Node.Client.SendAsync(request);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Fact]
    public async Task A_code_is_good_for_one_entry_also_after_its_holder_went_out()
    {
        var (door, ticket, phone) = await OpenAsync();
        var shown = phone.Show(Now);

        (await door.OutcomeAsync(shown)).ShouldBe("accepted");
        (await door.OutcomeAsync(shown, "exit")).ShouldBe("accepted");
        (await door.OutcomeAsync(shown)).ShouldBe("codeReused");
        (await door.OutcomeAsync(phone.Show(Now.AddSeconds(LiveCode.StepSeconds)))).ShouldBe("accepted");
        // An entry that was a mistake is taken back: its code is as good as before.
        (await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/check-ins", door.Staff,
            new { scans = new[] { new { nonce = House.NewId(), ticketId = ticket.Id, kind = "undo" } } })).Status
            .ShouldBe(200);
        (await door.OutcomeAsync(phone.Show(Now.AddSeconds(LiveCode.StepSeconds)))).ShouldBe("accepted");
    }

    [Fact]
    public async Task A_device_that_decided_without_a_network_is_judged_by_the_time_of_its_scan()
    {
        var (door, _, phone) = await OpenAsync();
        var device = await DoorDevice.PairAsync(door);
        var (_, second) = await BuyAsync(door);
        var hourAgo = Now.AddHours(-1);
        // Its clock is a day ahead.
        var (wrongNow, wrongThen) = (Now.AddDays(1), hourAgo.AddDays(1));

        (await device.OutcomeAsync(wrongNow, DoorDevice.Offline(phone.Show(hourAgo), wrongThen))).ShouldBe("accepted");
        (await device.OutcomeAsync(
            Now, DoorDevice.Offline(second.Show(hourAgo.AddSeconds(-40)), hourAgo, admitted: false)))
            .ShouldBe("codeExpired");
        // It has let in who showed a picture of a quarter of an hour.
        (await device.OutcomeAsync(Now, DoorDevice.Offline(second.Show(hourAgo.AddMinutes(-15)), hourAgo)))
            .ShouldBe("codeExpired");
        (await door.CountsAsync()).GetProperty("conflicts").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("outcome").GetString().ShouldBe("codeExpired");
        // What is decided now is of now, whatever time the device tells.
        (await device.OutcomeAsync(
            Now, new { nonce = House.NewId(), code = second.Show(hourAgo), scannedAt = hourAgo })).ShouldBe("codeExpired");
    }

    [Fact]
    public async Task Who_came_in_by_a_print_before_codes_rotated_is_no_conflict_and_who_came_after_is()
    {
        var (door, ticket, _) = await OpenAsync(isOn: false);
        var device = await DoorDevice.PairAsync(door);
        var late = await OwnedTicket.BuyAsync(door);
        (await device.AskAsync(HttpMethod.Get, "event"))["state"].GetProperty("rotatingCodes").GetBoolean()
            .ShouldBeFalse();
        var before = Now.AddSeconds(-2);
        await SetAsync(door, isOn: true);

        (await device.OutcomeAsync(Now, DoorDevice.Offline(await ticket.SignAsync(0), before))).ShouldBe("accepted");
        (await device.OutcomeAsync(Now, DoorDevice.Offline(await late.SignAsync(0), Now))).ShouldBe("liveCodeRequired");
        var state = (await device.AskAsync(HttpMethod.Get, "event"))["state"];
        state.GetProperty("rotatingCodes").GetBoolean().ShouldBeTrue();
        (await device.AskAsync(HttpMethod.Get, $"changes?after={state.GetProperty("changesAfter").GetString()}"))["state"]
            .GetProperty("rotatingCodes").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_of_an_earlier_event_key_works_until_that_is_revoked_and_then_the_phone_asks_anew()
    {
        var (door, ticket, phone) = await OpenAsync();
        foreach (var (revokeEarlier, outcome) in new[] { (false, "accepted"), (true, "revokedKey") })
        {
            (await door.Organisation.AskAsync(
                HttpMethod.Post, $"/events/{door.EventId}/ticket-keys", door.Organisation.Owner,
                new { revokeEarlier })).Status.ShouldBe(200);
            (await door.OutcomeAsync(phone.Show(Now))).ShouldBe(outcome);
            await door.OutcomeAsync(phone.Show(Now), "exit");
        }

        var anew = await LivePhone.OpenAsync(
            ticket.Buyer, $"events/{door.EventId}/bookings/{ticket.BookingId}/tickets/{ticket.Id}/live");
        (await door.OutcomeAsync(anew.Show(Now.AddSeconds(LiveCode.StepSeconds)))).ShouldBe("accepted");
    }

    private static async Task SetAsync(OpenDoor door, bool isOn) => (await door.Organisation.AskAsync(
        HttpMethod.Put, $"/events/{door.EventId}/ticket-rules", door.Organisation.Owner, new { rotatingCodes = isOn }))
        .Status.ShouldBe(200);

    private static async Task<(OwnedTicket Ticket, LivePhone Phone)> BuyAsync(OpenDoor door)
    {
        var ticket = await OwnedTicket.BuyAsync(door);
        var path = $"events/{door.EventId}/bookings/{ticket.BookingId}/tickets/{ticket.Id}/live";
        return (ticket, await LivePhone.OpenAsync(ticket.Buyer, path));
    }

    private async Task<(OpenDoor Door, OwnedTicket Ticket, LivePhone Phone)> OpenAsync(
        OpenDoor? neighbour = null, bool isOn = true)
    {
        var door = await OpenDoor.OpenAsync(Node, neighbour?.Organisation);
        if (isOn)
            await SetAsync(door, isOn);
        var (ticket, phone) = await BuyAsync(door);
        return (door, ticket, phone);
    }
}
