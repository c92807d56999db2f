-- Codes of an event: what an organiser has set. Numbers have no gaps and are never given again; an ended code keeps its
-- row, which its bookings name.
create table codes (
    event_id               uuid not null references events (id),
    number                 smallint not null check (number >= 0),
    id                     uuid not null,
    text                   text not null check (length(text) between 3 and 32),
    percent                smallint check (percent between 1 and 100),
    amount                 bigint check (amount > 0), -- minor units off each place
    tiers                  smallint[] not null default '{}', -- numbers; none: all tiers
    starts_at              timestamptz,
    ends_at                timestamptz,
    max_uses               integer check (max_uses > 0),
    max_tickets            integer check (max_tickets > 0),
    max_tickets_per_buyer  integer check (max_tickets_per_buyer > 0),
    opens_presale          boolean not null default false,
    is_ended               boolean not null default false,
    created_at             timestamptz not null default now(),
    primary key (event_id, number),
    unique (event_id, id),
    check (percent is null or amount is null),
    check (ends_at > starts_at)
);
create unique index codes_by_text on codes (event_id, text) where not is_ended;

-- What is held and confirmed with a code: written with the bookings, by the batch that decided them.
create table code_uses (
    event_id uuid not null,
    number   smallint not null,
    uses     integer not null default 0 check (uses >= 0),
    tickets  integer not null default 0 check (tickets >= 0),
    primary key (event_id, number)
) with (fillfactor = 10);

-- The code that a booking was held with, and what it took off each place (parallel to prices); null: none.
alter table bookings add column code smallint;
alter table bookings add column discounts bigint[];
-- Neither column ever changes: updates of a booking stay heap-only.
create index bookings_by_code on bookings (event_id, code) where code is not null;
