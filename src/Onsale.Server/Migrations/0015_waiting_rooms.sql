-- The waiting room of an event: one row, however many wait. A place in it is a signed pass that its buyer carries.

-- mode: 0 off, 1 always, 2 auto. phase: 0 closed, 1 pre-queue, 2 open. era counts the openings: a pass is of one.
-- early: how many came before the draw, counted when it is held. numbers: how many numbers were given after it.
-- served: positions that have been let in: 1 ... early are the early, by lot; the numbers follow.
-- moved_at, carry: when served moved last, and the part of a place that was left. pace: the rate a minute that is used.
-- window_from, window_middle, window_turned_at: what was served some seconds ago, to know who may still come in.
-- fence: of the leader that wrote last.
create table waiting_rooms (
    event_id          uuid primary key references events (id),
    mode              smallint not null check (mode between 0 and 2),
    phase             smallint not null default 0 check (phase between 0 and 2),
    era               integer not null default 0,
    opens_at          timestamptz not null,
    needs_account     boolean not null default false,
    rate_per_minute   integer not null check (rate_per_minute >= 1),
    max_inside        integer not null check (max_inside >= 1),
    admission_minutes smallint not null default 10 check (admission_minutes between 1 and 60),
    is_paused         boolean not null default false,
    message           text not null default '',
    commitment        bytea check (octet_length(commitment) = 32),
    sealed_seed       bytea, -- under the data-protection keys, until the draw
    seed              bytea check (octet_length(seed) = 32), -- from the draw on, for everybody to see
    beacon            text not null default '',
    early             bigint not null default 0 check (early >= 0),
    numbers           bigint not null default 0 check (numbers >= 0),
    served            bigint not null default 0 check (served >= 0),
    moved_at          timestamptz not null default clock_timestamp(),
    carry             double precision not null default 0,
    pace              double precision not null default 0,
    window_from       bigint not null default 0,
    window_middle     bigint not null default 0,
    window_turned_at  timestamptz not null default clock_timestamp(),
    is_sold_out       boolean not null default false,
    calm_since        timestamptz,
    fence             bigint not null default 0,
    check (served <= early + numbers),
    check (phase = 0 or commitment is not null)
) with (fillfactor = 40);

create sequence waiting_room_fences;

-- How many came early, without a row for each: a sketch (HyperLogLog), in which who joins twice is one.
create table waiting_room_crowds (
    event_id  uuid not null,
    era       integer not null,
    registers bytea not null,
    primary key (event_id)
) with (fillfactor = 40);

-- The places of accounts alone, to be found again on another device. number: 0 for the early.
create table waiting_room_places (
    event_id  uuid not null,
    buyer_id  uuid not null,
    era       integer not null,
    number    bigint not null,
    joined_at timestamptz not null,
    primary key (event_id, buyer_id)
);

-- Who was let in last for each buyer: rows that have neither ended nor come to their end are inside.
create table waiting_room_admissions (
    event_id    uuid not null,
    buyer_id    uuid not null,
    era         integer not null,
    number      bigint not null,
    position    bigint not null,
    session_id  uuid not null,
    admitted_at timestamptz not null,
    ends_at     timestamptz not null,
    ended_at    timestamptz,
    primary key (event_id, buyer_id)
) with (fillfactor = 80);
create index waiting_room_admissions_ended on waiting_room_admissions (ended_at) where ended_at is not null;

-- What each node saw of an event with a room in its last second: the rate follows it, and automatic rooms open by it.
create table waiting_room_loads (
    event_id         uuid not null,
    node_id          uuid not null,
    holds_per_second double precision not null,
    hold_p99_ms      double precision not null,
    refused          integer not null, -- holds that found a full queue
    viewers          integer not null,
    reported_at      timestamptz not null,
    primary key (event_id, node_id)
) with (fillfactor = 40);
