-- What a payment provider's own books say and ours do not, or otherwise.

-- When a provider was compared last: written before the work, so that of several nodes one does it.
create table reconciliation_runs (
    provider text primary key,
    begun_at timestamptz not null,
    ended_at timestamptz, -- null: not yet, or it failed
    compared integer not null default 0 -- payments
);

create table reconciliation_differences (
    provider        text not null,
    reference       uuid not null, -- what the provider knows the payment by
    organisation_id uuid, -- null: the provider has a payment that nobody here knows
    event_id        uuid,
    booking_id      uuid,
    currency        char(3) not null,
    our_taken       bigint not null, -- by the ledger, minor units
    our_back        bigint not null,
    their_taken     bigint not null, -- by the provider
    their_back      bigint not null,
    found_at        timestamptz not null,
    seen_at         timestamptz not null,
    resolved_at     timestamptz, -- when both said the same again
    primary key (provider, reference)
);
create index reconciliation_differences_open on reconciliation_differences (organisation_id) where resolved_at is null;
