-- Search, filters by city and category, and the order of titles fold case and accents by themselves: with lower() they
-- depended on the locale of the database ('КОНЦЕРТ' was not found by 'концерт' where it is C), and accents went only where
-- Unicode decomposes a letter ('Łódź' was not found by 'lodz').

-- Case and accents removed, by Unicode and not by the database's locale: compatibility forms decomposed, combining marks,
-- vowel points and apostrophes dropped, then the letters that do not decompose, each by its simple lower case or its base
-- letter. ASCII, most of what is written here, needs none of that: collation "C" folds it alone, on every server.
create function fold_text(value text) returns text language sql immutable parallel safe as $$
    select case when octet_length(value) = char_length(value) then replace(lower(value collate "C"), '''', '')
    else replace(replace(replace(replace(translate(
        regexp_replace(
            lower(normalize(value, NFKD) collate "C"),
            '[''’\u02bb\u02bc\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]',
            '', 'g'),
        'ÆÐØÞðøĐđĦħıĸŁłŊŋŒŦŧƁƂƄƆƇƉƊƋƎƏƐƑƒƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎẞỺỼỾ'
            || 'ͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿ'
            || 'ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍ'
            || 'ӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ'
            || 'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ'
            || 'ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿ',
        'ædoþdoddhhikllnnœttɓƃƅɔƈɖɗƌǝəɛffɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏßỻỽỿ'
            || 'ͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽ'
            || 'ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎ'
            || 'ӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ'
            || 'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ'
            || 'ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿ'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') end
$$;

-- A name as it is compared and sorted: folded, without punctuation. 'Saint-Étienne' is 'saint etienne'. One expression
-- each, so that PostgreSQL puts them into the statement instead of calling them.
create function search_key(value text) returns text language sql immutable parallel safe as $$
    select coalesce(btrim(regexp_replace(
        fold_text(value), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g')), '')
$$;

-- A text as its words. It splits by itself instead of using the text-search parser, which would keep 'AC/DC' as a path
-- and 'example.com' as a host. A word is cut at 100 characters, far below what a tsvector takes.
create or replace function search_words(value text) returns text[] language sql immutable parallel safe as $$
    select coalesce(string_to_array(
        nullif(regexp_replace(search_key(value), '([^ ]{100})[^ ]+', '\1', 'g'), ''), ' '), '{}')
$$;

alter table events add column title_key text not null default '';
alter table events add column city_key text not null default '';
alter table events add column category_key text not null default '';

create or replace function fill_event_listing() returns trigger language plpgsql as $$
declare
    place record;
begin
    select name, city into place from venues where id = new.venue_id;
    new.city = coalesce(place.city, '');
    new.title_key = search_key(new.title);
    new.city_key = search_key(new.city);
    new.category_key = search_key(new.category);
    new.search = array_to_tsvector(search_words(concat_ws(
        ' ', new.title, new.category, place.name, place.city, new.summary, new.description)));
    return new;
end $$;

update events set title = title;

-- Minor units of different currencies are no order: 'by price' is by currency, then by price.
drop index events_by_price;
create index events_by_price on events (currency, lowest_price, id) where status = 1;
drop index events_by_title;
create index events_by_title on events (title_key, id) where status = 1;
drop index events_by_city;
create index events_by_city on events (city_key, starts_at, id) where status = 1;
drop index events_by_category;
create index events_by_category on events (category_key, starts_at, id) where status = 1;
