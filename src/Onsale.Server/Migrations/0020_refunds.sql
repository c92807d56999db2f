-- Money that goes back in part, and payments at the counter: provider is then cash, card, comp or invoice, and the attempt
-- is 0, since a booking sold at the counter is confirmed without one.

-- What has gone back of a payment, whoever asked for it: never more than was paid.
alter table payments add column refunded bigint not null default 0 check (refunded >= 0 and refunded <= amount);
update payments set refunded = amount where state = 4;

-- One row a partial refund, written with the sum above before the provider hears of it.
create table refunds (
    event_id   uuid not null,
    id         uuid not null,
    booking_id uuid not null,
    attempt    smallint not null,
    state      smallint not null default 0, -- 0 intended, 1 done
    amount     bigint not null check (amount > 0),
    items      uuid[] not null default '{}', -- the places that it is for; none: an amount
    reason     text not null check (length(reason) <= 500),
    key_hash   bytea, -- of the Idempotency-Key that asked for it
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    primary key (event_id, id)
);
create unique index refunds_by_key on refunds (event_id, booking_id, key_hash) where key_hash is not null;
create index refunds_by_booking on refunds (event_id, booking_id);
create index refunds_open on refunds (changed_at) where state = 0;

-- The simulated provider's own books of these.
create table simulated_refunds (
    id        uuid primary key,
    reference uuid not null,
    amount    bigint not null
);
