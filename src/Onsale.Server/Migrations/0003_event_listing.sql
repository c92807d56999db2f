-- Finding events among a hundred thousand: what lists filter and sort by stands in the events row itself, kept there by
-- triggers so that no writer can forget it. The selling path never touches these columns.

-- A text as its words: case, accents, apostrophes and punctuation removed. It splits by itself instead of using the
-- text-search parser, which would keep 'AC/DC' as a path and 'example.com' as a host. A word is cut at 100 characters,
-- far below what a tsvector takes.
create function search_words(value text) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(left(word, 100)), '{}')
    from regexp_split_to_table(
        regexp_replace(
            regexp_replace(lower(normalize(value, NFKD)), '[''’\u0300-\u036f]', '', 'g'),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'),
        ' ') as word
    where word <> ''
$$;

-- Every word of the search must begin some word of the event. Null when the search has no words: it finds nothing.
create function search_query(value text) returns tsquery language sql immutable parallel safe as $$
    select string_agg('''' || word || ''':*', ' & ')::tsquery from unnest(search_words(value)) as word
$$;

alter table events
    add column city          text not null default '',
    add column lowest_price  bigint, -- null: no tiers yet
    add column highest_price bigint,
    add column search        tsvector not null default '';

create function fill_event_listing() returns trigger language plpgsql as $$
declare
    place record;
begin
    select name, city into place from venues where id = new.venue_id;
    new.city = coalesce(place.city, '');
    new.search = array_to_tsvector(search_words(concat_ws(
        ' ', new.title, new.category, place.name, place.city, new.summary, new.description)));
    return new;
end $$;
create trigger fill_listing before insert or update of title, summary, description, category, venue_id on events
    for each row execute function fill_event_listing();

create function refill_venue_listing() returns trigger language plpgsql as $$
begin
    update events set venue_id = venue_id where venue_id = new.id;
    return null;
end $$;
create trigger refill_listing after update of name, city on venues
    for each row when (old.name is distinct from new.name or old.city is distinct from new.city)
    execute function refill_venue_listing();

create function fill_event_prices() returns trigger language plpgsql as $$
begin
    update events
    set lowest_price = prices.lowest, highest_price = prices.highest
    from (select touched.event_id, min(tiers.price) as lowest, max(tiers.price) as highest
          from (select distinct event_id from changed_tiers) touched
          left join tiers on tiers.event_id = touched.event_id
          group by touched.event_id) prices
    where events.id = prices.event_id
      and (events.lowest_price, events.highest_price) is distinct from (prices.lowest, prices.highest);
    return null;
end $$;
create trigger fill_prices_insert after insert on tiers
    referencing new table as changed_tiers for each statement execute function fill_event_prices();
create trigger fill_prices_update after update on tiers
    referencing new table as changed_tiers for each statement execute function fill_event_prices();
create trigger fill_prices_delete after delete on tiers
    referencing old table as changed_tiers for each statement execute function fill_event_prices();

update events set venue_id = venue_id;
update tiers set price = price;

-- Only published events are listed. Each sort has an index that ends in the id, so that pages never overlap.
create index events_by_date on events (starts_at, id) where status = 1;
create index events_by_price on events (lowest_price, id) where status = 1;
create index events_by_title on events (lower(title), id) where status = 1;
create index events_by_city on events (lower(city), starts_at, id) where status = 1;
create index events_by_category on events (lower(category), starts_at, id) where status = 1;
create index events_by_search on events using gin (search) where status = 1;
