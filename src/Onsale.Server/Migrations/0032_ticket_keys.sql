-- The keys that sign an event's tickets: Ed25519. private_key: encrypted with the data-protection keys. A key that was
-- revoked verifies nothing any more; earlier ones that were not go on working.
create table ticket_keys (
    event_id    uuid not null,
    number      smallint not null check (number between 0 and 31), -- stands in five bits of a code
    public_key  bytea not null check (length(public_key) = 32),
    private_key bytea not null,
    created_at  timestamptz not null default clock_timestamp(),
    revoked_at  timestamptz,
    primary key (event_id, number)
);
