-- The selling path. Every table starts its keys with event_id, so that the same schema can be distributed by event
-- and an event's transactions stay on one shard. No index contains a column that hot updates change (state,
-- held_until, version, counters): those updates stay heap-only (HOT), and fillfactor leaves them room in the page.

create table organisations (
    id         uuid primary key,
    slug       text not null unique,
    name       text not null,
    created_at timestamptz not null default now()
);

create table venues (
    id              uuid primary key,
    organisation_id uuid not null references organisations (id),
    slug            text not null unique,
    name            text not null,
    city            text not null,
    country         char(2) not null,
    address         text not null,
    time_zone       text not null,
    created_at      timestamptz not null default now()
);

-- Immutable and content-hashed: a change makes a new row. The document is pretix's seating-plan JSON, kept whole.
create table seating_plans (
    id           uuid primary key,
    content_hash text not null unique,
    name         text not null,
    venue_id     uuid references venues (id),
    seat_count   integer not null check (seat_count >= 0),
    document     jsonb not null,
    created_at   timestamptz not null default now()
);

create table events (
    id                    uuid primary key,
    organisation_id       uuid not null references organisations (id),
    venue_id              uuid not null references venues (id),
    seating_plan_id       uuid references seating_plans (id),
    slug                  text not null unique,
    title                 text not null,
    summary               text not null default '',
    description           text not null default '',
    category              text not null,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    time_zone             text not null,
    currency              char(3) not null,
    status                smallint not null default 0, -- 0 draft, 1 published, 2 cancelled
    on_sale_at            timestamptz not null,
    off_sale_at           timestamptz not null,
    hold_minutes          smallint not null default 10 check (hold_minutes between 1 and 60),
    max_tickets_per_buyer integer not null default 8 check (max_tickets_per_buyer >= 1),
    one_booking_per_buyer boolean not null default false,
    orphan_rule           boolean not null default false,
    cancellable_until     timestamptz, -- null: a confirmed booking cannot be cancelled by its buyer
    image_url             text,
    created_at            timestamptz not null default now(),
    check (off_sale_at > on_sale_at),
    check (ends_at >= starts_at)
);

-- kind 0: numbered seats of the plan whose category is `category`; kind 1: places by quantity (a row in pools).
create table tiers (
    event_id uuid not null references events (id),
    number   smallint not null check (number >= 0),
    id       uuid not null,
    name     text not null,
    kind     smallint not null check (kind in (0, 1)),
    category text,
    price    bigint not null check (price >= 0), -- minor units of the event's currency
    colour   text not null,
    primary key (event_id, number),
    unique (event_id, id),
    check ((kind = 0) = (category is not null))
);

-- One row an event: the lock every batch takes first, and the version it moves.
create table inventory (
    event_id         uuid primary key references events (id),
    version          bigint not null default 0,
    settings_version bigint not null default 0, -- moves when the event or its tiers change: nodes reload them
    changed_at       timestamptz not null default '-infinity',
    next_due_at      timestamptz, -- end of the earliest live hold or payment lease; null: none
    total            integer not null default 0, -- places not kept from sale; with available, what lists of events show
    available        integer not null default 0
) with (fillfactor = 10);

create table seats (
    event_id   uuid not null,
    ordinal    integer not null check (ordinal >= 0),
    state      smallint not null default 0, -- 0 available, 1 held, 2 sold, 3 blocked
    booking_id uuid,
    primary key (event_id, ordinal),
    check (state between 0 and 3),
    check ((state in (1, 2)) = (booking_id is not null))
) with (fillfactor = 50);

create table pools (
    event_id uuid not null,
    tier     smallint not null,
    capacity integer not null check (capacity >= 0),
    held     integer not null default 0 check (held >= 0),
    sold     integer not null default 0 check (sold >= 0),
    blocked  integer not null default 0 check (blocked >= 0),
    primary key (event_id, tier),
    check (held::bigint + sold + blocked <= capacity)
) with (fillfactor = 10);

-- tiers, seats and prices are parallel arrays, one element a place; seats holds -1 for a place by quantity.
create table bookings (
    event_id     uuid not null,
    id           uuid not null,
    buyer_id     uuid not null,
    state        smallint not null, -- 0 held, 1 paying, 2 confirmed, 3 released, 4 expired, 5 cancelled
    attempts     smallint not null default 0, -- payments started
    held_until   timestamptz not null,
    paying_until timestamptz,
    hold_version bigint not null, -- the inventory version that made it
    version      bigint not null, -- the inventory version that changed it last
    created_at   timestamptz not null,
    changed_at   timestamptz not null,
    tiers        smallint[] not null,
    seats        integer[] not null,
    prices       bigint[] not null,
    primary key (event_id, id),
    check (state between 0 and 5),
    check ((state = 1) = (paying_until is not null)),
    check (cardinality(tiers) between 1 and 1000),
    check (cardinality(tiers) = cardinality(seats) and cardinality(tiers) = cardinality(prices))
) with (fillfactor = 75);
create index bookings_by_buyer on bookings (buyer_id, id);

create table tickets (
    event_id   uuid not null,
    id         uuid not null,
    booking_id uuid not null,
    line       smallint not null, -- index into the booking's arrays
    code       text not null,
    state      smallint not null default 0, -- 0 valid, 1 cancelled
    issued_at  timestamptz not null,
    primary key (event_id, id),
    unique (event_id, code)
) with (fillfactor = 90);
create index tickets_by_booking on tickets (event_id, booking_id);

-- key_hash: 128 bits of SHA-256 over buyer and key; fingerprint: the same over what was asked for.
create table idempotency_keys (
    event_id    uuid not null,
    key_hash    uuid not null,
    fingerprint uuid not null,
    booking_id  uuid not null,
    created_at  timestamptz not null,
    primary key (event_id, key_hash)
);
create index idempotency_keys_by_age on idempotency_keys using brin (created_at);

-- One row a committed batch. `changes` is the binary form of ChangeLogCodec; external storage skips a compression
-- that costs more than it saves on random ids.
create table change_log (
    event_id uuid not null,
    version  bigint not null,
    batch_id uuid not null,
    at       timestamptz not null,
    changes  bytea not null,
    primary key (event_id, version)
);
alter table change_log alter column changes set storage external;

-- The last word against a wrong count: a batch that touched other rows than it meant to is refused whole.
create function expect_rows(actual bigint, expected bigint, what text) returns void language plpgsql as $$
begin
    if actual is distinct from expected then
        raise exception 'inventory mismatch: % touched % rows, expected %', what, actual, expected
            using errcode = 'OS001';
    end if;
end $$;
