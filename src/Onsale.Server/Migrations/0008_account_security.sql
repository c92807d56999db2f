-- Sessions that their owner can list and end, access tokens that end with them, and attempts counted by device.

-- What the owner of a session recognises it by; nothing else about the device is kept.
alter table sessions add column browser text check (length(browser) <= 20);
alter table sessions add column operating_system text check (length(operating_system) <= 20);

-- How often the token was replaced: bounds the search for a presented token among the earlier ones.
alter table sessions add column rotations integer not null default 0;

-- A guest's session of which no booking is known yet: deleted after an hour without use.
alter table sessions add column is_trial boolean not null default false;

create index sessions_by_subject on sessions (subject_id);
create index sessions_on_trial on sessions (rotated_at) where is_trial;

-- Sessions that were ended while an access token of theirs could still be valid. Every node reads what is new here.
create table ended_sessions (
    session_id uuid primary key,
    ended_at   timestamptz not null default clock_timestamp()
);
create index ended_sessions_by_time on ended_sessions (ended_at);

-- Attempts are counted by e-mail, by e-mail and address, or by known device: the key is a keyed hash of these.
alter table sign_in_attempts rename column email_hash to key_hash;

-- Secrets that all nodes share, encrypted with the data-protection keys.
create table shared_secrets (
    name            text primary key,
    protected_value bytea not null,
    created_at      timestamptz not null default now()
);
