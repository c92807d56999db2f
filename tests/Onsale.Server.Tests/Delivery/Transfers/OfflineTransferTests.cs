using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Delivery.Door;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Transfers;

/// <summary>Tickets that change hands while a device at the door has no network.</summary>
public sealed class OfflineTransferTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_came_in_before_the_transfer_was_inside_and_the_receiver_is_the_conflict(bool isTyped)
    {
        var door = await OpenDoor.OpenAsync(shared.Node);
        var (north, south) = (await DoorDevice.PairAsync(door, "North"), await DoorDevice.PairAsync(door, "South"));
        var ticket = await OwnedTicket.BuyAsync(door);
        var printed = isTyped ? ticket.Code : await ticket.SignAsync(counter: 0);
        var admitted = DoorDevice.Offline(printed, Now.AddMinutes(-5), gate: "A");
        var began = await PositionAsync(north);
        // North has no network: nobody knows that the giver is inside.
        var (_, received) = await ticket.GiveAsync();
        (await south.OutcomeAsync(Now, OpenDoor.Scan(received.GetProperty("code").GetString()!, gate: "B")))
            .ShouldBe("accepted");

        var told = (await north.SendAsync(Now, admitted)).Single();

        told.GetProperty("outcome").GetString().ShouldBe("accepted");
        told.GetProperty("conflict").GetProperty("device").GetString().ShouldBe("South");
        foreach (var device in new[] { north, south })
        {
            await Eventually.ShouldPassAsync(async () =>
                AssertIsConflict((await ChangesAsync(device, began)).Single()));
        }

        var counts = await door.CountsAsync();
        AssertIsConflict(counts.GetProperty("conflicts").EnumerateArray().Single());
        (counts.GetProperty("admitted").GetInt32(), counts.GetProperty("inside").GetInt32()).ShouldBe((1, 1));
        (await north.SendAsync(Now, admitted)).Single().GetProperty("outcome").GetString().ShouldBe("accepted");

        void AssertIsConflict(JsonElement conflict)
        {
            conflict.GetProperty("outcome").GetString().ShouldBe("alreadyCheckedIn");
            conflict.GetProperty("ticket").GetProperty("id").GetGuid().ShouldBe(ticket.Id);
            conflict.GetProperty("entry").GetProperty("gate").GetString().ShouldBe("B");
            conflict.GetProperty("standing").GetProperty("gate").GetString().ShouldBe("A");
            conflict.GetProperty("deviceId").GetGuid().ShouldBe(south.Id);
            conflict.GetProperty("standingDeviceId").GetGuid().ShouldBe(north.Id);
        }
    }

    [Fact]
    public async Task Who_came_in_after_the_transfer_by_an_old_list_is_the_conflict_and_the_receiver_comes_in()
    {
        var door = await OpenDoor.OpenAsync(shared.Node);
        var device = await DoorDevice.PairAsync(door);
        var ticket = await OwnedTicket.BuyAsync(door);
        var printed = await ticket.SignAsync(counter: 0);
        var (_, received) = await ticket.GiveAsync();
        var late = Now;

        (await device.OutcomeAsync(Now, DoorDevice.Offline(printed, late))).ShouldBe("transferred");
        (await device.OutcomeAsync(Now, DoorDevice.Offline(ticket.Code, late))).ShouldBe("transferred");
        // A device says when it decided by itself; what is decided now is decided by who has it now.
        (await device.OutcomeAsync(
            Now, new { nonce = House.NewId(), code = printed, scannedAt = late.AddHours(-1) })).ShouldBe("transferred");

        (await door.CountsAsync()).GetProperty("conflicts").EnumerateArray()
            .Select(one => one.GetProperty("outcome").GetString()).ShouldBe(["transferred", "transferred"]);
        (await door.OutcomeAsync(received.GetProperty("code").GetString()!)).ShouldBe("accepted");
    }

    private static async Task<string> PositionAsync(DoorDevice device) =>
        (await device.AskAsync(HttpMethod.Get, "event"))["state"].GetProperty("changesAfter").GetString()!;

    private static async Task<IReadOnlyList<JsonElement>> ChangesAsync(DoorDevice device, string after) =>
        [.. (await device.AskAsync(HttpMethod.Get, $"changes?after={after}"))["conflicts"].EnumerateArray()];
}
