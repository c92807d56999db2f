using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Bookings that are held until a bank transfer arrives.</summary>
public sealed class PayLaterTests : PayLaterCase
{
    [Fact]
    public async Task Booking_waits_for_the_transfer_and_is_confirmed_when_the_organiser_has_it()
    {
        await AllowAsync();
        var chosen = await ChooseAsync();
        var booking = chosen.Id;

        chosen.State.ShouldBe("held");
        var asked = chosen["payLater"];
        asked.GetProperty("reference").GetString().ShouldBe(chosen["orderCode"].GetString());
        asked.GetProperty("amount").GetProperty("amount").GetInt64().ShouldBe(2000);
        asked.GetProperty("instructions").GetString().ShouldBe(Instructions);
        asked.GetProperty("payUntil").GetDateTimeOffset().ShouldBeInRange(
            InDays(6.9), InDays(7.1));
        (await Buyer.GetAsync(Event, booking))["payLater"].ToString().ShouldBe(asked.ToString());
        await Eventually.ShouldBeAsync(() => MailsAsync("pay-later"), 1);
        var listed = (await Made.AskAsync(HttpMethod.Get, "/bookings?state=held"))["data"][0];
        listed.GetProperty("payUntil").GetDateTimeOffset().ShouldBe(asked.GetProperty("payUntil").GetDateTimeOffset());

        var paid = await MarkAsync(booking, 2000, "Statement 11/30, line 4");

        paid.Status.ShouldBe(200, paid.Body.ToString());
        paid.State.ShouldBe("confirmed");
        paid["payments"][0].GetProperty("method").GetString().ShouldBe("transfer");
        paid["history"].EnumerateArray().Select(one => one.GetProperty("what").GetString())
            .ShouldBe(["held", "payLater", "paying", "confirmed"]);
        (await Buyer.GetAsync(Event, booking))["tickets"].GetArrayLength().ShouldBe(2);
        await Eventually.ShouldBeAsync(() => MailsAsync("booking-confirmed"), 1);
        (await LedgerAsync("bank:transfer")).ShouldBe(2000);
        (await ActivitiesAsync("booking.marked-paid")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Transfer_is_entered_once_however_often_and_from_how_many_it_is_told()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => MarkAsync(booking, 2000)));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Code == "payment-in-progress");
        answers.ShouldContain(answer => answer.Status == 200);
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");
        (await LedgerAsync("bank:transfer")).ShouldBe(2000);
        (await Node.DataSource.CountAsync("payments", "event_id = $1", Made.Id)).ShouldBe(1);
        (await ActivitiesAsync("booking.marked-paid")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Without_the_money_the_places_go_back_and_the_buyer_is_told()
    {
        await AllowAsync();
        var booking = (await ChooseAsync(10)).Id;
        (await (await Booker.GuestAsync(Node)).HoldTicketsAsync(Event, 1)).Code.ShouldBe("sold-out");

        await Clock.MoveAsync(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        await Eventually.ShouldBeAsync(async () => (await Buyer.GetAsync(Event, booking)).State, "expired");
        await Eventually.ShouldBeAsync(() => MailsAsync("pay-later-ended"), 1);
        (await (await Booker.GuestAsync(Node)).HoldTicketsAsync(Event, 1)).Status.ShouldBe(201);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Card_is_taken_meanwhile_and_a_transfer_is_not_entered_after_it()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        (await Buyer.ConfirmAsync(Event, booking, "sim_decline")).Status.ShouldBe(402);
        (await Buyer.GetAsync(Event, booking)).State.ShouldBe("held");

        (await Buyer.ConfirmAsync(Event, booking)).State.ShouldBe("confirmed");

        (await MarkAsync(booking, 2000)).ShouldRefuse(409, "paid-otherwise");
        (await LedgerAsync("bank:transfer")).ShouldBe(0);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task After_a_declined_card_the_transfer_pays_and_what_is_cancelled_goes_back_in_the_books()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        (await Buyer.ConfirmAsync(Event, booking, "sim_decline")).Status.ShouldBe(402);
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");

        var cancelled = await Made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "Asked" });

        cancelled.State.ShouldBe("cancelled");
        (await Made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/paid-back", new { amount = 2000 }))
            .Status.ShouldBe(200);
        (await Node.DataSource.CountAsync("payments", "event_id = $1 and state = 4", Made.Id)).ShouldBe(1);
        (await LedgerAsync("bank:transfer")).ShouldBe(0);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task What_a_crash_leaves_in_between_is_confirmed_by_recovery()
    {
        await AllowAsync();
        var chosen = await ChooseAsync();
        var started = await Node.Services.GetRequiredService<EventLanes>().SubmitAsync(
            Event.Id, new StartPaymentCommand(chosen.Id, Buyer.Id));
        started.Result.Refusal.ShouldBeNull();
        await Node.Services.GetRequiredService<PaymentStore>().StartAsync(
            Event.Id, chosen.Id, 1, Buyer.Id, "transfer", new Charge(House.NewId(), "", 2000, "EUR"));

        await Clock.MoveAsync(TimeSpan.FromSeconds(200));

        await Eventually.ShouldBeAsync(async () => (await Buyer.GetAsync(Event, chosen.Id)).State, "confirmed");
        await Eventually.ShouldBeAsync(() => LedgerAsync("bank:transfer"), 2000);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Who_cannot_choose_it_is_told_why()
    {
        var hold = (await Buyer.HoldTicketsAsync(Event, 1)).Id;
        (await ChooseAsync(hold)).ShouldRefuse(409, "contact-needed");
        await SetContactAsync(hold);
        (await ChooseAsync(hold)).ShouldRefuse(409, "no-pay-later");
        (await MarkAsync(hold, 1000)).ShouldRefuse(409, "not-pay-later");
        await AllowAsync();
        (await (await Booker.GuestAsync(Node)).SendAsync(
            HttpMethod.Post, $"events/{Event.Id}/bookings/{hold}/pay-later")).ShouldRefuse(404, "booking-not-found");
        (await ChooseAsync(House.NewId())).ShouldRefuse(404, "booking-not-found");

        var first = await ChooseAsync(hold);
        var second = await ChooseAsync(hold);

        second.Status.ShouldBe(200);
        second["expiresAt"].ToString().ShouldBe(first["expiresAt"].ToString());
    }

    [Fact]
    public async Task Wrong_amount_or_another_organisations_booking_is_refused()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        var other = await OwnEvent.PublishedAsync(Node, 10);

        (await MarkAsync(booking, 1999)).ShouldRefuse(400, "validation");
        (await MarkAsync(booking, 2000, new string('x', 501))).ShouldRefuse(400, "validation");
        (await other.AskAsync(HttpMethod.Post, $"/bookings/{booking}/paid", new { amount = 2000 }))
            .ShouldRefuse(404, "booking-not-found");
        (await Node.AskAsync(
            HttpMethod.Post, $"organisations/{Made.Organisation.Id}/events/{Made.Id}/bookings/{booking}/paid",
            other.Organisation.Owner.AccessToken, new { amount = 2000 })).Status.ShouldBe(404);
        (await Buyer.GetAsync(Event, booking)).State.ShouldBe("held");
    }

    [Fact]
    public async Task Organiser_sets_it_within_bounds_and_buyers_see_it()
    {
        foreach (var (wrong, field) in new (object, string)[]
        {
            (new { days = 0, endsAt = InDays(5), instructions = "x" }, "days"),
            (new { days = 61, endsAt = InDays(5), instructions = "x" }, "days"),
            (new { days = 7, instructions = "x" }, "endsAt"),
            (new { days = 7, endsAt = InDays(700), instructions = "x" }, "endsAt"),
            (new { days = 7, endsAt = InDays(5) }, "instructions"),
            (new { days = 7, endsAt = InDays(5), instructions = new string('x', 501) }, "instructions"),
            (new { instructions = "x" }, "days"),
        })
        {
            var refused = await Made.AskAsync(HttpMethod.Put, "/pay-later", wrong);
            refused.ShouldRefuse(400, "validation");
            refused["errors"].TryGetProperty(field, out _).ShouldBeTrue(refused.Body.ToString());
        }

        await AllowAsync();
        (await Made.AskAsync(HttpMethod.Get, "/pay-later"))["days"].GetInt32().ShouldBe(7);
        var shown = await Buyer.SendAsync(HttpMethod.Get, $"events/{Event.Id}");
        shown["policy"].GetProperty("payLater").GetProperty("days").GetInt32().ShouldBe(7);
        (await ActivitiesAsync("event.pay-later-changed")).ShouldBe(1);

        (await Made.AskAsync(HttpMethod.Put, "/pay-later", new { })).Status.ShouldBe(200);
        (await Made.AskAsync(HttpMethod.Get, "/pay-later")).Body.TryGetProperty("days", out _).ShouldBeFalse();
        var draft = await OwnEvent.DraftAsync(Node);
        (await draft.AskAsync(HttpMethod.Put, "/pay-later", Terms())).ShouldRefuse(409, "not-published");
    }

    [Fact]
    public async Task Last_day_to_pay_moves_with_the_event()
    {
        await AllowAsync();
        var before = (await Made.AskAsync(HttpMethod.Get, "/pay-later"))["endsAt"].GetDateTimeOffset();
        var start = (await Made.GetAsync())["startsAt"].GetDateTimeOffset();

        var moved = await Made.AskAsync(HttpMethod.Post, "/reschedule", new { startsAt = start.AddDays(-10) });

        moved.Status.ShouldBe(200, moved.Body.ToString());
        var after = await Made.AskAsync(HttpMethod.Get, "/pay-later");
        after["endsAt"].GetDateTimeOffset().ShouldBe(before.AddDays(-10));
        after["instructions"].GetString().ShouldBe(Instructions);
    }
}
