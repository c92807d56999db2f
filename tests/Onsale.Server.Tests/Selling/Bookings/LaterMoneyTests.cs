using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Cards beside a transfer, transfers that come late, and money that the organiser has to send back.</summary>
public sealed class LaterMoneyTests : PayLaterCase
{
    [Fact]
    public async Task Three_declined_cards_end_the_cards_and_the_places_stay_for_the_transfer()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        foreach (var left in new[] { 2, 1, 0 })
        {
            var declined = await Buyer.ConfirmAsync(Event, booking, "sim_decline");
            (declined.Status, declined["attemptsLeft"].GetInt32(), declined["state"].GetString())
                .ShouldBe((402, left, "held"));
        }

        (await Buyer.ConfirmAsync(Event, booking, "sim_decline")).ShouldRefuse(409, "payments-used-up");
        (await Buyer.ConfirmAsync(Event, booking)).ShouldRefuse(409, "payments-used-up");

        (await Node.DataSource.CountAsync("payments", "event_id = $1", Made.Id)).ShouldBe(3);
        (await Buyer.GetAsync(Event, booking)).State.ShouldBe("held");
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Cancellation_by_the_buyer_is_owed_until_the_organiser_says_that_the_money_is_sent()
    {
        await AllowAsync();
        await Made.AskAsync(HttpMethod.Patch, "", new { cancellableUntil = InDays(5) });
        var booking = (await ChooseAsync()).Id;
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");

        (await Buyer.CancelAsync(Event, booking)).State.ShouldBe("cancelled");

        // Also once everything that is repeated by itself had its turn.
        await Clock.MoveAsync(TimeSpan.FromMinutes(5));
        (await OwnAsync(booking))["toPayBack"].GetProperty("amount").GetInt64().ShouldBe(2000);
        (await LedgerAsync("bank:transfer")).ShouldBe(2000);
        var listed = (await OwedAsync())["data"][0];
        listed.GetProperty("bookingId").GetGuid().ShouldBe(booking);
        listed.GetProperty("amount").GetProperty("amount").GetInt64().ShouldBe(2000);
        await Node.ShouldBeSoundAsync(Event);

        (await PaidBackAsync(booking, 1999)).ShouldRefuse(400, "validation");
        var done = await PaidBackAsync(booking, 2000);

        done.Status.ShouldBe(200, done.Body.ToString());
        done.Body.TryGetProperty("toPayBack", out _).ShouldBeFalse();
        done["payments"][0].GetProperty("state").GetString().ShouldBe("refunded");
        (await LedgerAsync("bank:transfer")).ShouldBe(0);
        (await PaidBackAsync(booking, 2000)).ShouldRefuse(409, "nothing-owed");
        (await ActivitiesAsync("booking.paid-back")).ShouldBe(1);
        (await OwedAsync())["data"].GetArrayLength().ShouldBe(0);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Parts_of_a_transfer_are_owed_and_marked_together_with_the_rest_once()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");
        var part = await Made.AskAsync(
            HttpMethod.Post, $"/bookings/{booking}/refund", new { amount = 300, reason = "Late doors" });
        part["toPayBack"].GetProperty("amount").GetInt64().ShouldBe(300);
        part["refunds"][0].GetProperty("isDone").GetBoolean().ShouldBeFalse();
        await Clock.MoveAsync(TimeSpan.FromMinutes(5));
        (await LedgerAsync("bank:transfer")).ShouldBe(2000);
        (await Made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "Asked" }))["toPayBack"]
            .GetProperty("amount").GetInt64().ShouldBe(2000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PaidBackAsync(booking, 2000)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        (await LedgerAsync("bank:transfer")).ShouldBe(0);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Cash_of_an_event_that_is_called_off_is_owed_and_what_the_counter_cancels_is_handed_back()
    {
        var kept = (await Made.SellAsync(1)).Id;
        var returned = (await Made.SellAsync(1)).Id;
        (await Made.AskAsync(HttpMethod.Post, $"/bookings/{returned}/cancel", new { reason = "Asked" })).Body
            .TryGetProperty("toPayBack", out _).ShouldBeFalse();
        (await LedgerAsync("counter:cash")).ShouldBe(1000);

        await Made.AskAsync(HttpMethod.Post, "/cancel", new { refund = true });

        await Eventually.ShouldBeAsync(async () => (await OwnAsync(kept)).State, "cancelled");
        await Eventually.ShouldBeTrueAsync(
            async () => (await OwnAsync(kept)).Body.TryGetProperty("toPayBack", out _), "it is owed");
        (await LedgerAsync("counter:cash")).ShouldBe(1000);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Transfer_that_comes_after_the_end_books_the_same_places_if_they_are_free()
    {
        await AllowAsync();
        var ended = (await ChooseAsync()).Id;
        await Clock.MoveAsync(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        // The mail follows the end itself, not only its time.
        await Eventually.ShouldBeAsync(() => MailsAsync("pay-later-ended"), 1);
        (await OwnAsync(ended))["canBePaidLate"].GetBoolean().ShouldBeTrue();

        var booked = await MarkAsync(ended, 2000, "Statement 12/9");

        booked.Status.ShouldBe(200, booked.Body.ToString());
        (booked.State, booked.Id == ended).ShouldBe(("confirmed", false));
        (await MarkAsync(ended, 2000)).Id.ShouldBe(booked.Id);
        (await Buyer.GetAsync(Event, booked.Id))["tickets"].GetArrayLength().ShouldBe(2);
        await Eventually.ShouldBeAsync(() => MailsAsync("booking-confirmed"), 1);
        (await LedgerAsync("bank:transfer")).ShouldBe(2000);
        (await OwnAsync(ended))["canBePaidLate"].GetBoolean().ShouldBeFalse();
        (await ActivitiesAsync("booking.marked-paid")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Transfer_that_comes_when_the_places_are_gone_is_owed()
    {
        await AllowAsync();
        var ended = (await ChooseAsync(10)).Id;
        await Clock.MoveAsync(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        // The mail follows the end itself, not only its time.
        await Eventually.ShouldBeAsync(() => MailsAsync("pay-later-ended"), 1);
        (await (await Booker.GuestAsync(Node)).HoldTicketsAsync(Event, 1)).Status.ShouldBe(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MarkAsync(ended, 10_000)));

        answers.ShouldContain(answer => answer.Status == 200);
        (await OwnAsync(ended))["toPayBack"].GetProperty("amount").GetInt64().ShouldBe(10_000);
        (await LedgerAsync("bank:transfer")).ShouldBe(10_000);
        (await PaidBackAsync(ended, 10_000)).Status.ShouldBe(200);
        (await LedgerAsync("bank:transfer")).ShouldBe(0);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Crash_before_the_payment_is_noted_leaves_no_word_of_it_in_the_activity_log()
    {
        await AllowAsync();
        var chosen = await ChooseAsync();
        // The payment cannot be written: what a crash at that moment leaves.
        await Node.DataSource.ExecuteAsync(
            "alter table payments add constraint broken check (event_id <> '" + Made.Id + "') not valid");
        (await MarkAsync(chosen.Id, 2000)).Status.ShouldBeGreaterThanOrEqualTo(500);
        await Clock.MoveAsync(TimeSpan.FromSeconds(200));

        await Eventually.ShouldBeAsync(async () => (await Buyer.GetAsync(Event, chosen.Id)).State, "held");
        (await ActivitiesAsync("booking.marked-paid")).ShouldBe(0);

        await Node.DataSource.ExecuteAsync("alter table payments drop constraint broken");
        (await MarkAsync(chosen.Id, 2000)).State.ShouldBe("confirmed");
        (await ActivitiesAsync("booking.marked-paid")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(Event);
    }

    [Fact]
    public async Task Where_to_pay_to_stays_with_the_booking_when_nobody_else_may_pay_later()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;

        (await Made.AskAsync(HttpMethod.Put, "/pay-later", new { })).Status.ShouldBe(200);

        await Eventually.ShouldBeAsync(
            async () => (await Buyer.SendAsync(HttpMethod.Get, $"events/{Event.Id}"))["policy"]
                .TryGetProperty("payLater", out _), false);
        (await Buyer.GetAsync(Event, booking))["payLater"].GetProperty("instructions").GetString()
            .ShouldBe(Instructions);
    }

    [Fact]
    public async Task Late_payment_that_could_not_go_back_is_refunded_beside_the_one_that_stands()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        (await Buyer.ConfirmAsync(Event, booking, "sim_decline")).Status.ShouldBe(402);
        (await MarkAsync(booking, 2000)).State.ShouldBe("confirmed");
        var store = Node.Services.GetRequiredService<PaymentStore>();
        var first = (await store.FindAsync(Event.Id, booking, 1))!;
        (await store.SetAsync(first, PaymentFact.TooLate)).ShouldBeTrue();
        (await store.SetAsync(first, PaymentFact.RefundFailed)).ShouldBeTrue();

        var refunded = await RefundAsync(1);

        refunded.Status.ShouldBe(200, refunded.Body.ToString());
        (await Node.DataSource.CountAsync("refunds", "event_id = $1 and attempt = 1 and amount = 2000", Made.Id))
            .ShouldBe(1);
        (await RefundAsync(1)).ShouldRefuse(409, "refund-exceeds-payment");
        (await RefundAsync(7)).ShouldRefuse(409, "not-paid");
        (await RefundAsync(-1)).ShouldRefuse(400, "validation");
        (await OwnAsync(booking)).Body.TryGetProperty("toPayBack", out _).ShouldBeFalse();

        Task<Answer> RefundAsync(int attempt) => Made.AskAsync(
            HttpMethod.Post, $"/bookings/{booking}/refund", new { attempt, reason = "Came twice" });
    }

    [Fact]
    public async Task Another_organisations_booking_is_not_found()
    {
        await AllowAsync();
        var booking = (await ChooseAsync()).Id;
        var other = await Catalog.Events.Editing.OwnEvent.PublishedAsync(Node, 10);

        (await other.AskAsync(HttpMethod.Post, $"/bookings/{booking}/paid-back", new { amount = 2000 }))
            .ShouldRefuse(404, "booking-not-found");
        (await PaidBackAsync(booking, 2000)).ShouldRefuse(409, "nothing-owed");
        (await Made.AskAsync(
            HttpMethod.Post, $"/bookings/{booking}/paid-back", new { amount = 1, note = new string('x', 501) }))
            .ShouldRefuse(400, "validation");
    }

    private Task<Answer> OwnAsync(Guid booking) => Made.AskAsync(HttpMethod.Get, $"/bookings/{booking}");

    private Task<Answer> PaidBackAsync(Guid booking, long amount) =>
        Made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/paid-back", new { amount });

    private Task<Answer> OwedAsync() => Node.AskAsync(
        HttpMethod.Get, $"organisations/{Made.Organisation.Id}/to-pay-back", Made.Organisation.Owner.AccessToken);
}
