using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.CheckIn;

public sealed class SignedCodeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_signed_code_admits_once_and_is_the_same_ticket_as_the_typed_one()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var signed = await door.SignAsync(code);

        (await door.OutcomeAsync(signed.ToLowerInvariant())).ShouldBe("accepted");
        (await door.OutcomeAsync(code)).ShouldBe("alreadyCheckedIn");
        (await door.OutcomeAsync(code, "exit")).ShouldBe("accepted");
        (await door.OutcomeAsync(signed)).ShouldBe("accepted");
    }

    [Fact]
    public async Task Changed_codes_and_those_of_another_event_are_refused_by_name()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var neighbour = await OpenDoor.OpenAsync(Node, door.Organisation);
        var stranger = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();
        var signed = await door.SignAsync(code);
        var theirs = await neighbour.SignAsync((await neighbour.SellAsync(1)).Single());

        (await door.OutcomeAsync(signed[..119] + (signed[119] == '0' ? '1' : '0'))).ShouldBe("invalidSignature");
        var other = await door.ScanAsync(theirs);
        other.GetProperty("outcome").GetString().ShouldBe("otherEvent");
        other.GetProperty("otherEvent").GetString().ShouldNotBeNullOrEmpty();
        // Of that event by its looks, but not signed for it.
        (await door.OutcomeAsync(theirs[..119] + (theirs[119] == '0' ? '1' : '0'))).ShouldBe("notFound");
        (await door.OutcomeAsync(await stranger.SignAsync((await stranger.SellAsync(1)).Single())))
            .ShouldBe("notFound");
        // A code that is signed, but for a ticket that was never issued.
        (await door.OutcomeAsync(await door.SignAsync("0000000000000000"))).ShouldBe("invalidSignature");
        (await door.OutcomeAsync(signed)).ShouldBe("accepted");
    }

    [Fact]
    public async Task Codes_of_an_earlier_key_work_until_it_is_revoked()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var codes = await door.SellAsync(3);
        var first = await door.SignAsync(codes[0]);
        var third = await door.SignAsync(codes[2]);

        (await ReplaceAsync(door, revokeEarlier: false)).Status.ShouldBe(200);
        var second = await door.SignAsync(codes[1]);
        (await door.OutcomeAsync(first)).ShouldBe("accepted");
        (await door.OutcomeAsync(second)).ShouldBe("accepted");

        var replaced = await ReplaceAsync(door, revokeEarlier: true);
        replaced["keys"].EnumerateArray().Select(key => key.GetProperty("revoked").GetBoolean())
            .ShouldBe([true, true, false]);
        (await door.OutcomeAsync(third)).ShouldBe("revokedKey");
        (await door.OutcomeAsync(first, "exit")).ShouldBe("accepted", "whoever is inside may go out");
        (await door.OutcomeAsync(await door.SignAsync(codes[2]))).ShouldBe("accepted");

        var guest = await Booker.GuestAsync(Node);
        var listed = await guest.SendAsync(HttpMethod.Get, $"events/{door.EventId}/ticket-keys");
        listed["keys"].ToString().ShouldBe(replaced["keys"].ToString());
        listed.Body.ToString().ShouldNotContain("private");
        (await Node.DataSource.CountAsync(
            "activity_log", "action = 'ticketKey.added' and event_id = $1", door.EventId)).ShouldBe(2);
    }

    [Fact]
    public async Task An_event_has_32_keys_at_most_and_others_events_none_to_replace()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var stranger = await OpenDoor.OpenAsync(Node);
        for (var i = 0; i < 32; i++)
            (await ReplaceAsync(door, revokeEarlier: true)).Status.ShouldBe(200);

        (await ReplaceAsync(door, revokeEarlier: true)).Code.ShouldBe("too-many-ticket-keys");
        (await door.Organisation.AskAsync(
            HttpMethod.Post, $"/events/{stranger.EventId}/ticket-keys", door.Organisation.Owner,
            new { revokeEarlier = true })).Code.ShouldBe("event-not-found");
        (await (await Booker.GuestAsync(Node)).SendAsync(HttpMethod.Get, "events/x/ticket-keys")).Code
            .ShouldBe("event-not-found");
    }

    [Fact]
    public async Task Of_nodes_that_make_the_first_key_at_once_all_sign_with_the_same()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var code = (await door.SellAsync(1)).Single();

        var signed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => door.SignAsync(code)));

        // Ed25519 is deterministic: one key gives one code.
        signed.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await Node.DataSource.CountAsync("ticket_keys", "event_id = $1", door.EventId)).ShouldBe(1);
    }

    private static Task<Answer> ReplaceAsync(OpenDoor door, bool revokeEarlier) => door.Organisation.AskAsync(
        HttpMethod.Post, $"/events/{door.EventId}/ticket-keys", door.Organisation.Owner, new { revokeEarlier });
}
