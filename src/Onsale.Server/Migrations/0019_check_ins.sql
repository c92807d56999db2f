-- Scans at the door: facts, added and never changed. nonce: made by the device, so that a scan that is sent twice is
-- one. kind: 0 entry, 1 exit, 2 undo of an entry. outcome: 0 accepted; others say why it was not (ScanOutcome).
-- ticket_id: null where the code is no ticket of the event. scanned_at: by the device's clock.
create table check_ins (
    event_id    uuid not null,
    nonce       uuid not null,
    number      bigint generated always as identity, -- the order in which they were decided
    ticket_id   uuid,
    kind        smallint not null check (kind between 0 and 2),
    outcome     smallint not null check (outcome >= 0),
    gate        text not null check (length(gate) <= 50),
    account_id  uuid not null,
    scanned_at  timestamptz not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (event_id, nonce)
);
-- What decides about a ticket: its latest accepted scan.
create index check_ins_accepted on check_ins (event_id, ticket_id, number) where outcome = 0;
