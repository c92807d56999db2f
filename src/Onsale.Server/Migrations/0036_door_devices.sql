-- Phones at the door: paired once by a code, and good for one event's check-in until they are revoked. Both secrets are
-- stored as SHA-256.
create table door_devices (
    event_id           uuid not null,
    id                 uuid not null,
    organisation_id    uuid not null,
    name               text not null check (length(name) between 1 and 50),
    shows_names        boolean not null,
    created_by         uuid not null,
    created_at         timestamptz not null default clock_timestamp(),
    pairing_hash       bytea not null,
    pairing_expires_at timestamptz not null,
    token_hash         bytea,
    paired_at          timestamptz,
    seen_at            timestamptz,
    revoked_at         timestamptz,
    primary key (event_id, id),
    check ((token_hash is null) = (paired_at is null))
);
create unique index door_devices_by_pairing on door_devices (pairing_hash);
create unique index door_devices_by_token on door_devices (token_hash);

-- Scans are facts, and what they add up to is computed in the order of their times: a device that had no network tells
-- of an earlier entry later. So a scan's outcome may change after it was taken; nothing else of it does.
alter table check_ins add column device_id uuid;
-- Whether the door let somebody pass, whatever it adds up to: an entry with this that is not accepted is a conflict.
alter table check_ins add column admitted boolean not null default true;
update check_ins set admitted = outcome = 0 or kind = 1;
-- The transaction that wrote or changed it: readers take what is below all that are under way, so that none is missed.
alter table check_ins add column changed_by xid8 not null default pg_current_xact_id();
create index check_ins_changed on check_ins (event_id, changed_by);
drop index check_ins_accepted;
create index check_ins_by_ticket on check_ins (event_id, ticket_id, scanned_at, number) where ticket_id is not null;
