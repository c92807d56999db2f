-- phase: expand
-- Number of the tier that a place of this one is sold with only, in the same booking; null: it is sold alone too.
alter table tiers add column needs_tier smallint;
