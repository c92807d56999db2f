using Onsale.Server.Delivery.Door;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Door;

public sealed class DoorDeviceTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_pairing_code_is_good_once_and_the_token_opens_only_the_door()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var device = await DoorDevice.PairAsync(door);

        (await DoorDevice.AskAsync(Node.Client, HttpMethod.Post, "pair", null, new { code = device.Code })).Code
            .ShouldBe("pairing-not-found");
        var shown = await device.AskAsync(HttpMethod.Get, "event");
        shown["eventId"].GetGuid().ShouldBe(door.EventId);
        shown["state"].GetProperty("keys").GetArrayLength().ShouldBe(1);
        // The token is no access token: what is not below /door is not there for it.
        (await Node.AskAsync(
            HttpMethod.Get, $"organisations/{door.Organisation.Id}/events/{door.EventId}/check-ins", device.Token))
            .Status.ShouldBe(401);
        (await Node.DataSource.CountAsync(
            "door_devices", "event_id = $1 and position(convert_to($2, 'UTF8') in token_hash) > 0", door.EventId,
            device.Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_that_use_one_pairing_code_at_once_one_is_paired()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var pairing = await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/door-devices", door.Staff, new { name = "North" });
        var code = pairing["code"].GetString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            DoorDevice.AskAsync(Node.Client, HttpMethod.Post, "pair", null, new { code })));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "pairing-not-found").ShouldBe(9);
    }

    [Fact]
    public async Task A_revoked_device_and_one_that_never_was_are_refused_everywhere()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var device = await DoorDevice.PairAsync(door);
        var path = $"/events/{door.EventId}/door-devices/{device.Id}";
        (await device.AskAsync(HttpMethod.Get, "event")).Status.ShouldBe(200);

        (await door.Organisation.AskAsync(HttpMethod.Delete, path, door.Staff)).Status.ShouldBe(204);
        (await door.Organisation.AskAsync(HttpMethod.Delete, path, door.Staff)).Status.ShouldBe(204);

        foreach (var token in new[] { device.Token, "x", null, new string('x', 500) })
        {
            foreach (var (method, route) in new[]
                {
                    (HttpMethod.Get, "event"), (HttpMethod.Get, "tickets"), (HttpMethod.Get, "changes?after=0"),
                    (HttpMethod.Post, "check-ins"),
                })
            {
                var body = method == HttpMethod.Post ? new { scans = new[] { OpenDoor.Scan("A") } } : null;
                (await DoorDevice.AskAsync(Node.Client, method, route, token, body)).Code
                    .ShouldBe("device-not-paired", route);
            }
        }

        var listed = await door.Organisation.AskAsync(
            HttpMethod.Get, $"/events/{door.EventId}/door-devices", door.Staff);
        listed["data"][0].GetProperty("state").GetString().ShouldBe("revoked");
        listed.Body.ToString().ShouldNotContain(device.Token);
        (await Node.DataSource.CountAsync(
            "activity_log", "action like 'doorDevice.%' and event_id = $1", door.EventId)).ShouldBe(2);
    }

    [Fact]
    public async Task A_pairing_code_ends_with_its_time_and_another_houses_devices_are_not_there()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var stranger = await OpenDoor.OpenAsync(Node);
        var device = await DoorDevice.PairAsync(door);
        var pairing = await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/door-devices", door.Staff, new { name = "South" });
        await Node.DataSource.ExecuteAsync(
            "update door_devices set pairing_expires_at = clock_timestamp() where event_id = $1 and id = $2",
            door.EventId, pairing.Id);

        (await DoorDevice.AskAsync(
            Node.Client, HttpMethod.Post, "pair", null, new { code = pairing["code"].GetString() })).Code
            .ShouldBe("pairing-not-found");
        (await stranger.Organisation.AskAsync(
            HttpMethod.Delete, $"/events/{stranger.EventId}/door-devices/{device.Id}", stranger.Staff)).Code
            .ShouldBe("device-not-found");
        (await stranger.Organisation.AskAsync(
            HttpMethod.Delete, $"/events/{door.EventId}/door-devices/{device.Id}", stranger.Staff)).Code
            .ShouldBe("event-not-found");
        foreach (var name in new[] { "", new string('x', 51) })
        {
            (await door.Organisation.AskAsync(
                HttpMethod.Post, $"/events/{door.EventId}/door-devices", door.Staff, new { name })).Code
                .ShouldBe("validation");
        }

        foreach (var code in new[] { "", new string('x', 101) })
        {
            (await DoorDevice.AskAsync(Node.Client, HttpMethod.Post, "pair", null, new { code })).Code
                .ShouldBe("validation");
        }
    }

    [Fact]
    public async Task The_list_has_hashes_and_seats_and_names_only_where_they_are_allowed()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var codes = await door.SellAsync(3, name: "Ada Brook");
        await door.SellAsync(1, cancel: true);
        await door.OutcomeAsync(codes[0]);
        await door.OutcomeAsync(codes[2]);
        await door.OutcomeAsync(codes[2], "exit");
        var blind = await DoorDevice.PairAsync(door, "North");
        var seeing = await DoorDevice.PairAsync(door, "South", showsNames: true);

        var part = (await blind.AskAsync(HttpMethod.Get, "tickets")).Body;
        part.GetProperty("tiers").GetArrayLength().ShouldBe(4);
        part.GetProperty("cancelled").GetArrayLength().ShouldBe(1);
        part.GetProperty("inside").GetArrayLength().ShouldBe(1);
        part.GetProperty("wentOut").GetArrayLength().ShouldBe(1);
        part.TryGetProperty("names", out _).ShouldBeFalse();
        part.TryGetProperty("next", out _).ShouldBeFalse();
        var hashes = part.GetProperty("codes").GetBytesFromBase64();
        var wanted = new byte[DoorHash.CodeBytes];
        DoorHash.Write(door.EventId, codes[1], wanted);
        hashes.Chunk(DoorHash.CodeBytes).Count(hash => hash.SequenceEqual(wanted)).ShouldBe(1);
        foreach (var text in codes.Append("@").Append("Ada").Append("price"))
            part.ToString().ShouldNotContain(text);

        var named = (await seeing.AskAsync(HttpMethod.Get, "tickets")).Body;
        named.GetProperty("names").EnumerateArray().Select(name => name.GetString()).ShouldAllBe(
            name => name == "Ada Brook");
        named.ToString().ShouldNotContain("@");
        // A scan is answered without the name, too.
        var now = TimeProvider.System.GetUtcNow();
        (await blind.SendAsync(now, OpenDoor.Scan(codes[1]))).Single().GetRawText().ShouldNotContain("Ada");
        (await seeing.SendAsync(now, OpenDoor.Scan(codes[2]))).Single().GetRawText().ShouldContain("Ada");
        (await blind.AskAsync(HttpMethod.Get, "tickets?after=x")).Code.ShouldBe("validation");
        (await blind.AskAsync(HttpMethod.Get, "changes?after=x")).Code.ShouldBe("validation");
        (await blind.AskAsync(HttpMethod.Get, "changes")).Code.ShouldBe("validation");
    }

    [Fact]
    public async Task An_event_has_so_many_devices_and_no_more()
    {
        var door = await OpenDoor.OpenAsync(Node);
        await Node.DataSource.ExecuteAsync(
            """
            insert into door_devices (
                event_id, id, organisation_id, name, shows_names, created_by, pairing_hash, pairing_expires_at)
            select $1, gen_random_uuid(), $2, 'x', false, $2, uuid_send(gen_random_uuid()), now() + interval '1 hour'
            from generate_series(2, $3)
            """, door.EventId, door.Organisation.Id, DoorLimits.MaxDevices);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{door.EventId}/door-devices", door.Staff, new { name = $"{i}" })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Code == "too-many-devices").ShouldBe(3);
    }
}
