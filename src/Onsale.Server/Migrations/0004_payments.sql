-- One row a payment attempt, written before the provider is called: after a crash it says whom to ask.
create table payments (
    event_id   uuid not null,
    booking_id uuid not null,
    attempt    smallint not null,
    buyer_id   uuid not null,
    provider   text not null,
    reference  uuid not null, -- what the provider knows the attempt by
    state      smallint not null, -- 0 started, 1 succeeded, 2 declined, 3 refund intended, 4 refunded, 5 moved to another booking
    amount     bigint not null check (amount >= 0),
    currency   char(3) not null,
    started_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    primary key (event_id, booking_id, attempt)
);
-- Only what still needs something done.
create index payments_open on payments (changed_at) where state in (0, 3);

-- The simulated provider's own books: it must know after a restart what it charged, as a real one would.
create table simulated_payments (
    reference  uuid primary key,
    token      text not null,
    amount     bigint not null,
    currency   char(3) not null,
    state      smallint not null, -- 0 pending, 1 succeeded, 2 declined, 3 refunded
    changed_at timestamptz not null default clock_timestamp()
);
