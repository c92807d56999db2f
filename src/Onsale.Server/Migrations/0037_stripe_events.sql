-- What Stripe tells of itself: stored before it is answered, handled once, whichever way it came.
create table stripe_events (
    id          text primary key,
    type        text not null,
    object_id   text not null, -- what it is about: an intent, a refund, a dispute
    intent_id   text, -- the intent that this belongs to
    created_at  timestamptz not null, -- by Stripe's clock
    received_at timestamptz not null default clock_timestamp(),
    was_listed  boolean not null, -- found in Stripe's list: its delivery was missed
    state       smallint not null default 0, -- 0 to be handled, 1 handled, 2 not of this installation, 3 given up
    attempts    smallint not null default 0,
    due_at      timestamptz not null default clock_timestamp(), -- before that nobody takes it
    error       text
);
create index stripe_events_due on stripe_events (due_at) where state = 0;
create index stripe_events_by_age on stripe_events (received_at);

-- Up to when Stripe's list was read: one row.
create table stripe_event_reads (
    only_row  boolean primary key default true check (only_row),
    read_until timestamptz not null
);

-- Chargebacks: the buyer's bank takes the money back, or asks about it.
create table payment_disputes (
    event_id   uuid not null,
    id         uuid not null, -- made of the provider's id
    booking_id uuid not null,
    attempt    smallint not null,
    provider   text not null,
    reference  text not null, -- what the provider knows it by
    state      smallint not null, -- 0 the money is in dispute, 1 won, 2 lost, 3 an inquiry: the money stays for now
    amount     bigint not null check (amount >= 0),
    currency   char(3) not null,
    reason     text not null check (length(reason) <= 100),
    answer_by  timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    primary key (event_id, id)
);
create index payment_disputes_by_booking on payment_disputes (event_id, booking_id);
