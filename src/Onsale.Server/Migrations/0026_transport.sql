-- How to get to a venue, in the organiser's words.
alter table venues add column transport text not null default '' check (length(transport) <= 2000);
