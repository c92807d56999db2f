-- Payments by Stripe. A payment attempt is a payment intent there; a crash must not lose which one.

create index payments_by_reference on payments (reference);

create table stripe_intents (
    reference  uuid primary key, -- of the payment attempt
    event_id   uuid,
    booking_id uuid,
    intent_id  text unique, -- null: it was not made, or nobody heard that it was; then it is never confirmed
    state      smallint not null default 0, -- 0 to be made, 1 made, and confirmed from then on, 2 given up before that
    is_open    boolean not null default false, -- confirmed, and the answer takes longer than a request
    amount     bigint not null, -- in Stripe's units, which are not always those of ISO 4217
    currency   char(3) not null,
    changed_at timestamptz not null default clock_timestamp()
);

create table stripe_refunds (
    id         uuid primary key, -- of a partial refund, or the payment's reference: all that was left of it
    reference  uuid not null,
    amount     bigint, -- in Stripe's units; null: all that is left
    sequence   smallint not null default 1, -- of the request: an answer that was an error is kept with its key
    is_broken  boolean not null default false, -- the last request was answered by an error of Stripe's
    refund_id  text unique, -- null: not made, or nobody heard that it was
    state      smallint not null default 0, -- 0 asked for, 1 succeeded, 2 pending, 3 failed
    changed_at timestamptz not null default clock_timestamp()
);
create index stripe_refunds_by_reference on stripe_refunds (reference);

-- refunds.state: 2 failed; payments.state: 7 the refund of the whole failed. A refund that had gone out can come back.
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check check (kind between 1 and 8);
