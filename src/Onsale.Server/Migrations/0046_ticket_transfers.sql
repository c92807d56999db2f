-- phase: contract since 0046
-- (An earlier program would not see that a ticket was handed on, and admit with its giver's code.)
-- Tickets on their way from one person to another, and those that have arrived: the accepted one with the highest
-- counter says whose a ticket is. Rows stay, so the chain can be read.
create table ticket_transfers (
    event_id      uuid not null,
    id            uuid not null,
    ticket_id     uuid not null,
    booking_id    uuid not null,
    counter       smallint not null check (counter between 1 and 4095), -- what the ticket's code counts once it is accepted
    state         smallint not null default 0, -- 0 offered, 1 accepted, 2 withdrawn
    from_buyer_id uuid not null,
    to_buyer_id   uuid,
    email         text check (length(email) <= 254), -- null once the person is erased, as is the name
    name          text check (length(name) <= 100),
    language      text not null check (length(language) <= 35),
    secret_hash   bytea not null check (length(secret_hash) = 32), -- SHA-256 of what the link says
    code          text, -- what the new holder types where a QR code cannot be read
    offered_at    timestamptz not null default clock_timestamp(),
    ended_at      timestamptz,
    changed_by    xid8 not null default pg_current_xact_id(), -- devices at the door ask for what is new
    primary key (event_id, id),
    check (state between 0 and 2),
    check ((state = 1) = (to_buyer_id is not null and code is not null)),
    check ((state = 0) = (ended_at is null))
);
create unique index ticket_transfers_open on ticket_transfers (event_id, ticket_id) where state = 0;
create unique index ticket_transfers_accepted on ticket_transfers (event_id, ticket_id, counter) where state = 1;
create unique index ticket_transfers_by_code on ticket_transfers (event_id, code) where code is not null;
create unique index ticket_transfers_by_secret on ticket_transfers (secret_hash);
create index ticket_transfers_by_holder on ticket_transfers (to_buyer_id) where state = 1;
create index ticket_transfers_by_giver on ticket_transfers (from_buyer_id);
create index ticket_transfers_by_booking on ticket_transfers (event_id, booking_id);
create index ticket_transfers_changed on ticket_transfers (event_id, changed_by);

-- Whether an event's tickets may change hands; without a row they may.
create table transfer_rules (
    event_id   uuid primary key,
    is_allowed boolean not null,
    changed_at timestamptz not null default clock_timestamp()
);
