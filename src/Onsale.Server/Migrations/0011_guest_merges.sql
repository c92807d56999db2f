-- Guests whose identity has ended in an account. The row is written before the account's session begins, is worked off
-- and repeated until every booking is decided, and stays: it says what went where, so that a merge can be reversed.
-- state: 0 bookings are being moved, 1 all are decided, 2 the guest registered and its id is the account's.
create table guest_merges (
    guest_id    uuid primary key,
    account_id  uuid not null,
    state       smallint not null default 0 check (state between 0 and 2),
    tries       integer not null default 0,
    merged_at   timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null default clock_timestamp(),
    check ((state = 2) = (guest_id = account_id))
);
create index guest_merges_open on guest_merges (next_try_at) where state = 0;
create index guest_merges_by_age on guest_merges (merged_at);

-- What was to move with a guest, written before it is moved.
-- outcome: null not decided (or decided, and the answer lost: the booking's buyer says it), 0 moved, 1 moved although
-- it is more than the event lets one buyer have, 2 a hold that the account may not have as well: released, 3 ended
-- before it could be moved.
create table guest_merge_bookings (
    guest_id   uuid not null references guest_merges (guest_id),
    event_id   uuid not null,
    booking_id uuid not null,
    outcome    smallint check (outcome between 0 and 3),
    noted_at   timestamptz not null default clock_timestamp(),
    decided_at timestamptz,
    primary key (guest_id, booking_id)
);
create index guest_merge_bookings_over_limit on guest_merge_bookings (event_id) where outcome = 1;
