-- The day of an event is the day that its venue's calendar shows when it starts: what lists show, and so what a filter by
-- day must mean. The names are what a misspelt search may have meant.
alter table events add column starts_on date;
alter table events add column names_key text not null default '';

-- A zone that this server does not know (its tzdata may be older) gives the day in UTC: one event must not break lists.
create function local_day(instant timestamptz, zone text) returns date language plpgsql stable parallel safe as $$
begin
    return (instant at time zone zone)::date;
exception when invalid_parameter_value then
    return (instant at time zone 'UTC')::date;
end $$;

create or replace function fill_event_listing() returns trigger language plpgsql as $$
declare
    place record;
begin
    select name, city into place from venues where id = new.venue_id;
    new.city = coalesce(place.city, '');
    new.title_key = search_key(new.title);
    new.city_key = search_key(new.city);
    new.category_key = search_key(new.category);
    new.names_key = search_key(concat_ws(' ', new.title, place.name, place.city));
    new.starts_on = local_day(new.starts_at, new.time_zone);
    new.search = array_to_tsvector(search_words(concat_ws(
        ' ', new.title, new.category, place.name, place.city, new.summary, new.description)));
    return new;
end $$;

drop trigger fill_listing on events;
create trigger fill_listing
    before insert or update of title, summary, description, category, venue_id, starts_at, time_zone on events
    for each row execute function fill_event_listing();

update events set title = title;
alter table events alter column starts_on set not null;

-- Suggestions for misspelt words need trigrams. Where the extension is not installed or not allowed, there are none.
do $$
begin
    create extension if not exists pg_trgm;
exception when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'pg_trgm is not available: misspelt searches find nothing';
end $$;
do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') then
        create index events_by_names on events using gin (names_key gin_trgm_ops) where status = 1;
    end if;
end $$;
