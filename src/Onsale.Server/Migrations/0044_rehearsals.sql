-- phase: expand
-- Rehearsals of an on-sale: a copy of an event is sold to simulated buyers, and removed afterwards.

-- A copy is known by its id, whose version is 8; the ids of all events that people make have version 7. So that every
-- part of the program and each node can tell without asking: nothing of a copy is for real.
create function is_rehearsal_copy(id uuid) returns boolean language sql immutable strict parallel safe as
    $$ select substr(id::text, 15, 1) = '8' $$;

-- state: 0 waiting, 1 running, 2 finished, 3 stopped, 4 failed, 5 abandoned.
-- audit: what the audit of the copy found before it was removed; null: it was not audited.
create table rehearsals (
    id              uuid primary key,
    organisation_id uuid not null references organisations (id),
    event_id        uuid not null references events (id) on delete cascade,
    copy_id         uuid not null unique check (is_rehearsal_copy(copy_id)),
    state           smallint not null default 0 check (state between 0 and 5),
    started_by      uuid, -- null: by the command
    plan            jsonb not null,
    progress        jsonb,
    report          jsonb,
    audit           text[],
    failure         text check (length(failure) <= 500),
    is_stopping     boolean not null default false,
    created_at      timestamptz not null default clock_timestamp(),
    started_at      timestamptz,
    ended_at        timestamptz,
    copy_removed_at timestamptz,
    check ((state in (0, 1)) = (ended_at is null))
);
create index rehearsals_by_event on rehearsals (event_id, id);
-- One at a time in the whole installation: it is the installation that is rehearsed.
create unique index rehearsals_one_at_a_time on rehearsals ((true)) where ended_at is null;
create index rehearsals_with_copy on rehearsals (id) where copy_removed_at is null;

-- Removes a copy with all that was written of it, whatever tables there are by then. Refuses every other event.
create function remove_rehearsal_copy(copy uuid) returns void language plpgsql as $$
declare
    name text;
begin
    if not is_rehearsal_copy(copy) or not exists (select from rehearsals where copy_id = copy) then
        raise exception 'event % is not a copy of a rehearsal', copy;
    end if;
    perform 1 from inventory where event_id = copy for update;
    for name in
        select c.table_name from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and c.column_name = 'event_id' and t.table_type = 'BASE TABLE'
            -- Neither is ever written for a copy, and neither takes a delete.
            and c.table_name not in ('activity_log', 'ledger_entries')
        order by c.table_name
    loop
        execute format('delete from %I where event_id = $1', name) using copy;
    end loop;
    delete from events where id = copy;
end $$;
