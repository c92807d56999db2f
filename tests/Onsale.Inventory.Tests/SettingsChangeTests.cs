using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class SettingsChangeTests
{
    private readonly BoxOffice _office = new(Settings());

    private void Change(SettingsPatch patch) => _office.Do(new ChangeSettingsCommand(patch)).Refusal.ShouldBeNull();

    private static HoldCommand HoldFor(long settingsVersion, int booking, int buyer) =>
        HoldStanding(booking, buyer, 1) with { SettingsVersion = settingsVersion };

    [Fact]
    public void Price_change_applies_to_later_holds_and_leaves_earlier_ones()
    {
        _office.Succeed(HoldStanding(1, 100, 1)).Total.ShouldBe(2000);
        Change(SettingsPatch.ChangePrice(Standing, 2500));
        _office.Inventory.Settings.SettingsVersion.ShouldBe(2);
        _office.Succeed(HoldStanding(2, 101, 1)).Total.ShouldBe(2500);
        _office.BookingOf(1).Total.ShouldBe(2000);
    }

    [Fact]
    public void Unpublish_and_publish_stop_and_resume_the_sale()
    {
        Change(SettingsPatch.Unpublish());
        _office.Fail(HoldStanding(1, 100, 1)).Reason.ShouldBe(NotOnSale);
        Change(SettingsPatch.Publish());
        _office.Succeed(HoldStanding(2, 100, 1));
    }

    [Fact]
    public void Reschedule_moves_the_sales_window_at_the_resolution_of_the_journal()
    {
        Change(SettingsPatch.Reschedule(Now.AddMinutes(1).AddTicks(7), Now.AddHours(9)));
        _office.Inventory.Settings.OnSaleAt.ShouldBe(Now.AddMinutes(1));
        _office.Fail(HoldStanding(1, 100, 1)).Reason.ShouldBe(NotOnSale);
        _office.Now = Now.AddMinutes(1);
        _office.Succeed(HoldStanding(2, 100, 1));
    }

    [Fact]
    public void Hold_made_for_other_settings_is_refused_as_stale_also_within_one_batch()
    {
        _office.Succeed(HoldFor(1, 1, 100));
        _office.Fail(HoldFor(2, 2, 100)).Reason.ShouldBe(StaleSettings);
        var results = _office.Batch(
            HoldFor(1, 3, 101), new ChangeSettingsCommand(SettingsPatch.ChangePrice(Standing, 1)),
            HoldFor(1, 4, 102), HoldFor(2, 5, 103)).Results;
        results[0].Booking!.Total.ShouldBe(2000);
        results[2].Refusal.ShouldNotBeNull().Reason.ShouldBe(StaleSettings);
        results[3].Booking!.Total.ShouldBe(1);
    }

    [Fact]
    public void Used_key_is_answered_with_its_booking_though_the_settings_have_changed()
    {
        var key = new IdempotencyKey(Id(7), Id(8));
        var hold = new HoldCommand(Id(1), Id(100), [new QuantityRequest(Standing, 1)], key) { SettingsVersion = 1 };
        var first = _office.Succeed(hold);
        Change(SettingsPatch.ChangePrice(Standing, 1));
        var again = _office.Do(hold);
        (again.IsReplay, again.Booking!.Id).ShouldBe((true, first.Id));
    }

    [Fact]
    public void Change_to_what_is_so_already_changes_nothing()
    {
        var decision = _office.Batch(new ChangeSettingsCommand(SettingsPatch.Publish()));
        decision.Changes.ShouldBeEmpty();
        decision.Results.ShouldHaveSingleItem().Refusal.ShouldBeNull();
        _office.Inventory.Settings.SettingsVersion.ShouldBe(1);
    }

    [Fact]
    public void Impossible_changes_are_refused()
    {
        Fail(SettingsPatch.ChangePrice(9, 1), UnknownPlace);
        Fail(SettingsPatch.ChangePrice(Standing, -1), InvalidSettings);
        Fail(new SettingsPatch { Prices = [new(Standing, 1), new(Standing, 2)] }, InvalidSettings);
        Fail(SettingsPatch.Reschedule(Now, Now), InvalidSettings);
        Fail(new SettingsPatch { OnSaleAt = _office.Inventory.Settings.OffSaleAt }, InvalidSettings);
        _office.Fail(new ChangeSettingsCommand(SettingsPatch.Unpublish(), SettingsVersion: 2))
            .Reason.ShouldBe(StaleSettings);
        Fail(new SettingsPatch { HoldMinutes = 0 }, InvalidSettings);
        Fail(new SettingsPatch { HoldMinutes = 61 }, InvalidSettings);
        Fail(new SettingsPatch { MaxTicketsPerBuyer = 0 }, InvalidSettings);
        Fail(new SettingsPatch { Names = [new(Standing, "")] }, InvalidSettings);
        Fail(new SettingsPatch { Names = [new(Standing, "a"), new(Standing, "b")] }, InvalidSettings);
        Fail(new SettingsPatch { Names = [new(-1, "a")] }, UnknownPlace);
        Change(new SettingsPatch { Status = EventStatus.Cancelled });
        Fail(SettingsPatch.Publish(), InvalidSettings);

        void Fail(SettingsPatch patch, RefusalReason reason) =>
            _office.Fail(new ChangeSettingsCommand(patch)).Reason.ShouldBe(reason);
    }

    [Fact]
    public void Rules_count_from_the_next_command_on()
    {
        _office.Succeed(HoldStanding(1, 100, 2));

        Change(new SettingsPatch
        {
            HoldMinutes = 1,
            MaxTicketsPerBuyer = 3,
            ForbidsCancelling = true,
            Names = [new TierName(Standing, "Floor")],
        });

        _office.Fail(HoldStanding(2, 100, 2)).Reason.ShouldBe(LimitExceeded);
        _office.Succeed(HoldStanding(3, 101, 1)).HeldUntil.ShouldBe(Now.AddMinutes(1));
        _office.BookingOf(1).HeldUntil.ShouldBe(Now.AddMinutes(10));
        _office.Inventory.Settings.CancellableUntil.ShouldBeNull();
        _office.Inventory.Settings.Tiers[Standing].Name.ShouldBe("Floor");
    }

    [Fact]
    public void A_note_goes_with_a_change_and_not_with_a_refusal_or_a_repetition()
    {
        var patch = SettingsPatch.ChangePrice(Standing, 1);

        _office.Batch(
            new ResizePoolCommand(Standing, 1) { Note = "first" },
            new ResizePoolCommand(Standing, 0) { Note = "nothing" },
            new ResizePoolCommand(Standing, -99) { Note = "refused" },
            new ChangeSettingsCommand(patch) { Note = "last" })
            .Notes.ShouldBe(["first", "last"]);
    }

    [Fact]
    public void Settings_that_only_a_note_changes_have_a_new_version()
    {
        _office.Batch(new ChangeSettingsCommand(new SettingsPatch(), SettingsVersion: 1) { Note = "title" })
            .Notes.ShouldBe(["title"]);

        _office.Inventory.Settings.SettingsVersion.ShouldBe(2);
        _office.Fail(new ChangeSettingsCommand(new SettingsPatch(), SettingsVersion: 1) { Note = "other title" })
            .Reason.ShouldBe(StaleSettings);
    }

    [Fact]
    public void Other_node_applies_the_logged_change()
    {
        var patch = new SettingsPatch
        {
            OnSaleAt = Now.AddHours(1),
            Prices = [new TierPrice(Standing, 1), new TierPrice(Free, 5)],
        };
        var decision = InventoryDecider.Decide(
            InventoryOf(Settings()),
            new BatchContext(Now, new Dictionary<Guid, UsedKey>(), new Dictionary<Guid, Booking>()),
            [new ChangeSettingsCommand(patch)]);
        var other = InventoryOf(Settings());
        other.Apply(new LogEntry(1, Id(1), Now, ChangeLogCodec.Read(ChangeLogCodec.Write(decision.Changes))));
        (other.Settings.SettingsVersion, other.Settings.OnSaleAt, other.Settings.OffSaleAt)
            .ShouldBe((2, Now.AddHours(1), Now.AddHours(5)));
        other.Settings.Tiers.Select(tier => tier.Price).ShouldBe([5000, 1, 5]);
        other.BatchId.ShouldBe(Id(1));
    }
}
