-- phase: expand
-- How bookings of an event can be paid later, as by bank transfer: all three, or none where they cannot. Which booking is
-- paid later says its count of extensions: 31.
alter table events add column pay_later_days smallint;
alter table events add column pay_later_ends_at timestamptz;
alter table events add column pay_later_instructions text;
