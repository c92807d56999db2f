using Onsale.Platform.Database;

namespace Onsale.Server.Tests.Architecture;

/// <summary>Each migration says which older programs work with it, and keeps to it.</summary>
public sealed class MigrationPhaseTests
{
    /// <summary>Those before have no phase: a program that does not know one of them does not work with it.</summary>
    private const int FirstWithPhase = 43;

    [Fact]
    public void Each_migration_has_a_phase_and_expands_by_additions_only()
    {
        foreach (var migration in OnsaleApp.Migrations.All.Where(one => one.Number >= FirstWithPhase))
        {
            migration.OldestProgram.ShouldNotBeNull(
                $"{migration.Name} begins with the line '-- phase: expand', or '-- phase: contract since NNNN' with "
                + "the number of the migration whose programs no longer use what it changes (docs/architecture.md).");
            if (migration.OldestProgram == 0)
            {
                ExpandRules.Refused(migration).ShouldBeEmpty(
                    $"{migration.Name} is of the phase expand, and the previous release may not work with this.");
            }
        }
    }

    [Theory]
    [InlineData("create table later (id uuid primary key, name text not null)")]
    [InlineData("create table later (id uuid); create unique index later_id on later (id)")]
    [InlineData("create table later (id uuid); insert into later values ('a;b'); alter table later add check (id > 1)")]
    [InlineData("create table later (id uuid); create trigger final before update on later execute function refuse()")]
    [InlineData("alter table bookings add column later text")]
    [InlineData("alter table bookings add column later text not null default 'a, drop '")]
    [InlineData("alter table bookings add column later timestamptz not null default now()")]
    [InlineData("alter table bookings add column later text; update bookings set later = lower(state)")]
    [InlineData("create index concurrently if not exists bookings_later on bookings (state)")]
    [InlineData("create function later() returns void language sql as $$ delete from bookings; drop table seats $$")]
    [InlineData("alter table bookings alter column state set default 1; -- drop table bookings;")]
    public void Addition_is_allowed(string sql) => Refused(sql).ShouldBeEmpty();

    [Theory]
    [InlineData("drop table bookings")]
    [InlineData("alter table bookings drop column state")]
    [InlineData("alter table bookings rename column state to later")]
    [InlineData("alter table bookings alter column state type bigint")]
    [InlineData("alter table bookings alter column state set not null")]
    [InlineData("alter table bookings add constraint later check (state > 0)")]
    [InlineData("alter table bookings add column later text not null")]
    [InlineData("alter table bookings add column later text unique")]
    [InlineData("alter table bookings add column later uuid not null default gen_random_uuid()")]
    [InlineData("alter table bookings add column later text, drop column state")]
    [InlineData("create unique index bookings_later on bookings (state)")]
    [InlineData("create trigger later before insert on bookings execute function later()")]
    [InlineData("create or replace function expect_rows() returns void language sql as ''")]
    [InlineData("update bookings set state = 1")]
    [InlineData("alter table bookings add column later text; update bookings set later = 'x', state = 1")]
    [InlineData("delete from bookings")]
    [InlineData("select 1; truncate bookings")]
    public void Anything_else_is_refused(string sql) => Refused(sql).ShouldNotBeEmpty();

    private static IReadOnlyList<string> Refused(string sql) =>
        ExpandRules.Refused(new Migration(FirstWithPhase, "0043_test", sql, ""));
}
