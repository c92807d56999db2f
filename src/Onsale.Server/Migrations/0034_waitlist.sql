-- Who waits for places of an event: written with the bookings, by the batch that decided it. Numbers have no gaps.
create table waitlist_entries (
    event_id   uuid not null,
    id         uuid not null,
    number     integer not null check (number > 0),
    buyer_id   uuid not null,
    -- 0 waiting, 1 places are kept, 2 offered, 3 bought, 4 declined, 5 offer expired, 6 left, 7 limit reached
    state      smallint not null check (state between 0 and 7),
    booking_id uuid, -- what keeps the places or makes the offer
    was_kept   boolean not null,
    joined_at  timestamptz not null,
    changed_at timestamptz not null,
    quantity   smallint not null check (quantity > 0),
    together   boolean not null,
    tiers      smallint[] not null, -- numbers; none: any tier
    primary key (event_id, id),
    unique (event_id, number)
) with (fillfactor = 75);
create index waitlist_entries_live on waitlist_entries (event_id, number) where state in (0, 1, 2);
create unique index waitlist_entries_once on waitlist_entries (event_id, buyer_id) where state in (0, 1, 2);
create index waitlist_entries_by_buyer on waitlist_entries (buyer_id, event_id, number);

-- Whom to write to about an entry, where the buyer has said so.
create table waitlist_contacts (
    event_id uuid not null,
    entry_id uuid not null,
    name     text not null,
    email    text not null,
    language text not null,
    primary key (event_id, entry_id)
);

-- How long an offer is open, minutes; null: the event has no waitlist.
alter table events add column waitlist_offer_minutes smallint check (waitlist_offer_minutes between 5 and 2880);
