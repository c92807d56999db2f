-- phase: expand
-- Where a venue is, in degrees of WGS 84: both or neither. What is near a city is found by them.
alter table venues add column latitude numeric(8, 5);
alter table venues add column longitude numeric(8, 5);
create index venues_latitude_idx on venues (latitude) where latitude is not null;
