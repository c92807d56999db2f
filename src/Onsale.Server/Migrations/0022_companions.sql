-- From when places for wheelchairs and their companions are sold like any others; null: never.
alter table events add column companions_released_at timestamptz;
