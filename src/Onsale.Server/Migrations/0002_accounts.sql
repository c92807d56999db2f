-- Accounts, the sessions of accounts and guests, and the keys that protect access tokens. A guest has no row of its
-- own, only a session: signing in as a guest is one insert, and what it leaves behind goes away with the session.

-- email_key: the e-mail in lower case and Unicode's composed form (NFC); what decides that two are the same.
-- roles: 0 buyer, 1 organiser, 2 door, 3 operator.
create table accounts (
    id             uuid primary key,
    email          text not null check (length(email) <= 254),
    email_key      text not null unique check (length(email_key) <= 254),
    name           text not null check (length(name) <= 100),
    password_hash  text not null,
    security_stamp text not null,
    roles          smallint[] not null check (cardinality(roles) > 0 and roles <@ '{0,1,2,3}'::smallint[]),
    created_at     timestamptz not null default now()
);

create table organisation_members (
    organisation_id uuid not null references organisations (id),
    account_id      uuid not null references accounts (id),
    role            smallint not null check (role in (1, 2)), -- 1 organiser, 2 door
    created_at      timestamptz not null default now(),
    primary key (organisation_id, account_id)
);
create index organisation_members_by_account on organisation_members (account_id);

-- One row a refresh-token family, changed in place at every rotation. Only hashes of tokens are kept: the present one
-- and the one before it. A token of this session that is neither was used before, and ends the session.
-- subject_id: an account, or a guest that exists nowhere else. account_stamp: the account's security stamp at sign-in.
create table sessions (
    id            uuid primary key,
    subject_id    uuid not null,
    account_stamp text, -- null: a guest's
    token_hash    bytea not null check (octet_length(token_hash) = 32),
    previous_hash bytea check (octet_length(previous_hash) = 32),
    rotation_key  bytea not null check (octet_length(rotation_key) = 32),
    rotated_at    timestamptz not null default now(),
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null
) with (fillfactor = 80);
create index sessions_by_expiry on sessions (expires_at);

-- Sign-in attempts by the hash of the e-mail they name, whether or not such an account exists.
create table sign_in_attempts (
    email_hash bytea primary key check (octet_length(email_hash) = 32),
    attempts   integer not null,
    since      timestamptz not null
) with (fillfactor = 70);
create index sign_in_attempts_by_age on sign_in_attempts (since);

create table data_protection_keys (
    friendly_name text primary key,
    xml           text not null,
    created_at    timestamptz not null default now()
);
