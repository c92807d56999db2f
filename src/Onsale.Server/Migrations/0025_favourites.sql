-- Events that an account wants to find again, and venues whose events it wants to hear of. Guests have theirs in their
-- browser, until they sign in.
create table favourite_events (
    account_id uuid not null references accounts (id) on delete cascade,
    event_id   uuid not null references events (id) on delete cascade,
    added_at   timestamptz not null default clock_timestamp(),
    primary key (account_id, event_id)
);
create index favourite_events_by_event on favourite_events (event_id);

create table followed_venues (
    account_id uuid not null references accounts (id) on delete cascade,
    venue_id   uuid not null references venues (id) on delete cascade,
    added_at   timestamptz not null default clock_timestamp(),
    primary key (account_id, venue_id)
);
create index followed_venues_by_venue on followed_venues (venue_id);
