using System.Net;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Accounts;

/// <summary>A guest that has ended in an account is refused, whoever still has its tokens.</summary>
public sealed class EndedGuestTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        _event = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Guest_token_after_registering_is_refused_on_every_route()
    {
        var guest = await Booker.GuestAsync(_node);
        var held = await guest.HoldTicketsAsync(_event, 1);
        var paid = await guest.BuyTicketsAsync(_event, 1);

        var account = await _node.RegisterAsync(accessToken: guest.Token);

        await ShouldBeRefusedAsync(guest, held.Id, paid);
        var owner = new Booker(_node.Client, account.AccessToken, account.Id);
        (await owner.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(2);
        (await owner.GetAsync(_event, held.Id)).State.ShouldBe("held");
    }

    [Fact]
    public async Task Guest_token_after_registering_moves_nothing_at_a_login()
    {
        var guest = await Booker.GuestAsync(_node);
        var account = await _node.RegisterAsync(accessToken: guest.Token);
        var owner = new Booker(_node.Client, account.AccessToken, account.Id);
        var paid = await owner.BuyTicketsAsync(_event, 2);
        var email = Auth.NewEmail();
        await _node.RegisterAsync(email);

        var thief = await LoginAsync(_node, email, guest);

        (await thief.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(0);
        (await owner.GetAsync(_event, paid))["tickets"].GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Guest_token_after_signing_in_is_refused_and_moves_nothing_a_second_time()
    {
        var signed = await _node.GuestAsync();
        var guest = new Booker(_node.Client, signed.AccessToken, signed.Id);
        var held = await guest.HoldTicketsAsync(_event, 1);
        var paid = await guest.BuyTicketsAsync(_event, 1);
        var (first, second) = (Auth.NewEmail(), Auth.NewEmail());
        await _node.RegisterAsync(first);
        await _node.RegisterAsync(second);

        var account = await LoginAsync(_node, first, guest);
        var other = await LoginAsync(_node, second, guest);

        await ShouldBeRefusedAsync(guest, held.Id, paid);
        await (await _node.RefreshAsync(signed.RefreshToken)).ShouldBeProblemAsync(401, "unauthenticated");
        (await account.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(2);
        (await other.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(0);
        (await _node.PostAsync(
            "register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }, guest.Token))
            .StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guest_token_is_refused_at_other_nodes_at_once_and_holds_nothing_a_moment_later()
    {
        await using var other = await OnsaleNode.StartAsync(); // no Redis: nothing tells it
        var guest = await Booker.GuestAsync(_node);
        var held = await guest.HoldTicketsAsync(_event, 1);
        (await guest.At(other).GetAsync(_event, held.Id)).State.ShouldBe("held");
        var email = Auth.NewEmail();
        await _node.RegisterAsync(email);

        var account = await LoginAsync(_node, email, guest);

        (await guest.At(other).GetAsync(_event, held.Id)).Status.ShouldBe(401);
        (await guest.At(other).MineAsync()).Status.ShouldBe(401);
        await Eventually.ShouldBeAsync(
            async () => (await guest.At(other).HoldTicketsAsync(_event, 1)).Status, 401, TimeSpan.FromSeconds(10));
        (await account.At(other).GetAsync(_event, held.Id)).State.ShouldBe("held");
    }

    [Fact]
    public async Task Registering_and_signing_in_at_once_with_one_guest_token_end_it_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var guest = await Booker.GuestAsync(_node);
            var email = Auth.NewEmail();
            var account = await _node.RegisterAsync(email);

            var registering = _node.PostAsync(
                "register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }, guest.Token);
            var signingIn = LoginAsync(_node, email, guest);
            await Task.WhenAll(registering, signingIn);

            var owner = (await _node.DataSource.QueryAsync<Guid>(
                "select account_id from guest_merges where guest_id = $1", guest.Id)).ShouldHaveSingleItem();
            var isRegistered = (await registering).StatusCode == HttpStatusCode.Created;
            owner.ShouldBe(isRegistered ? guest.Id : account.Id);
        }
    }

    [Fact]
    public async Task Merges_are_logged_without_personal_data()
    {
        using var log = new LogLines("Onsale.Server.Access", "Onsale.Server.Selling");
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Logging:LogLevel:Onsale", "Information")], configure: log.Use);
        var guest = await Booker.GuestAsync(node);
        var held = await guest.HoldTicketsAsync(_event, 1);
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);

        await LoginAsync(node, email, guest);

        await Eventually.ShouldPassAsync(() =>
        {
            log.All.ShouldContain(line => line.Contains($"guest {guest.Id} was merged into account {account.Id}"));
            log.All.ShouldContain(line => line.Contains($"booking {held.Id} of guest {guest.Id}"));
            return Task.CompletedTask;
        });
        log.All.ShouldNotContain(line => line.Contains(email));
    }

    private async Task ShouldBeRefusedAsync(Booker guest, Guid held, Guid paid)
    {
        Task<Answer>[] answers =
        [
            guest.MineAsync(), guest.GetAsync(_event, paid), guest.ConfirmAsync(_event, held),
            guest.CancelAsync(_event, held), guest.HoldTicketsAsync(_event, 1),
            guest.SendAsync(HttpMethod.Get, "me"),
        ];
        foreach (var answer in await Task.WhenAll(answers))
            (answer.Status, answer.Code).ShouldBe((401, "unauthenticated"));
    }

    private static async Task<Booker> LoginAsync(OnsaleNode node, string email, Booker guest)
    {
        var signed = await (await node.PostAsync(
            "login", new { email, password = Auth.Password }, guest.Token)).ShouldSignInAsync(200);
        return new Booker(node.Client, signed.AccessToken, signed.Id);
    }
}
