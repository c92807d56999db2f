-- Organisations as their members run them: what buyers are shown of one, who may do what in it, who is invited, and what
-- was changed by whom.

alter table organisations add column contact_email text not null default '' check (length(contact_email) <= 254);
alter table organisations add column contact_phone text not null default '' check (length(contact_phone) <= 50);
alter table organisations add column website text not null default '' check (length(website) <= 500);
alter table organisations add column imprint_url text not null default '' check (length(imprint_url) <= 500);
alter table organisations add column terms_url text not null default '' check (length(terms_url) <= 500);
alter table organisations add column privacy_url text not null default '' check (length(privacy_url) <= 500);
-- What a new event and a new venue begin with.
alter table organisations add column default_currency char(3) not null default 'EUR';
alter table organisations add column time_zone text not null default 'UTC';
alter table organisations add column language text not null default 'en';
alter table organisations add column accent_colour char(7) not null default '#4f46e5';

-- 1 owner (until now: organiser, who had every right), 2 door, 3 manager, 4 box office, 5 analyst.
alter table organisation_members drop constraint organisation_members_role_check;
alter table organisation_members add constraint organisation_members_role_check check (role between 1 and 5);

-- An invitation is good once, for one e-mail, until it expires or is withdrawn. Only the hash of its token is kept.
create table organisation_invitations (
    id              uuid primary key,
    organisation_id uuid not null references organisations (id),
    email           text not null check (length(email) <= 254),
    email_key       text not null check (length(email_key) <= 254),
    role            smallint not null check (role between 1 and 5),
    token_hash      bytea not null unique check (octet_length(token_hash) = 32),
    invited_by      uuid not null,
    created_at      timestamptz not null default clock_timestamp(),
    expires_at      timestamptz not null,
    accepted_at     timestamptz,
    accepted_by     uuid,
    withdrawn_at    timestamptz,
    check ((accepted_at is null) = (accepted_by is null)),
    check (accepted_at is null or withdrawn_at is null)
);
-- A second invitation of one person takes the place of the first.
create unique index organisation_invitations_open on organisation_invitations (organisation_id, email_key)
    where accepted_at is null and withdrawn_at is null;

-- One row a change that a member or an operator made, written in the change's own transaction. People appear by their
-- account's id only, so that a deleted account leaves no name here. before and after hold what changed and nothing else.
create table activity_log (
    organisation_id uuid not null references organisations (id),
    id              uuid not null,
    at              timestamptz not null default clock_timestamp(),
    actor_id        uuid not null,
    as_operator     boolean not null,
    action          text not null check (length(action) <= 60),
    subject         text not null check (length(subject) <= 30),
    subject_id      text not null check (length(subject_id) <= 100),
    event_id        uuid,
    before          jsonb,
    after           jsonb,
    origin          text, -- keyed hash of the address range; null: not known
    primary key (organisation_id, id)
);
create index activity_log_by_event on activity_log (event_id, id) where event_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed', tg_table_name;
end $$;
create trigger activity_log_is_final before update or delete on activity_log
    for each statement execute function refuse_change();
