using Dapper;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Organisations;

/// <summary>The table <c>organisations</c>, and what an account is to one.</summary>
internal sealed class OrganisationStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string AddSql =
        "insert into organisations (id, slug, name) values (@id, @slug, @name) on conflict do nothing";

    private const string FoundSql = """
        insert into organisations (id, slug, name, contact_email, default_currency, time_zone, language)
        values (@Id, @Slug, @Name, @ContactEmail, @DefaultCurrency, @TimeZone, @Language)
        on conflict (slug) do nothing
        """;

    private const string CountOwnedSql =
        "select count(*) from organisation_members where account_id = @accountId and role = 1";

    private const string StandingSql = """
        select o.id, coalesce(m.role, 0::smallint) as role,
            exists (select from accounts a where a.id = @accountId and 3 = any (a.roles)) as is_operator
        from organisations o
        left join organisation_members m on m.organisation_id = o.id and m.account_id = @accountId
        where o.id = @id or o.slug = @slug
        """;

    private const string Columns = """
        id, slug, name, contact_email, contact_phone, website, imprint_url, terms_url, privacy_url, default_currency,
        time_zone, language, accent_colour, created_at
        """;

    private const string MineSql = """
        select o.id, o.slug, o.name, m.role, m.created_at as since from organisation_members m
        join organisations o on o.id = m.organisation_id
        where m.account_id = @accountId order by o.name, o.id limit @limit offset @offset
        """;

    private const string CountMineSql = "select count(*) from organisation_members where account_id = @accountId";

    private const string ChangeSql = """
        update organisations set slug = @Slug, name = @Name, contact_email = @ContactEmail,
            contact_phone = @ContactPhone, website = @Website, imprint_url = @ImprintUrl, terms_url = @TermsUrl,
            privacy_url = @PrivacyUrl, default_currency = @DefaultCurrency, time_zone = @TimeZone,
            language = @Language, accent_colour = @AccentColour
        where id = @Id
        """;

    /// <summary>Adds an organisation unless it is there already.</summary>
    public static Task AddAsync(
        NpgsqlConnection connection, Guid id, string slug, string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(AddSql, new { id, slug, name }, cancellationToken: cancellationToken));

    /// <summary>
    /// What an account is to the organisation of an id or slug; null: there is none, or it is nothing to it.
    /// </summary>
    public async Task<Standing?> FindStandingAsync(
        string reference, Guid accountId, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(reference, "D", out var parsed) ? parsed : null;
        if (id is null && !OrganisationRules.IsSlug(reference))
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<StandingRow>(new CommandDefinition(
            StandingSql, new { id, slug = id is null ? reference : null, accountId },
            cancellationToken: cancellationToken));
        if (row is null || (row.Role == 0 && !row.IsOperator))
            return null;
        return new Standing(row.Id, row.Role == 0 ? null : (MemberRole)row.Role, row.IsOperator);
    }

    /// <summary>An organisation that exists.</summary>
    public async Task<OrganisationRow> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<OrganisationRow>(new CommandDefinition(
            $"select {Columns} from organisations where id = @id", new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>A name as it is compared and searched: without case, accents and punctuation.</summary>
    public async Task<string> FoldAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select search_key(@name)", new { name }, cancellationToken: cancellationToken)) ?? "";
    }

    /// <summary>The organisations that an account is a member of, by name.</summary>
    public async Task<(IReadOnlyList<MembershipRow> Rows, long Total)> ListOfAsync(
        Guid accountId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountMineSql, new { accountId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<MembershipRow>(new CommandDefinition(
            MineSql, new { accountId, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>Adds an organisation with its first owner.</summary>
    public async Task<Founded> FoundAsync(OrganisationRow row, Actor founder, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Also what makes two that are founded at once count one after the other.
        if (!await MemberStore.LockAccountAsync(connection, founder.AccountId, cancellationToken))
            return Founded.NoAccount;
        var owned = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            CountOwnedSql, new { founder.AccountId }, cancellationToken: cancellationToken));
        if (owned >= OrganisationsLimits.MaxOwnedOrganisations)
            return Founded.TooMany;
        if (await connection.ExecuteAsync(
            new CommandDefinition(FoundSql, row, cancellationToken: cancellationToken)) == 0)
        {
            return Founded.SlugTaken;
        }

        await MemberStore.AddAsync(connection, row.Id, founder.AccountId, MemberRole.Owner, cancellationToken);
        await activities.AddAsync(
            connection, new Activity(founder, "organisation.founded", "organisation", $"{row.Id}"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Founded.Done;
    }

    /// <summary>Changes an organisation; null: the slug is another's.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="change">Makes the new row of the present one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<OrganisationRow?> ChangeAsync(
        Actor actor, Func<OrganisationRow, OrganisationRow> change, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await connection.QuerySingleAsync<OrganisationRow>(new CommandDefinition(
            $"select {Columns} from organisations where id = @id for no key update",
            new { id = actor.OrganisationId }, cancellationToken: cancellationToken));
        var after = change(before);
        var activity = new Activity(actor, "organisation.changed", "organisation", $"{before.Id}")
            .Between(before, after, OrganisationsJson.Default.OrganisationRow);
        if (activity.IsEmpty)
            return before;
        try
        {
            await connection.ExecuteAsync(
                new CommandDefinition(ChangeSql, after, cancellationToken: cancellationToken));
        }
        catch (PostgresException exception) when (exception.ConstraintName == "organisations_slug_key")
        {
            return null;
        }

        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return after;
    }

    private sealed record StandingRow(Guid Id, short Role, bool IsOperator);
}

/// <summary>What became of founding an organisation.</summary>
internal enum Founded
{
    Done,

    /// <summary>Another organisation has the slug.</summary>
    SlugTaken,

    /// <summary>The account owns as many as it may.</summary>
    TooMany,

    /// <summary>The account was deleted meanwhile.</summary>
    NoAccount,
}

/// <summary>An organisation as it is stored.</summary>
internal sealed record OrganisationRow
{
    public required Guid Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public string ContactEmail { get; init; } = "";

    public string ContactPhone { get; init; } = "";

    public string Website { get; init; } = "";

    public string ImprintUrl { get; init; } = "";

    public string TermsUrl { get; init; } = "";

    public string PrivacyUrl { get; init; } = "";

    public required string DefaultCurrency { get; init; }

    public required string TimeZone { get; init; }

    public required string Language { get; init; }

    public string AccentColour { get; init; } = "#4f46e5";

    public DateTime CreatedAt { get; init; }
}

/// <summary>An organisation with one member's role in it.</summary>
internal sealed record MembershipRow(Guid Id, string Slug, string Name, short Role, DateTime Since);
