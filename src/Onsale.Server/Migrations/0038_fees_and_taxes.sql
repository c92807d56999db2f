-- Fees and taxes of a tier, and what a booking's places were charged by them. All is decided with the hold.

alter table tiers add column fee_fixed bigint not null default 0 check (fee_fixed >= 0); -- minor units a place
alter table tiers add column fee_basis_points integer not null default 0 check (fee_basis_points between 0 and 10000);
alter table tiers add column fee_from_buyer boolean not null default true; -- on top of the price; else out of it
alter table tiers add column tax_basis_points integer not null default 0 check (tax_basis_points between 0 and 10000);
alter table tiers add column tax_added boolean not null default false; -- on top of price and fee; else in them

-- What a buyer pays for a place, as PriceTerms of the inventory decides it: lists and filters go by it.
create function full_price(
    price bigint, fee_fixed bigint, fee_basis_points integer, fee_from_buyer boolean, tax_basis_points integer,
    tax_added boolean) returns bigint language sql immutable as $$
    select case when price = 0 then 0
        else gross + case when tax_added then (gross * tax_basis_points + 5000) / 10000 else 0 end end
    from (select price + case when fee_from_buyer then fee_fixed + (price * fee_basis_points + 5000) / 10000
        else 0 end) as parts (gross)
$$;
alter table tiers add column full_price bigint not null generated always as (
    full_price(price, fee_fixed, fee_basis_points, fee_from_buyer, tax_basis_points, tax_added)) stored;

create or replace function fill_event_prices() returns trigger language plpgsql as $$
begin
    update events
    set lowest_price = prices.lowest, highest_price = prices.highest
    from (select touched.event_id, min(tiers.full_price) as lowest, max(tiers.full_price) as highest
          from (select distinct event_id from changed_tiers) touched
          left join tiers on tiers.event_id = touched.event_id
          group by touched.event_id) prices
    where events.id = prices.event_id
      and (events.lowest_price, events.highest_price) is distinct from (prices.lowest, prices.highest);
    return null;
end $$;

-- Parallel to prices, which contain them; null: nothing was charged. They never change.
alter table bookings add column fees bigint[]; -- that the buyer pays
alter table bookings add column own_fees bigint[]; -- that the organiser pays
alter table bookings add column taxes bigint[];
