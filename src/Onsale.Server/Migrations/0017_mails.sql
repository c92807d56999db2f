-- Mails that are to be sent, and for a month those that were: each is queued in the transaction of what it tells of.
-- cause: what it is sent for; a second mail for it is not queued. state: 0 waiting, 1 being sent until due_at, 2 sent,
-- 3 given up. priority: 0 first.
create table mails (
    id             uuid primary key default gen_random_uuid(),
    cause          text not null unique check (length(cause) <= 200),
    kind           text not null check (length(kind) <= 50),
    priority       smallint not null,
    recipient      text not null check (length(recipient) <= 254),
    recipient_name text not null,
    language       text not null,
    subject        text not null,
    text_body      text not null,
    html_body      text not null,
    calendar       text,
    state          smallint not null default 0 check (state between 0 and 3),
    attempts       smallint not null default 0,
    error          text,
    due_at         timestamptz not null default clock_timestamp(),
    created_at     timestamptz not null default clock_timestamp(),
    changed_at     timestamptz not null default clock_timestamp()
);
create index mails_due on mails (priority, due_at) where state in (0, 1);
create index mails_by_age on mails (created_at);

-- How far each consumer has read an event's change log: moved in the transaction of what it makes of the entries.
create table outbox_positions (
    event_id uuid not null,
    consumer text not null check (length(consumer) <= 50),
    version  bigint not null,
    primary key (event_id, consumer)
);
-- What happened before there was a reader is not told again.
insert into outbox_positions (event_id, consumer, version)
select event_id, 'notifications', version from inventory where version > 0;

-- Links that were mailed to an account: kind 0 sets another password, 1 confirms the e-mail address. Only hashes are kept.
create table account_links (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    kind       smallint not null check (kind in (0, 1)),
    account_id uuid not null references accounts (id) on delete cascade,
    email_key  text not null,
    expires_at timestamptz not null
);
create index account_links_by_account on account_links (account_id);
create index account_links_by_expiry on account_links (expires_at);

alter table accounts add column email_verified_at timestamptz;
