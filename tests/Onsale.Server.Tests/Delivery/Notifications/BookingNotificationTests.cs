using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Delivery.Notifications;
using Onsale.Server.Delivery.Outbox;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using SmtpServer.Protocol;

namespace Onsale.Server.Tests.Delivery.Notifications;

public sealed class BookingNotificationTests
{
    [Fact]
    public async Task A_confirmed_booking_is_told_of_once_with_its_code_and_a_calendar_file()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var (@event, guest, booking, email) = await BookAsync(node, "Ada", "de");

        await guest.ConfirmAsync(@event, booking);
        await guest.ConfirmAsync(@event, booking);

        await Eventually.ShouldBeTrueAsync(() => smtp.To(email).Any(), "the confirmation arrives");
        var mail = smtp.To(email).ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("Ihre Tickets:");
        mail.From.Mailboxes.Single().Address.ShouldBe("tickets@shop.example");
        var code = (await guest.GetAsync(@event, booking))["orderCode"].GetString()!;
        mail.TextBody!.ShouldContain(code);
        mail.TextBody!.ShouldContain("https://shop.example/find-tickets");
        mail.HtmlBody!.ShouldContain(code);
        mail.Attachments.ShouldHaveSingleItem().ContentType.MimeType.ShouldBe("text/calendar");

        (await guest.CancelAsync(@event, booking)).State.ShouldBe("cancelled");
        await Eventually.ShouldBeTrueAsync(() => smtp.To(email).Count() == 2, "the cancellation arrives");
        smtp.To(email).Last().Subject.ShouldStartWith("Storniert:");
    }

    [Fact]
    public async Task A_confirmation_asks_to_open_tickets_before_where_they_are_shown_live()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var live = await BookAsync(node, "Ada", "de");
        var other = await BookAsync(node, "Bo", "de");
        await node.DataSource.ExecuteAsync(
            "insert into ticket_rules (event_id, rotating_since) values ($1, now())", live.Event.Id);

        await live.Guest.ConfirmAsync(live.Event, live.Booking);
        await other.Guest.ConfirmAsync(other.Event, other.Booking);

        await Eventually.ShouldBeTrueAsync(
            () => smtp.To(live.Email).Any() && smtp.To(other.Email).Any(), "both confirmations arrive");
        var (told, printed) = (smtp.To(live.Email).Single().TextBody!, smtp.To(other.Email).Single().TextBody!);
        told.ShouldContain("live am Telefon");
        told.ShouldNotContain("PDF");
        printed.ShouldContain("PDF");
        printed.ShouldNotContain("live am Telefon");
    }

    [Fact]
    public async Task Mails_wait_for_a_server_that_is_away_and_none_is_lost_or_sent_twice()
    {
        var port = Ports.Free();
        await using var node = await StartAsync(port);
        var (@event, guest, booking, email) = await BookAsync(node, "Ada", "en");
        await guest.ConfirmAsync(@event, booking);
        await Eventually.ShouldBeAsync(() => CountAsync(node, email, "state = 0 and attempts > 0"), 1);

        await using var smtp = SmtpReceiver.Start(port);
        // The next attempt is seconds away: bring it forward instead of waiting.
        await node.DataSource.ExecuteAsync("update mails set due_at = now() where recipient = $1", email);

        await Eventually.ShouldBeAsync(() => CountAsync(node, email, "state = 2"), 1);
        smtp.To(email).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_mail_that_the_server_refuses_for_good_is_given_up_and_the_others_go_on()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port, message =>
            message.To.Mailboxes.Single().Name == "Refused"
                ? new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such mailbox")
                : SmtpResponse.Ok);
        await using var node = await StartAsync(port);
        var refused = await BookAsync(node, "Refused", "en");
        var other = await BookAsync(node, "Ada", "en");

        await refused.Guest.ConfirmAsync(refused.Event, refused.Booking);
        await other.Guest.ConfirmAsync(other.Event, other.Booking);

        await Eventually.ShouldBeAsync(
            () => CountAsync(node, refused.Email, "state = 3 and error like '%mailbox%'"), 1);
        await Eventually.ShouldBeAsync(() => CountAsync(node, other.Email, "state = 2"), 1);
    }

    [Fact]
    public async Task A_mail_that_comes_too_late_is_dropped_and_the_others_go_on()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var (late, timely) = (Auth.NewEmail(), Auth.NewEmail());
        var now = TimeProvider.System.GetUtcNow();
        await using (var connection = await node.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await MailQueue.AddAsync(connection, MailTo(late) with { NotAfter = now.AddSeconds(-1) });
            await MailQueue.AddAsync(connection, MailTo(timely) with { NotAfter = now.AddHours(1) });
            await transaction.CommitAsync();
        }

        await Eventually.ShouldBeAsync(() => CountAsync(node, timely, "state = 2"), 1);
        await Eventually.ShouldBeAsync(() => CountAsync(node, late, "true"), 0);
        smtp.To(timely).ShouldHaveSingleItem();
        smtp.To(late).ShouldBeEmpty();
        await Eventually.ShouldBeTrueAsync(
            async () => (await node.Client.GetStringAsync("/metrics")).Split('\n').Any(line =>
                line.StartsWith("onsale_mail_dropped_total{", StringComparison.Ordinal)
                && line.Contains("kind=\"test\"", StringComparison.Ordinal)),
            "it is counted");

        static OutgoingMail MailTo(string email) => new(
            $"test:{email}", "test", MailPriority.Bulk, new MailRecipient(email, ""), "en",
            new RenderedMail("Soon", "Soon.", "<p>Soon.</p>"));
    }

    [Fact]
    public async Task Two_nodes_send_each_of_many_mails_once()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await StartAsync(port, database);
        await using var other = await StartAsync(port, database);
        var booked = new List<(TestEvent Event, Booker Guest, Guid Booking, string Email)>();
        for (var i = 0; i < 20; i++)
            booked.Add(await BookAsync(i % 2 == 0 ? one : other, "Ada", "en"));

        await Task.WhenAll(booked.Select(sale => sale.Guest.ConfirmAsync(sale.Event, sale.Booking)));

        await Eventually.ShouldBeAsync(
            () => one.DataSource.CountAsync("mails", "state = 2 and kind = 'booking-confirmed'"), booked.Count);
        foreach (var (_, _, _, email) in booked)
            smtp.To(email).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_no_signal_told_of_is_found_by_the_sweep()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var deaf = await OnsaleNode.StartAsync(
            database, configure: builder => builder.Services.RemoveAll<IOutboxConsumer>()))
        {
            var (@event, guest, booking, _) = await BookAsync(deaf, "Ada", "en");
            await guest.ConfirmAsync(@event, booking);
        }

        await using var node = await OnsaleNode.StartAsync(database);
        (await node.DataSource.CountAsync("mails")).ShouldBe(0);

        await node.Services.GetRequiredService<OutboxReader>().SweepAsync(CancellationToken.None);
        await node.Services.GetRequiredService<OutboxReader>().SweepAsync(CancellationToken.None);

        (await node.DataSource.CountAsync("mails", "kind = 'booking-confirmed'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_whose_log_cannot_be_read_keeps_no_other_from_its_mails()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var damaged = await BookAsync(node, "Ada", "en");
        var other = await BookAsync(node, "Ada", "en");
        await damaged.Guest.ConfirmAsync(damaged.Event, damaged.Booking);
        await other.Guest.ConfirmAsync(other.Event, other.Booking);
        // All signals are heard: from here on only the sweep reads.
        await Eventually.ShouldBeAsync(() => node.DataSource.CountAsync("mails", "kind = 'booking-confirmed'"), 2);
        await node.DataSource.ExecuteAsync(
            "update change_log set changes = '\\xff' where event_id = $1", damaged.Event.Id);
        await node.DataSource.ExecuteAsync("delete from mails");
        await node.DataSource.ExecuteAsync("update outbox_positions set version = 0");

        await node.Services.GetRequiredService<OutboxReader>().SweepAsync(CancellationToken.None);

        (await node.DataSource.CountAsync("mails", "recipient = $1", other.Email)).ShouldBe(1);
        (await node.DataSource.CountAsync("mails", "recipient = $1", damaged.Email)).ShouldBe(0);
    }

    [Fact]
    public async Task A_guest_without_a_contact_is_not_written_to_and_an_account_is()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port, await TestCluster.PrivateDatabaseAsync());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        await guest.ConfirmAsync(@event, (await guest.HoldTicketsAsync(@event, 1)).Id);
        var email = Auth.NewEmail();
        var account = await node.RegisterAsync(email);
        var owner = new Booker(node.Client, account.AccessToken, account.Id);
        await owner.ConfirmAsync(@event, (await owner.HoldTicketsAsync(@event, 1)).Id);

        await Eventually.ShouldBeTrueAsync(
            () => smtp.To(email).Any(mail => mail.Subject!.StartsWith("Your tickets", StringComparison.Ordinal)),
            "the account hears of its booking");
        (await node.DataSource.CountAsync("mails", "kind = 'booking-confirmed'")).ShouldBe(1);
    }

    [Fact]
    public async Task Tickets_are_sent_again_to_the_address_that_the_booking_has_now()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var (made, @event) = await OwnEvent.OnSaleAsync(node, 10);
        var guest = await Booker.GuestAsync(node);
        var booking = (await guest.HoldTicketsAsync(@event, 1)).Id;
        var path = $"/bookings/{booking}";

        (await made.AskAsync(HttpMethod.Post, $"{path}/resend")).ShouldRefuse(409, "not-confirmed");
        await guest.ConfirmAsync(@event, booking);
        (await made.AskAsync(HttpMethod.Post, $"{path}/resend")).ShouldRefuse(409, "no-address");
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{House.NewId()}/resend"))
            .ShouldRefuse(404, "booking-not-found");
        foreach (var email in new[] { Auth.NewEmail(), Auth.NewEmail() })
        {
            (await made.AskAsync(HttpMethod.Patch, path, new { name = "Ada", email })).Status.ShouldBe(200);
            (await made.AskAsync(HttpMethod.Post, $"{path}/resend")).Status.ShouldBe(202);
            await Eventually.ShouldBeTrueAsync(() => smtp.To(email).Any(), "the tickets arrive");
            smtp.To(email).ShouldHaveSingleItem().Subject.ShouldStartWith("Your tickets");
        }

        var log = await made.Organisation.AskAsync(HttpMethod.Get, "/activity?action=booking.resent");
        log["data"].GetArrayLength().ShouldBe(2);
        (await made.AskAsync(HttpMethod.Post, "/bookings/none/resend")).ShouldRefuse(404, "booking-not-found");
    }

    [Fact]
    public async Task A_buyer_is_told_of_other_seats_each_time()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var made = await OwnEvent.SeatedAsync(node, rows: 1, seatsInRow: 6);
        var @event = await made.ToTestEventAsync();
        var guest = await Booker.GuestAsync(node);
        var booking = (await guest.HoldSeatsAsync(@event, 0)).Id;
        await guest.ConfirmAsync(@event, booking);
        var email = Auth.NewEmail();
        await made.AskAsync(HttpMethod.Patch, $"/bookings/{booking}", new { name = "Ada", email });

        foreach (var (from, to) in new[] { (0, 4), (4, 5) })
        {
            (await made.AskAsync(HttpMethod.Patch, $"/bookings/{booking}", new { seats = new[] { new { from, to } } }))
                .Status.ShouldBe(200);
            await Eventually.ShouldBeTrueAsync(
                () => smtp.To(email).Any(
                    mail => mail.TextBody!.Contains($"seat {to + 1}", StringComparison.OrdinalIgnoreCase)),
                "the mail with the new seat arrives");
        }

        // The confirmation may have waited for the address.
        smtp.To(email).Count(mail => mail.Subject!.StartsWith("Your new seats", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Everybody_who_booked_hears_that_an_event_is_called_off()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var (@event, guest, booking, email) = await BookAsync(node, "Ada", "es");
        await guest.ConfirmAsync(@event, booking);

        await node.Services.GetRequiredService<EventLanes>().SubmitAsync(
            @event.Id, new ChangeSettingsCommand(new SettingsPatch { Status = EventStatus.Cancelled }));

        await Eventually.ShouldBeTrueAsync(
            () => smtp.To(email).Any(mail => mail.Subject!.StartsWith("Suspendido", StringComparison.Ordinal)),
            "the mail about the event arrives");
    }

    [Fact]
    public void A_line_end_in_a_name_or_subject_adds_no_header()
    {
        var mail = new ClaimedMail(
            House.NewId(), "test", "ada@example.com", "Ada\r\nBcc: eve@example.com", "Hello\r\nBcc: eve@example.com",
            "text", "<p>html</p>", Calendar: null, Attempts: 1);

        var message = TestSender().Compose(mail);

        message.Bcc.ShouldBeEmpty();
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        System.Text.Encoding.ASCII.GetString(bytes.ToArray()).ShouldNotContain("\nBcc:", Case.Insensitive);
    }

    [Fact]
    public void Waits_between_attempts_grow_to_a_limit()
    {
        MailSender.RetryWait(1).TotalSeconds.ShouldBeInRange(11, 15);
        MailSender.RetryWait(3).TotalSeconds.ShouldBeInRange(45, 60);
        MailSender.RetryWait(70).TotalSeconds.ShouldBeInRange(2700, 3600);
    }

    [Fact]
    public void All_languages_have_the_same_texts()
    {
        foreach (var name in new[] { "notifications", "accounts", "transfers", "reminders" })
        {
            var texts = new MailTexts(typeof(NotificationTexts).Assembly, name);
            foreach (var language in Languages.All)
                texts.KeysOf(language).ShouldBe(texts.KeysOf("en"), ignoreOrder: true, $"{name}.{language}");
        }
    }

    private static MailSender TestSender() => new(
        null!, Microsoft.Extensions.Options.Options.Create(new MailOptions()), TimeProvider.System,
        new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
        Microsoft.Extensions.Logging.Abstractions.NullLogger<MailSender>.Instance);

    // A database of its own: in the shared one the mails of all other tests wait to be sent.
    [Fact]
    public async Task Who_waited_is_told_of_the_offer_once_with_its_time_and_where_to_pay()
    {
        var port = Ports.Free();
        await using var smtp = SmtpReceiver.Start(port);
        await using var node = await StartAsync(port);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        var reply = await node.Services.GetRequiredService<EventLanes>().SubmitAsync(
            @event.Id, new ChangeSettingsCommand(new SettingsPatch { WaitlistOfferMinutes = 60 }));
        reply.Result.Refusal.ShouldBeNull();
        var (holder, waiter, email) = (await Booker.GuestAsync(node), await Booker.GuestAsync(node), Auth.NewEmail());
        var hold = await holder.HoldTicketsAsync(@event, 1);
        var joined = await waiter.SendAsync(
            HttpMethod.Post, $"events/{@event.Id}/waitlist",
            JsonContent.Create(new { quantity = 1, contact = new { name = "Ada", email, language = "de" } }));
        joined.Status.ShouldBe(200, joined.Body.ToString());

        (await holder.CancelAsync(@event, hold.Id)).Status.ShouldBe(200);

        await Eventually.ShouldBeTrueAsync(() => smtp.To(email).Any(), "the offer arrives");
        var mail = smtp.To(email).ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("Plätze für Sie:");
        var place = await waiter.SendAsync(HttpMethod.Get, $"events/{@event.Id}/waitlist");
        var booking = place["offer"].GetProperty("bookingId").GetGuid();
        mail.TextBody!.ShouldContain($"https://shop.example/checkout/{@event.Id}/{booking}");
        mail.TextBody!.ShouldContain("Bis");
    }

    private static async Task<OnsaleNode> StartAsync(int port, string? database = null) => await OnsaleNode.StartAsync(
        database ?? await TestCluster.PrivateDatabaseAsync(), SmtpReceiver.Settings(port), new CountingHasher().Use);

    private static async Task<(TestEvent Event, Booker Guest, Guid Booking, string Email)> BookAsync(
        OnsaleNode node, string name, string language)
    {
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10], change: made => made with
        {
            CancellableUntil = made.StartsAt.AddDays(-1),
        });
        var guest = await Booker.GuestAsync(node);
        var hold = await guest.HoldTicketsAsync(@event, 2);
        var email = Auth.NewEmail();
        var given = await guest.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name, email, language }));
        given.Status.ShouldBe(200, given.Body.ToString());
        return (@event, guest, hold.Id, email);
    }

    private static Task<long> CountAsync(OnsaleNode node, string email, string condition) =>
        node.DataSource.CountAsync("mails", $"recipient = $1 and {condition}", email);
}
