using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Door;

/// <summary>What devices decided without a network, and tell of afterwards.</summary>
public sealed class OfflineScanTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_devices_that_admit_one_ticket_the_earlier_stands_whichever_tells_first(
        bool earlierTellsFirst)
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = await door.SignAsync((await door.SellAsync(1)).Single());
        var (north, south) = (await DoorDevice.PairAsync(door, "North"), await DoorDevice.PairAsync(door, "South"));
        var (start, began) = (Now, await PositionAsync(north));
        var first = DoorDevice.Offline(code, start.AddMinutes(-10), gate: "A");
        var second = DoorDevice.Offline(code, start.AddMinutes(-5), gate: "B");

        if (earlierTellsFirst)
        {
            (await north.OutcomeAsync(start, first)).ShouldBe("accepted");
            var refused = (await south.SendAsync(start, second)).Single();
            refused.GetProperty("outcome").GetString().ShouldBe("alreadyCheckedIn");
            refused.GetProperty("previous").GetProperty("device").GetString().ShouldBe("North");
        }
        else
        {
            (await south.OutcomeAsync(start, second)).ShouldBe("accepted");
            var stands = (await north.SendAsync(start, first)).Single();
            stands.GetProperty("outcome").GetString().ShouldBe("accepted");
            stands.GetProperty("conflict").GetProperty("device").GetString().ShouldBe("South");
        }

        var counts = await door.CountsAsync();
        (counts.GetProperty("admitted").GetInt32(), counts.GetProperty("inside").GetInt32()).ShouldBe((1, 1));
        // Both are told the same.
        foreach (var device in new[] { north, south })
        {
            var conflict = (await ChangesAsync(device, began, "conflicts")).Single();
            conflict.GetProperty("outcome").GetString().ShouldBe("alreadyCheckedIn");
            conflict.GetProperty("deviceId").GetGuid().ShouldBe(south.Id);
            conflict.GetProperty("standingDeviceId").GetGuid().ShouldBe(north.Id);
            conflict.GetProperty("standing").GetProperty("gate").GetString().ShouldBe("A");
            conflict.GetProperty("entry").GetProperty("gate").GetString().ShouldBe("B");
        }
    }

    [Fact]
    public async Task An_entry_that_is_told_after_its_exit_leaves_nobody_inside()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var (north, south) = (await DoorDevice.PairAsync(door, "North"), await DoorDevice.PairAsync(door, "South"));
        var start = Now;

        (await south.OutcomeAsync(start, DoorDevice.Offline(code, start.AddMinutes(-5), kind: "exit")))
            .ShouldBe("notCheckedIn");
        (await north.OutcomeAsync(start, DoorDevice.Offline(code, start.AddMinutes(-20)))).ShouldBe("accepted");

        var counts = await door.CountsAsync();
        (counts.GetProperty("admitted").GetInt32(), counts.GetProperty("inside").GetInt32()).ShouldBe((1, 0));
        (await door.OutcomeAsync(code)).ShouldBe("accepted", "who went out may come in again");
    }

    [Fact]
    public async Task A_device_whose_clock_is_a_day_off_is_corrected_by_ours()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var (late, early) = (await DoorDevice.PairAsync(door, "Late"), await DoorDevice.PairAsync(door, "Early"));
        var start = Now;
        var (tomorrow, yesterday) = (start.AddDays(1), start.AddDays(-1));

        // By our clock 20 minutes ago on one device, and 10 on the other.
        (await early.OutcomeAsync(yesterday, DoorDevice.Offline(code, yesterday.AddMinutes(-10)))).ShouldBe("accepted");
        (await late.OutcomeAsync(tomorrow, DoorDevice.Offline(code, tomorrow.AddMinutes(-20)))).ShouldBe("accepted");

        var inside = (await ChangesAsync(early, "0", "tickets")).Single().GetProperty("inside");
        inside.GetProperty("device").GetString().ShouldBe("Late");
        inside.GetProperty("at").GetDateTimeOffset().ShouldBe(start.AddMinutes(-20), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_same_nonce_fifty_times_at_once_is_one_scan()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var device = await DoorDevice.PairAsync(door);
        var start = Now;
        var good = DoorDevice.Offline(code, start);
        var unknown = DoorDevice.Offline("0000000000000000", start, admitted: false);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => device.OutcomeAsync(start, i % 2 == 0 ? good : unknown)));

        outcomes.Where((_, i) => i % 2 == 0).ShouldAllBe(outcome => outcome == "accepted");
        outcomes.Where((_, i) => i % 2 == 1).ShouldAllBe(outcome => outcome == "notFound");
        (await Node.DataSource.CountAsync("check_ins", "event_id = $1", door.EventId)).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_device_refused_admits_nobody_and_what_it_should_have_refused_is_a_conflict()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var codes = await door.SellAsync(2);
        var cancelled = (await door.SellAsync(1, cancel: true)).Single();
        var device = await DoorDevice.PairAsync(door);
        var start = Now;
        var began = await PositionAsync(device);

        (await device.OutcomeAsync(start, DoorDevice.Offline(codes[0], start, admitted: false)))
            .ShouldBe("refusedAtDoor");
        (await device.OutcomeAsync(start, DoorDevice.Offline(cancelled, start))).ShouldBe("cancelled");
        (await device.OutcomeAsync(start, DoorDevice.Offline(codes[1], start))).ShouldBe("accepted");
        (await door.OutcomeAsync(codes[0])).ShouldBe("accepted");

        (await ChangesAsync(device, began, "conflicts")).Single().GetProperty("outcome").GetString()
            .ShouldBe("cancelled");
        (await door.CountsAsync()).GetProperty("inside").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_whose_answer_got_lost_and_that_the_device_overruled_is_a_conflict()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var device = await DoorDevice.PairAsync(door);
        var (start, began, nonce) = (Now, await PositionAsync(device), House.NewId());
        (await door.OutcomeAsync(code)).ShouldBe("accepted");

        (await device.OutcomeAsync(start, new { nonce, code })).ShouldBe("alreadyCheckedIn");
        (await device.OutcomeAsync(start, DoorDevice.Offline(code, start, nonce: nonce))).ShouldBe("alreadyCheckedIn");

        (await ChangesAsync(device, began, "conflicts")).Single().GetProperty("nonce").GetGuid().ShouldBe(nonce);
    }

    [Fact]
    public async Task Devices_of_one_event_cannot_check_in_for_another()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var neighbour = await OpenDoor.OpenAsync(Node, door.Organisation);
        var theirs = await neighbour.SignAsync((await neighbour.SellAsync(1)).Single());
        var device = await DoorDevice.PairAsync(door);

        (await device.OutcomeAsync(Now, OpenDoor.Scan(theirs))).ShouldBe("otherEvent");
        (await Node.DataSource.CountAsync("check_ins", "event_id = $1", neighbour.EventId)).ShouldBe(0);
    }

    [LongFact]
    public async Task Twenty_thousand_scans_arrive_once_each_over_a_line_that_breaks_at_every_request()
    {
        const int Scans = 20_000;
        const int InOne = 200;
        var door = await OpenDoor.OpenAsync(Node, capacity: 60);
        List<string> codes = [];
        for (var i = 0; i < 5; i++)
            codes.AddRange(await door.SellAsync(8));
        var device = await DoorDevice.PairAsync(door);
        var start = Now;
        // In and out, one after the other, as a festival's days are: an entry and an exit a ticket and round.
        var queue = Enumerable.Range(0, Scans).Select(i => DoorDevice.Offline(
            codes[i / 2 % codes.Count], start.AddSeconds(i - Scans), kind: i % 2 == 0 ? "entry" : "exit")).ToArray();

        foreach (var (number, batch) in queue.Chunk(InOne).Index())
        {
            // The request arrives and its answer does not, or only half of the batch had been sent before.
            var sent = number % 2 == 0 ? batch : batch[..(InOne / 2)];
            (await device.AskAsync(HttpMethod.Post, "check-ins", new { scans = sent, sentAt = start })).Status
                .ShouldBe(200);
            (await device.SendAsync(start, batch)).ShouldAllBe(
                result => result.GetProperty("outcome").GetString() == "accepted");
        }

        (await Node.DataSource.CountAsync("check_ins", "event_id = $1 and outcome = 0", door.EventId)).ShouldBe(Scans);
        var counts = await door.CountsAsync();
        (counts.GetProperty("admitted").GetInt32(), counts.GetProperty("inside").GetInt32())
            .ShouldBe((codes.Count, 0));
        counts.GetProperty("gates")[0].GetProperty("entries").GetInt32().ShouldBe(Scans / 2);
    }

    private static async Task<string> PositionAsync(DoorDevice device) =>
        (await device.AskAsync(HttpMethod.Get, "event"))["state"].GetProperty("changesAfter").GetString()!;

    /// <summary>What changed; told once no other transaction of the server is older than it.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ChangesAsync(DoorDevice device, string after, string what)
    {
        IReadOnlyList<JsonElement> changed = [];
        await Eventually.ShouldPassAsync(async () =>
        {
            var answer = await device.AskAsync(HttpMethod.Get, $"changes?after={after}");
            answer.Status.ShouldBe(200, answer.Body.ToString());
            changed = [.. answer[what].EnumerateArray()];
            changed.ShouldNotBeEmpty();
        });
        return changed;
    }
}
